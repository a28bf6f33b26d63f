//! The command line.

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::account::{self, NewStaff, Role};
use crate::app;
use crate::audit;
use crate::config::Config;
use crate::demo;
use crate::error::AppError;
use crate::law;
use crate::store::{Clock, Files, Store};

mod verify_receipt;

#[derive(Parser)]
#[command(name = "konkurs", version, about = "Otwarty konkurs ofert: od ogłoszenia do rozliczenia")]
struct Cli {
    /// Plik konfiguracji TOML
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Uruchamia serwer
    Serve(Place),
    /// Zakłada wersję pokazową z przykładowymi konkursami i uruchamia serwer
    Demo(Place),
    /// Zakłada lub aktualizuje bazę danych
    Migrate(Place),
    /// Konta pracowników
    User {
        #[command(subcommand)]
        command: User,
    },
    /// Sprawdza dziennik zdarzeń i sumy kontrolne zamrożonych dokumentów
    #[command(args_conflicts_with_subcommands = true)]
    Verify {
        #[command(subcommand)]
        what: Option<Verify>,
        #[command(flatten)]
        place: Place,
    },
    /// Pokazuje obowiązującą konfigurację bez tajemnic
    CheckConfig(Place),
    /// Wypisuje rejestr reguł
    Rules,
}

