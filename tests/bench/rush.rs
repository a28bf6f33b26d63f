//! The last minute: offers of every organisation in four calls arrive until the deadline and after it, while the
//! same people save drafts of a fifth call. Afterwards the database is asked what it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DurationRound as _, TimeDelta};
use konkurs::app;
use konkurs::audit;
use konkurs::call::Call;
use konkurs::law::{Instant, show_instant_seconds};
use konkurs::offer::{self, OfferState};
use konkurs::store::{Clock, Store};

use super::http::Browser;
use super::load::{Outcome, percentile};
use super::machine::{Server, Work};
use super::measure::{said, savers, submit};
use super::people::{Draft, World};
use super::{Ground, Size};

const CALLS: usize = 4;
const SENDERS: usize = 96;
const SAVERS: usize = 8;
/// How long after the deadline the last offer is sent.
const LATE: Duration = Duration::from_secs(2);
/// Of so many offers one is sent after the deadline.
const ONE_LATE_OF: usize = 25;

/// How long a machine whose cores are all taken may keep the program from reading what lies at its door. What was whole
/// longer before the deadline than that must not be refused as late.
const TURN: TimeDelta = TimeDelta::milliseconds(50);

struct Sent {
    draft: Draft,
    /// When it was meant to be sent, and when its last byte had left, by the clock that the program reads too.
    due: Instant,
    whole: Option<Instant>,
    /// When the answer was there, in microseconds after sending.
    micros: u32,
    status: u16,
    said: String,
}

/// Whether every check holds.
pub fn run(size: Size, ground: &Ground) -> bool {
    let world = World::make(ground, size.organisations);
    let clock = Clock::system();
    let far = (clock.now() + TimeDelta::days(3)).duration_trunc(TimeDelta::seconds(1)).unwrap();
    let typed = world.drafts(&world.announce(far).id);
    // Making the drafts takes time: the deadline is set generously, and what is left of it is waited for.
    let making = TimeDelta::seconds(i64::try_from(size.organisations / 10 + 20).unwrap());
    let wanted = clock.now() + making + TimeDelta::from_std(size.rush).unwrap();
    let wanted = (wanted + TimeDelta::seconds(1)).duration_trunc(TimeDelta::seconds(1)).unwrap();
    let calls: Vec<Call> = (0..CALLS).map(|_| world.announce(wanted)).collect();
    let deadline = calls[0].deadline_at.unwrap();
    let drafts: Vec<Draft> = calls.iter().flat_map(|call| world.drafts(&call.id)).collect();
    let server = Server::start(ground);
    let start = deadline - TimeDelta::from_std(size.rush).unwrap();
    assert!(clock.now() < start, "the drafts were not ready in time");
    wait_until(&clock, start);
    let before = Work::now(server.id(), ground.database);
    let stop = AtomicBool::new(false);
    let (sent, saved) = std::thread::scope(|threads| {
        let saving = threads.spawn(|| keep_saving(&server.host, &world, typed, &stop));
        let sent = submit_all(&server.host, &clock, plan(drafts, deadline, size.rush), world.extra_declarations());
        stop.store(true, Ordering::SeqCst);
        (sent, saving.join().unwrap())
    });
    let work = Work::now(server.id(), ground.database).since(before);
    drop(server);
    report(size, deadline, &sent, &saved, work);
    check(&World::reopened(ground), &calls, deadline, &sent) & (saved.1 == 0)
}

fn wait_until(clock: &Clock, at: Instant) {
    if let Ok(left) = (at - clock.now()).to_std() {
        std::thread::sleep(left);
    }
}

/// When each draft is sent: thicker and thicker towards the deadline, some after it. The last to go stands first.
fn plan(drafts: Vec<Draft>, deadline: Instant, rush: Duration) -> Vec<(Instant, Draft)> {
    let count = drafts.len();
    let mut out = Vec::with_capacity(count);
    for (at, draft) in drafts.into_iter().enumerate() {
        // The drafts of one call are neighbours; a stride that shares no factor mixes them.
        let place = (at * 1_117) % count;
        let share = (place as f64 + 0.5) / count as f64;
        let due = if place.is_multiple_of(ONE_LATE_OF) {
            deadline + TimeDelta::microseconds((share * LATE.as_micros() as f64) as i64)
        } else {
            deadline - TimeDelta::microseconds(((1.0 - share) * (1.0 - share) * rush.as_micros() as f64) as i64)
        };
        out.push((due, draft));
    }
    out.sort_by_key(|(due, _)| std::cmp::Reverse(*due));
    out
}

