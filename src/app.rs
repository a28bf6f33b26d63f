//! The one route table, the state behind it and the server in front of it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, PayloadConfig, ServiceConfig};
use actix_web::{App, HttpServer, Scope};

use crate::account::Hashing;
use crate::call::{Beating, Outage};
use crate::config::Config;
use crate::document::Pdf;
use crate::error::AppError;
use crate::law::Instant;
use crate::mail::Mailer;
use crate::store::{Address, Clock, Compared, Files, Read, SET_CLOCKS, Scanner, Stopwatch, Store, digest, documents};
use crate::web::{self, AppState, Budget, Entry, Gate, Memory, Runs, Throttle, Views};
use crate::{account, audit, award, call, contract, get, jobs, mail, offer, programme, report, review, settlement};

/// Largest body read at once; the forms have their own, smaller limit.
const BODY: usize = 4 * 1024 * 1024;

/// Open connections of one worker; one that rests is closed, and so is one whose request has no end.
const MOST_CONNECTIONS: usize = 5_000;
const REST: Duration = Duration::from_secs(15);
const HEAD: Duration = Duration::from_secs(10);

/// How many seconds requests that were begun have to end when the program stops.
const SHUTDOWN: i64 = 5;

/// How often a process compares its clock and beats.
const MINUTE: Duration = Duration::from_secs(60);

/// Every route of the program, in the order of the procedure.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let mut all = vec![get!("/static/{name:.*}", web::asset)];
    all.extend(account::pages::entries());
    all.extend(programme::pages::entries());
    all.extend(call::pages::entries());
    all.extend(offer::pages::entries());
    all.extend(review::pages::entries());
    all.extend(award::pages::entries());
    all.extend(contract::pages::entries());
    all.extend(report::pages::entries());
    all.extend(settlement::pages::entries());
    all
}