#[derive(Subcommand)]
enum Verify {
    /// Sprawdza potwierdzenie złożenia oferty (PDF albo JSON); sieć i baza danych nie są potrzebne
    Receipt {
        file: PathBuf,
        /// Porównuje numer i czas także z bazą danych
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
enum User {
    /// Zakłada konto; hasło czyta ze standardowego wejścia
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        /// Role po przecinku: admin, officer, organ, finance, auditor, committee
        #[arg(long)]
        roles: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
struct Place {
    /// Adres nasłuchu, np. 127.0.0.1:8080
    #[arg(long)]
    listen: Option<String>,
    /// Folder danych
    #[arg(long)]
    data: Option<PathBuf>,
    /// Adres bazy PostgreSQL; bez niego działa wbudowany SQLite
    #[arg(long)]
    database: Option<String>,
}

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match act(Cli::parse()) {
        Ok(code) => code,
        Err(why) => {
            eprintln!("konkurs: {why}");
            ExitCode::FAILURE
        }
    }
}

fn config(file: Option<&PathBuf>, place: Place) -> Result<Config, String> {
    let mut config = Config::load(file.map(PathBuf::as_path), std::env::vars()).map_err(|e| e.to_string())?;
    if let Some(listen) = place.listen {
        if config.base_url == Config::default().base_url {
            config.base_url = format!("http://{listen}");
        }
        config.listen = listen;
    }
    config.data = place.data.unwrap_or(config.data);
    config.database = place.database.unwrap_or(config.database);
    Ok(config)
}

/// Refuses a configuration that must not serve.
fn sound(config: Config) -> Result<Config, String> {
    let problems = config.problems();
    if problems.is_empty() { Ok(config) } else { Err(problems.join("; ")) }
}

fn act(cli: Cli) -> Result<ExitCode, String> {
    let text = |e: AppError| e.to_string();
    let file = cli.config;
    match cli.command {
        Command::Serve(place) => {
            let config = sound(config(file.as_ref(), place)?)?;
            let state = app::state(config, Clock::system(), false).map_err(text)?;
            app::serve(state, |state| println!("Konkurs: {}", state.config.base_url)).map_err(text)?;
        }
        Command::Demo(place) => demo(config(file.as_ref(), place)?).map_err(text)?,
        Command::Migrate(place) => {
            let config = config(file.as_ref(), place)?;
            app::state(config, Clock::system(), false).map_err(text)?;
            println!("Baza danych jest aktualna.");
        }
        Command::User { command: User::Add { email, name, roles, place } } => {
            add_user(config(file.as_ref(), place)?, &email, name, &roles)?;
        }
        Command::Verify { what: None, place } => return verify(config(file.as_ref(), place)?).map_err(text),
        Command::Verify { what: Some(Verify::Receipt { file: receipt, place }), .. } => {
            let beside = place.data.is_some() || place.database.is_some();
            let register = if beside { Some(config(file.as_ref(), place)?) } else { None };
            return verify_receipt::run(&receipt, register.as_ref());
        }
        Command::CheckConfig(place) => return check(&config(file.as_ref(), place)?),
        Command::Rules => rules(),
    }
    Ok(ExitCode::SUCCESS)
}

fn demo(mut config: Config) -> Result<(), AppError> {
    if config.office.town.is_empty() {
        config.office = demo::office();
    }
    let state = app::state(config, Clock::system(), true)?;
    let now = state.clock.now();
    demo::play(&state, now)?;
    app::serve(state, |state| {
        println!("Konkurs – wersja pokazowa: {}", state.config.base_url);
        println!("\nHasło każdego konta: {}\n", demo::PASSWORD);
        for (email, job) in demo::table() {
            println!("  {email:<24} {job}");
        }
        println!("\nZatrzymanie: Ctrl+C. Dane: {}", state.config.data.display());
    })
}

fn add_user(config: Config, email: &str, name: String, roles: &str) -> Result<(), String> {
    let roles: Vec<Role> = roles
        .split(',')
        .map(|code| Role::parse(code.trim()).ok_or_else(|| format!("nieznana rola „{code}”")))
        .collect::<Result<_, _>>()?;
    let mut password = String::new();
    std::io::stdin().read_to_string(&mut password).map_err(|e| e.to_string())?;
    let password = password.trim_end_matches(['\r', '\n']);
    account::check_password(password, password)?;
    let state = app::state(config, Clock::system(), false).map_err(|e| e.to_string())?;
    let password_hash = state.hashing.hash(password).map_err(|e| e.to_string())?;
    let new = NewStaff { name, email: email.to_owned(), password_hash, roles };
    let now = state.clock.now();
    state.store.write(|tx| account::add_staff(tx, "konsola", new, now)).map_err(|e| e.to_string())?;
    println!("Założono konto {email}.");
    Ok(())
}

fn verify(config: Config) -> Result<ExitCode, AppError> {
    let store = Store::open(&app::address(&config), 2, audit::seal)?;
    let files = Files::folder(&config.data.join("files"))?;
    let (rows, breaks) = store.read(audit::verify)?;
    let (frozen, broken_texts) = store.read(app::verify_frozen)?;
    let (kept, broken_files) = store.read(|r| app::verify_files(r, &files))?;
    println!("Dziennik: {rows} wpisów. Zamrożone wersje: {frozen}. Pliki: {kept}.");
    let mut broken: Vec<String> = breaks.into_iter().map(|b| format!("dziennik, wpis {}: {}", b.seq, b.what)).collect();
    broken.extend(broken_texts);
    broken.extend(broken_files);
    for line in &broken {
        println!("USZKODZONE: {line}");
    }
    if broken.is_empty() {
        println!("Wszystko się zgadza.");
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn check(config: &Config) -> Result<ExitCode, String> {
    print!("{}", config.shown().map_err(|e| e.to_string())?);
    let problems = config.problems();
    for problem in &problems {
        println!("BŁĄD: {problem}");
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rules() {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    for rule in law::RULES {
        let from = rule.from.map(law::show_date).unwrap_or_default();
        let to = rule.to.map(law::show_date).unwrap_or_default();
        let (id, severity, what, basis) = (rule.id, rule.severity, rule.what, rule.basis);
        let instead = if rule.instead.is_empty() { String::new() } else { format!(" – {}", rule.instead) };
        if writeln!(out, "{id:<12} {severity:<12} {from:>10} – {to:<10} {what} [{basis}]{instead}").is_err() {
            return; // whoever read along has seen enough
        }
    }
}