fn submit_all(host: &str, clock: &Clock, plan: Vec<(Instant, Draft)>, extra: usize) -> Vec<Sent> {
    let queue = Mutex::new(plan);
    std::thread::scope(|threads| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|_| {
                threads.spawn(|| {
                    let (mut browser, mut out) = (Browser::new(host), Vec::new());
                    loop {
                        let next = queue.lock().unwrap().pop();
                        let Some((due, draft)) = next else { return out };
                        wait_until(clock, due);
                        out.push(send(&mut browser, due, draft, extra));
                    }
                })
            })
            .collect();
        senders.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn send(browser: &mut Browser, due: Instant, draft: Draft, extra: usize) -> Sent {
    let begun = std::time::Instant::now();
    let answer = submit(browser, &draft, extra);
    let micros = u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX);
    let receipt = |answer: &super::http::Answer| answer.status != 303 || answer.location.ends_with("/potwierdzenie");
    let whole = answer.as_ref().ok().map(|answer| answer.sent_at);
    match answer {
        Ok(answer) if receipt(&answer) => Sent { draft, due, whole, micros, status: answer.status, said: answer.body },
        other => Sent { draft, due, whole, micros, status: 0, said: said(other) },
    }
}

/// How often something was saved, and how often that went wrong.
fn keep_saving(host: &str, world: &World, drafts: Vec<Draft>, stop: &AtomicBool) -> (usize, usize, Vec<u32>) {
    let parts: Vec<(usize, usize, Vec<u32>)> = std::thread::scope(|threads| {
        let all: Vec<_> = savers(world, drafts, SAVERS)
            .into_iter()
            .map(|mut save| {
                threads.spawn(move || {
                    let mut browser = Browser::new(host);
                    let (mut done, mut wrong, mut micros) = (0, 0, Vec::new());
                    while !stop.load(Ordering::SeqCst) {
                        let begun = std::time::Instant::now();
                        match save(&mut browser) {
                            Outcome::Done => done += 1,
                            Outcome::Wrong(_) | Outcome::Finished => wrong += 1,
                        }
                        micros.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
                        // Somebody reads what was typed; twenty times a second is still a crowd.
                        std::thread::sleep(Duration::from_millis(50));
                    }
                    (done, wrong, micros)
                })
            })
            .collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut micros: Vec<u32> = parts.iter().flat_map(|(_, _, micros)| micros.iter().copied()).collect();
    micros.sort_unstable();
    (parts.iter().map(|p| p.0).sum(), parts.iter().map(|p| p.1).sum(), micros)
}

fn report(size: Size, deadline: Instant, sent: &[Sent], saved: &(usize, usize, Vec<u32>), work: Work) {
    let mut micros: Vec<u32> = sent.iter().map(|s| s.micros).collect();
    micros.sort_unstable();
    let of = |status: u16| sent.iter().filter(|s| s.status == status).count();
    println!(
        "\nDeadline rush: {} offers of {} organisations in {CALLS} calls, sent in the last {} s before {} and up to {} s after it.",
        sent.len(),
        size.organisations,
        size.rush.as_secs(),
        show_instant_seconds(deadline),
        LATE.as_secs()
    );
    let other = sent.len() - of(303) - of(422);
    println!("- answers: {} receipts, {} refused as late, {other} others", of(303), of(422));
    let refused = |of: &dyn Fn(&Sent) -> bool| sent.iter().filter(|s| s.status == 422 && of(s)).count();
    let (meant, left) = (refused(&|s| s.due < deadline), refused(&|s| before(s, deadline)));
    println!(
        "- of those refused {meant} were meant to be sent in time, and of {left} the last byte had left before the \
         deadline"
    );
    let (p50, p95, p99) = (percentile(&micros, 50), percentile(&micros, 95), percentile(&micros, 99));
    println!("- submit: p50 {p50} ms, p95 {p95} ms, p99 {p99} ms");
    let (p50, p99) = (percentile(&saved.2, 50), percentile(&saved.2, 99));
    println!("- autosaves meanwhile: {} saved, {} not; p50 {p50} ms, p99 {p99} ms", saved.0, saved.1);
    let seconds = |ticks: u64| format!("{:.1} s", ticks as f64 / 100.0);
    let database = work.database.map_or_else(String::new, |ticks| format!(", database {}", seconds(ticks)));
    println!("- processor time: program {}, generator {}{database}", seconds(work.program), seconds(work.generator));
    for wrong in sent.iter().filter(|s| s.status != 303 && s.status != 422).take(3) {
        println!("- unexpected: {} {}", wrong.status, wrong.said.replace('\n', " "));
    }
}

/// Whether the last byte had left before `at`.
fn before(sent: &Sent, at: Instant) -> bool {
    sent.whole.is_some_and(|whole| whole < at)
}

/// What the database holds against what was answered.
fn check(store: &Store, calls: &[Call], deadline: Instant, sent: &[Sent]) -> bool {
    let mut sound = true;
    let mut line = |holds: bool, what: String| {
        println!("- {}: {what}", if holds { "holds" } else { "FAILS" });
        sound &= holds;
    };
    let strange = sent.iter().filter(|s| s.status != 303 && s.status != 422).count();
    line(strange == 0, format!("every answer is a receipt or a refusal ({strange} others)"));
    let (mut there, mut missing, mut gaps, mut late_in, mut filed) = (0, 0, Vec::new(), 0, 0);
    let mut numbers: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for s in sent.iter().filter(|s| s.status == 303) {
        let (offer, versions) = store
            .read(|r| Ok((offer::store::find(r, &s.draft.id)?, offer::store::versions::all(r, &s.draft.id)?)))
            .unwrap();
        let once = versions.len() == 1 && offer.state == OfferState::Submitted && offer.frozen_no == 1;
        if once {
            there += 1
        } else {
            missing += 1
        }
        late_in += versions.iter().filter(|(_, _, arrived, _)| *arrived >= deadline).count();
    }
    for call in calls {
        let all = store.read(|r| offer::store::filed_in_call(r, &call.id)).unwrap();
        filed += all.len();
        let of_call = numbers.entry(call.number()).or_default();
        let number = |o: &offer::Offer| o.number.as_deref().and_then(|n| n.rsplit_once("/O-")?.1.parse::<i64>().ok());
        of_call.extend(all.iter().filter_map(number));
        let last = i64::try_from(all.len()).unwrap();
        if of_call.len() != all.len() || (last > 0 && (of_call.first(), of_call.last()) != (Some(&1), Some(&last))) {
            gaps.push(call.number());
        }
        late_in += all.iter().filter(|o| o.submitted_at.is_none_or(|at| at >= deadline)).count();
    }
    line(missing == 0, format!("every acknowledged offer is there exactly once ({there} are, {missing} are not)"));
    line(filed == there, format!("nothing is filed that was not acknowledged ({filed} filed)"));
    line(gaps.is_empty(), format!("the numbers of each call run from 1 without a gap ({})", counts(&numbers)));
    line(late_in == 0, format!("nothing that arrived at or after the deadline is filed ({late_in} are)"));
    let refused: Vec<&Sent> = sent.iter().filter(|s| s.status == 422).collect();
    let logged = refused.iter().filter(|s| is_logged(store, s, deadline)).count();
    line(
        logged == refused.len(),
        format!("every late one is a draft still, and its refusal is in the log ({logged} of {})", refused.len()),
    );
    let in_time = refused.iter().filter(|s| before(s, deadline - TURN)).count();
    line(
        in_time == 0,
        format!(
            "nothing that was whole in time is refused ({in_time} were, {} ms and more before)",
            TURN.num_milliseconds()
        ),
    );
    line(!refused.is_empty(), format!("some were late at all ({})", refused.len()));
    let (rows, breaks) = store.read(audit::verify).unwrap();
    line(breaks.is_empty(), format!("the log is one chain of {rows} rows"));
    let (texts, broken) = store.read(app::verify_frozen).unwrap();
    line(broken.is_empty(), format!("{texts} frozen texts have their hash"));
    sound
}

fn counts(numbers: &BTreeMap<&str, BTreeSet<i64>>) -> String {
    numbers.iter().map(|(call, all)| format!("{call}: {}", all.len())).collect::<Vec<_>>().join(", ")
}

fn is_logged(store: &Store, late: &Sent, deadline: Instant) -> bool {
    let read =
        store.read(|r| Ok((offer::store::find(r, &late.draft.id)?, audit::of_object(r, late.draft.id.as_str())?)));
    let (offer, rows) = read.unwrap();
    let refusal = |row: &audit::Row| {
        row.object_kind == "refused"
            && row.deed == "offer.submit"
            && row.detail.contains("R-OFF-TERM")
            && konkurs::store::instant(row.at) >= deadline
    };
    offer.state == OfferState::Draft && offer.number.is_none() && rows.iter().filter(|row| refusal(row)).count() == 1
}