/// Puts the routes into an actix application, those with the same first word in a scope: a request is held against
/// the paths of one scope instead of all.
pub fn configure(service: &mut ServiceConfig) {
    let mut rooms: Vec<(&'static str, Scope)> = Vec::new();
    for entry in entries() {
        let (room, rest) = entry.place();
        if rest.is_empty() || room.contains('{') {
            service.route(entry.path, (entry.make)());
            continue;
        }
        let at = rooms.iter().position(|(name, _)| *name == room);
        let scope = at.map_or_else(|| actix_web::web::scope(room), |at| rooms.swap_remove(at).1);
        rooms.push((room, scope.route(rest, (entry.make)())));
    }
    for (_, scope) in rooms {
        service.service(scope);
    }
    service.default_service(actix_web::web::to(web::not_found));
}

/// Where the configuration says the database is.
#[must_use]
pub fn address(config: &Config) -> Address {
    if config.database.is_empty() {
        Address::File(config.data.join("konkurs.sqlite"))
    } else {
        Address::Postgres { url: config.database.clone(), schema: None }
    }
}

/// Builds the state: folder, migrated database, files, templates, mail.
///
/// # Errors
/// `Unavailable` when the folder or the database cannot be opened.
pub fn state(config: Config, clock: Clock, demo: bool) -> Result<AppState, AppError> {
    std::fs::create_dir_all(&config.data)
        .map_err(|e| AppError::Unavailable(format!("folder {}: {e}", config.data.display())))?;
    let address = address(&config);
    Store::migrate(&address)?;
    let store = Store::open(&address, 8, audit::seal)?;
    store.write(call::store::search::fill)?;
    store.write(|tx| call::forget_questions(tx, clock.now()))?;
    assemble(config, store, clock, demo)
}

/// The state around a database that is open already.
///
/// # Errors
/// `Unavailable` when the file folder cannot be made.
pub fn assemble(config: Config, store: Store, clock: Clock, demo: bool) -> Result<AppState, AppError> {
    let files = Files::folder(&config.data.join("files"))?;
    let scanner = Scanner::at(&config.scan.clamd);
    Ok(AppState {
        views: Views::load()?,
        pdf: Pdf::new(),
        mailer: mailer(&config, &config.data.join("mail"))?,
        hashing: Hashing { memory: config.hashing.memory_kib, rounds: config.hashing.rounds },
        jobs: kinds(),
        outside: vec![
            offer::scan_work(files.clone(), scanner.clone()),
            offer::scan_paper_work(files.clone(), scanner.clone()),
            offer::forget_work(files.clone()),
        ],
        scanner,
        files,
        checks: Throttle::new(50),
        writes: Budget::new(config.limits.writes_a_second, config.limits.writes_at_once),
        gate: Gate::new(count(config.limits.requests_at_once)),
        uploads: Gate::shared(count(config.limits.uploads_at_once), count(config.limits.uploads_of_account)),
        memory: Memory::new(count(config.limits.uploads_mib_at_once).saturating_mul(1024 * 1024)),
        submits: Gate::shared(count(config.limits.submits_at_once), SUBMITS_OF_ACCOUNT),
        strangers: Gate::new(count(config.limits.strangers_at_once)),
        asks: Throttle::new(5),
        watch: offer::pages::WATCH,
        runs: Runs::default(),
        compared: Compared::default(),
        config,
        store,
        clock,
        demo,
    })
}

/// Submissions of one account at the same time: nobody presses the button oftener.
const SUBMITS_OF_ACCOUNT: usize = 8;

fn count(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// The timed work of all stages.
fn kinds() -> Vec<jobs::Kind> {
    vec![call::FORGET_QUESTIONS, offer::REMIND, offer::REMIND_CONFIRMATION, offer::DEADLINE_MOVED]
}

fn mailer(config: &Config, folder: &Path) -> Result<Mailer, AppError> {
    let mail = &config.mail;
    if mail.smtp.is_empty() {
        return Ok(Mailer::Folder { path: folder.to_owned(), from: mail.from.clone() });
    }
    if mail.user.is_empty() {
        return Mailer::smtp(&mail.smtp, &mail.from);
    }
    Mailer::smtp_with(&mail.smtp, &mail.from, mail.user.clone(), mail.password.clone())
}

/// Reads the frozen terms of every announced call again, rehearsals too. What publication did not
/// freeze, the later results and a cancellation, is left out of them.
fn verify_terms(r: &mut Read<'_>) -> Result<(i64, Vec<String>), AppError> {
    let (mut seen, mut broken) = (0, Vec::new());
    for call in call::store::all(r, false)?.iter().filter(|call| call.state != call::CallState::Draft) {
        let (texts, wrong) = call::verify_terms(r, call)?;
        seen += texts;
        broken.extend(wrong);
    }
    Ok((seen, broken))
}

/// Recomputes the hash of every frozen version and says which do not fit.
///
/// # Errors
/// Those of the database.
pub fn verify_frozen(r: &mut Read<'_>) -> Result<(i64, Vec<String>), AppError> {
    type Page = fn(&mut Read<'_>, i64, i64) -> Result<Vec<(String, i64, String, String)>, AppError>;
    let kinds: [(&str, Page); 4] = [
        ("oferta", offer::store::frozen_texts),
        ("uzupełnienie oferty", review::store::summonses::frozen_texts),
        ("umowa", contract::store::frozen_texts),
        ("sprawozdanie", report::store::frozen_texts),
    ];
    let (mut seen, mut broken) = verify_terms(r)?;
    for (kind, page) in kinds {
        let mut offset = 0;
        loop {
            let texts = page(r, offset, 200)?;
            if texts.is_empty() {
                break;
            }
            for (id, no, text, sha256) in texts {
                offset += 1;
                let own = digest(&text);
                if own != sha256 {
                    broken.push(format!("{kind} {id}, wersja {no}: suma kontrolna {own}, zapisana {sha256}"));
                }
            }
        }
        seen += offset;
    }
    Ok((seen, broken))
}

/// Reads every kept file again and says which are missing or changed.
///
/// # Errors
/// Those of the database.
pub fn verify_files(r: &mut Read<'_>, files: &Files) -> Result<(i64, Vec<String>), AppError> {
    let (mut seen, mut broken, mut after) = (0, Vec::new(), String::new());
    loop {
        let page = documents::after(r, &after, 200)?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        for document in page {
            seen += 1;
            if let Err(e) = files.get(&document.sha256) {
                broken.push(format!("plik „{}” ({}): {e}", document.name, document.sha256));
            }
        }
    }
    after.clear();
    loop {
        let page = offer::store::attachments_after(r, &after, 200)?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        for file in page {
            seen += 1;
            if let Err(e) = files.get(&file.sha256) {
                broken.push(format!("załącznik „{}” ({}): {e}", file.name, file.sha256));
            }
        }
    }
    Ok((seen, broken))
}

/// Serves until the process is told to stop; mail and timed work run beside it.
/// `ready` is called once the address is listened on.
///
/// # Errors
/// When the address cannot be listened on.
pub fn serve(state: AppState, ready: impl FnOnce(&AppState)) -> Result<(), AppError> {
    let listen = state.config.listen.clone();
    let state = Data::new(state);
    let stop = Arc::new(AtomicBool::new(false));
    let worker = worker(state.clone(), Arc::clone(&stop));
    let pulse = pulse(state.clone(), Arc::clone(&stop));
    let served = actix_web::rt::System::new().block_on(async {
        let shared = state.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(PayloadConfig::new(BODY))
                .wrap(Compress::default())
                .wrap(from_fn(web::identify))
                .configure(configure)
        })
        .workers(2)
        .max_connections(MOST_CONNECTIONS)
        .keep_alive(REST)
        .client_request_timeout(HEAD)
        .shutdown_timeout(SHUTDOWN.unsigned_abs())
        .bind(&listen)
        .map_err(|e| AppError::Unavailable(format!("adres {listen}: {e}")))?;
        ready(&state);
        server.run().await.map_err(|e| AppError::Unavailable(e.to_string()))
    });
    stop.store(true, Ordering::SeqCst);
    for thread in [worker, pulse] {
        thread.thread().unpark();
        if thread.join().is_err() {
            tracing::error!("a thread beside the server had panicked");
        }
    }
    served
}

/// The thread that checks every minute that an offer could be taken, and at the right time; mail and scans never hold
/// it up.
fn pulse(state: Data<AppState>, stop: Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let process = format!("{} {}", host.trim(), state.config.listen).trim().to_owned();
    std::thread::spawn(move || {
        let mut last: Option<Stopwatch> = None;
        while !stop.load(Ordering::SeqCst) {
            let now = state.clock.now();
            if last.as_ref().is_none_or(|last| last.elapsed() >= MINUTE) {
                match check(&state, Beating { process: &process, begins: last.is_none() }, now) {
                    Ok(found) => {
                        last = Some(Stopwatch::start());
                        if let Some(outage) = found {
                            tracing::warn!(outage = outage.span(), "an outage lies behind");
                        }
                    }
                    Err(e) => tracing::warn!(error = %e, "no beat"),
                }
            }
            web::close_runs(&state, Some(now));
            std::thread::park_timeout(Duration::from_secs(5));
        }
        web::close_runs(&state, None);
        // Until it was told to stop it took offers: a stop that begins after a deadline is no outage of it.
        let before = state.clock.now() - chrono::Duration::seconds(SHUTDOWN);
        if let Err(e) = check(&state, Beating { process: &process, begins: false }, before) {
            tracing::warn!(error = %e, "no last beat");
        }
    })
}

/// What a process does every minute, when its clock says `now`: it compares that clock with the database's, writes where
/// files are kept, and says that it can take offers. Returns the outage that lies behind, if one does.
///
/// # Errors
/// Those of the database; `Unavailable` when no file can be written.
pub fn check(state: &AppState, by: Beating<'_>, now: Instant) -> Result<Option<Outage>, AppError> {
    if let Err(e) = compare_clocks(state, by.process, now) {
        tracing::warn!(error = %e, "clocks could not be compared");
    }
    state.files.prove(by.process)?;
    match call::beat_at(now, state.compared.get()) {
        Some(at) => state.store.write(|tx| call::beat(tx, by, at)),
        None => Ok(None),
    }
}

/// Compares the clock of this process with the database's and keeps what it finds. Where nothing can be compared,
/// the last finding stays.
///
/// # Errors
/// Those of the database.
pub fn compare_clocks(state: &AppState, process: &str, now: Instant) -> Result<(), AppError> {
    let Some(apart) = state.store.apart(&state.clock)? else { return Ok(()) };
    state.compared.set(Some(apart));
    if apart.is_far() {
        tracing::error!(process, "the clock is wrong: {}. {SET_CLOCKS}", apart.words());
    }
    state.store.write(|tx| call::compare_clocks(tx, process, apart, now))
}

/// The thread that sends mail and runs timed work, once a second.
fn worker(state: Data<AppState>, stop: Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        while !stop.load(Ordering::SeqCst) {
            let now = state.clock.now();
            if let Err(e) = jobs::run_due(&state.store, &state.jobs, now) {
                tracing::warn!(error = %e, "timed work");
            }
            if let Err(e) = jobs::run_outside(&state.store, &state.outside, now) {
                tracing::warn!(error = %e, "timed work outside");
            }
            if let Err(e) = mail::run_due(&state.store, &state.mailer, now) {
                tracing::warn!(error = %e, "mail");
            }
            std::thread::park_timeout(Duration::from_secs(1));
        }
    })
}
