//! `konkurs verify receipt FILE`: recomputes the hash of a receipt from the text it carries; with a database
//! at hand also compares it with the register.

use std::path::Path;
use std::process::ExitCode;

use crate::app;
use crate::audit;
use crate::config::Config;
use crate::law::show_instant_seconds;
use crate::offer::store::versions::{self, Known, Standing};
use crate::offer::{Checked, check_file};
use crate::store::Store;

/// Prints what was found; failure when something does not fit.
///
/// # Errors
/// A sentence when the file or the database cannot be read.
pub fn run(file: &Path, register: Option<&Config>) -> Result<ExitCode, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{}: {e}", file.display()))?;
    match check_file(&bytes)? {
        Checked::Offer { call_number, sha256 } => {
            println!("Oferta w konkursie {call_number}. Suma kontrolna (SHA-256) jej treści:\n{sha256}");
            println!("Porównaj ją z potwierdzeniem albo sprawdź razem z numerem oferty na stronie /sprawdz.");
            Ok(ExitCode::SUCCESS)
        }
        Checked::Receipt { number, version, arrived, sha256, mut faults } => {
            println!("Numer oferty:  {number}, wersja {version}");
            println!("Chwila wpływu: {} ({})", show_instant_seconds(arrived), arrived.to_rfc3339());
            println!("SHA-256:       {sha256}");
            if let Some(config) = register {
                match known(config, &number, &sha256)? {
                    None => faults.push("W rejestrze nie ma oferty o tym numerze i tej sumie kontrolnej.".into()),
                    Some(known) => compare(&known, version, arrived, &mut faults),
                }
            }
            Ok(say(&faults, register.is_some()))
        }
    }
}

fn known(config: &Config, number: &str, sha256: &str) -> Result<Option<Known>, String> {
    let store = Store::open(&app::address(config), 1, audit::seal).map_err(|e| e.to_string())?;
    store.read(|r| versions::known(r, number, sha256)).map_err(|e| e.to_string())
}

fn compare(known: &Known, version: i64, arrived: crate::law::Instant, faults: &mut Vec<String>) {
    if known.arrived != arrived {
        faults.push(format!("Według rejestru oferta wpłynęła {}.", known.arrived.to_rfc3339()));
    }
    if known.no != version {
        faults.push(format!("Według rejestru to wersja {}.", known.no));
    }
    println!(
        "Według rejestru: {}.",
        match known.standing {
            Standing::InForce => "ta wersja obowiązuje",
            Standing::Replaced => "wersję zastąpiła nowsza",
            Standing::Withdrawn => "ofertę wycofano",
        }
    );
}

fn say(faults: &[String], register: bool) -> ExitCode {
    for fault in faults {
        println!("NIE ZGADZA SIĘ: {fault}");
    }
    if !faults.is_empty() {
        return ExitCode::FAILURE;
    }
    println!("Suma kontrolna zgadza się z treścią oferty, a numer z jej konkursem.");
    if register {
        println!("Numer, wersja i chwila wpływu zgadzają się z rejestrem.");
    } else {
        println!(
            "Chwilę wpływu zna tylko rejestr: porówna ją strona /sprawdz albo to polecenie z --data lub --database."
        );
    }
    ExitCode::SUCCESS
}
