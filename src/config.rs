//! Configuration: defaults, then a TOML file, then `KONKURS_…` variables. An
//! unknown key is an error that names it; secrets are never printed.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

const PREFIX: &str = "KONKURS_";
const MASK: &str = "•••";

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on.
    pub listen: String,
    /// Folder of the database file, the attachments and the mail folder.
    pub data: PathBuf,
    /// PostgreSQL URL; empty means the SQLite file in `data`.
    pub database: String,
    /// Address that people type; `https` turns secure cookies on.
    pub base_url: String,
    /// Refuses settings that only a demonstration may have.
    pub production: bool,
    /// Largest upload in MiB.
    pub upload_mib: u32,
    /// Largest attachment of an offer and document of an organisation in MiB.
    pub attachment_mib: u32,
    pub office: Office,
    pub accessibility: Accessibility,
    pub mail: Mail,
    pub scan: Scan,
    pub hashing: HashingConfig,
    pub limits: Limits,
}

/// The check of attached files for malware.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// `host:port` of a ClamAV daemon; empty means that files are not scanned.
    pub clamd: String,
}

/// What protects the server; all of it far from what people do, by account and not by address.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Writing requests of one account: so many a second in the long run, so many in a burst. Submitting and files
    /// are counted apart from everything else.
    pub writes_a_second: u32,
    pub writes_at_once: u32,
    /// Requests that are worked on at the same time.
    pub requests_at_once: u32,
    /// Files on their way in at the same time; they are not counted among the requests.
    pub uploads_at_once: u32,
    /// So many of them of one account.
    pub uploads_of_account: u32,
    /// MiB of large files that stand in memory on their way; a form's first MiB is not counted.
    pub uploads_mib_at_once: u32,
    /// Submissions at the same time, which nobody who only reads can hold up.
    pub submits_at_once: u32,
    /// The same for files of people who are not signed in, or not any more; they are read for their form alone.
    pub strangers_at_once: u32,
    /// Seconds that a form may take to arrive, that a file may stand still on its way, and that it may take in all.
    pub form_seconds: u32,
    pub file_rest_seconds: u32,
    pub file_seconds: u32,
}

/// The office that runs the contests; printed on pages and documents.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub name: String,
    pub short: String,
    /// The organ of UDPP that announces and decides.
    pub organ: String,
    /// Who acts for it, with the authorisation.
    pub acting: String,
    pub street: String,
    pub postal_code: String,
    pub town: String,
    pub email: String,
    pub phone: String,
    pub website: String,
    pub bip: String,
    /// Account that unused money returns to.
    pub account: String,
    /// How to reach the data protection officer (RODO art. 13 ust. 1 lit. b): e-mail, phone or address.
    pub inspector: String,
}

/// What only the office can say in its accessibility statement; dates as `2026-03-31`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accessibility {
    pub published: String,
    pub updated: String,
    /// Day of the last review; due every year by 31 March.
    pub reviewed: String,
    /// Who assessed: the office itself, or the name of another body.
    pub assessed_by: String,
    pub contact: String,
    pub email: String,
    pub phone: String,
    /// The building: entrance, lift, toilet, sign language, assistance dogs.
    pub building: String,
}

impl Office {
    /// The sentence of a data protection notice that says how to reach the inspector (RODO art. 13 ust. 1 lit. b).
    #[must_use]
    pub fn inspector_line(&self) -> String {
        match (self.inspector.trim(), self.email.trim()) {
            ("", "") => "Z inspektorem ochrony danych można skontaktować się przez siedzibę urzędu.".to_owned(),
            ("", email) => format!("Z inspektorem ochrony danych można skontaktować się przez urząd: {email}."),
            (own, _) => format!("Z inspektorem ochrony danych można skontaktować się tak: {own}."),
        }
    }

    /// Name and address, a line each, for the head of a document.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let town = format!("{} {}", self.postal_code, self.town);
        let address = [self.street.trim(), town.trim()].into_iter().filter(|part| !part.is_empty());
        [self.name.clone(), address.collect::<Vec<_>>().join(", ")]
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtp://…` or `smtps://…`; empty means letters go into a folder of `data`.
    pub smtp: String,
    pub user: String,
    pub password: String,
    pub from: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HashingConfig {
    pub memory_kib: u32,
    pub rounds: u32,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            listen: "127.0.0.1:8080".into(),
            data: "data".into(),
            database: String::new(),
            base_url: "http://127.0.0.1:8080".into(),
            production: false,
            upload_mib: 10,
            attachment_mib: 20,
            office: Office {
                name: "Powiatowy Urząd Pracy".into(),
                short: "PUP".into(),
                organ: "Starosta".into(),
                acting: "Dyrektor Powiatowego Urzędu Pracy działający z upoważnienia Starosty".into(),
                street: String::new(),
                postal_code: String::new(),
                town: String::new(),
                email: "urzad@example.pl".into(),
                phone: String::new(),
                website: String::new(),
                bip: String::new(),
                account: String::new(),
                inspector: String::new(),
            },
            accessibility: Accessibility::default(),
            mail: Mail {
                smtp: String::new(),
                user: String::new(),
                password: String::new(),
                from: "Konkurs <konkurs@example.pl>".into(),
            },
            scan: Scan::default(),
            hashing: HashingConfig { memory_kib: 19_456, rounds: 2 },
            limits: Limits {
                writes_a_second: 20,
                writes_at_once: 200,
                requests_at_once: 1_000,
                uploads_at_once: 200,
                uploads_of_account: 8,
                uploads_mib_at_once: 1_024,
                submits_at_once: 200,
                strangers_at_once: 50,
                form_seconds: 60,
                file_rest_seconds: 60,
                file_seconds: 900,
            },
        }
    }
}

/// A setting that cannot be used, in one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadConfig(String);

fn bad(message: impl Into<String>) -> BadConfig {
    BadConfig(message.into())
}

impl Config {
    /// Defaults, then the file, then the variables.
    ///
    /// # Errors
    /// A Polish sentence that names the key.
    pub fn load(file: Option<&Path>, vars: impl Iterator<Item = (String, String)>) -> Result<Config, BadConfig> {
        let mut all = Table::try_from(Config::default()).map_err(|e| bad(e.to_string()))?;
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|e| bad(format!("plik {}: {e}", path.display())))?;
            let given: Table = text.parse().map_err(|e| bad(format!("plik {}: {e}", path.display())))?;
            overlay(&mut all, given, "")?;
        }
        for (name, text) in vars {
            if let Some(key) = name.strip_prefix(PREFIX) {
                set(&mut all, &name, &key.to_lowercase(), &text)?;
            }
        }
        all.try_into().map_err(|e| bad(e.to_string()))
    }

    /// What may not stand in production.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut out = Vec::new();
        if self.production && self.mail.smtp.is_empty() {
            out.push("mail.smtp: serwer poczty jest w produkcji wymagany".to_owned());
        }
        if self.production && !self.base_url.starts_with("https://") {
            out.push(format!("base_url: w produkcji wymagany jest adres https, jest „{}”", self.base_url));
        }
        if self.upload_mib == 0 || self.upload_mib > 100 {
            out.push(format!("upload_mib: dozwolone 1–100, jest {}", self.upload_mib));
        }
        if self.attachment_mib == 0 || self.attachment_mib > 200 {
            out.push(format!("attachment_mib: dozwolone 1–200, jest {}", self.attachment_mib));
        }
        if !self.scan.clamd.is_empty() && !self.scan.clamd.contains(':') {
            out.push(format!("scan.clamd: oczekiwano host:port, jest „{}”", self.scan.clamd));
        }
        out
    }

    /// The effective values as TOML, secrets masked.
    ///
    /// # Errors
    /// Never for a loaded configuration.
    pub fn shown(&self) -> Result<String, BadConfig> {
        let mut copy = self.clone();
        if !copy.mail.password.is_empty() {
            copy.mail.password = MASK.into();
        }
        copy.database = masked(&copy.database);
        copy.mail.smtp = masked(&copy.mail.smtp);
        toml::to_string_pretty(&copy).map_err(|e| bad(e.to_string()))
    }

    #[must_use]
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// A URL with its password replaced.
fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((login, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    match login.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:{MASK}@{host}"),
        None => url.to_owned(),
    }
}

fn overlay(all: &mut Table, given: Table, at: &str) -> Result<(), BadConfig> {
    for (key, value) in given {
        let name = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        match (all.get_mut(&key), value) {
            (None, _) => return Err(bad(format!("nieznany klucz konfiguracji: {name}"))),
            (Some(Value::Table(inner)), Value::Table(table)) => overlay(inner, table, &name)?,
            (Some(old), value) => *old = value,
        }
    }
    Ok(())
}

/// `KONKURS_MAIL__SMTP=…` sets `mail.smtp`; the default's type decides how it is read.
fn set(all: &mut Table, name: &str, key: &str, text: &str) -> Result<(), BadConfig> {
    let unknown = || bad(format!("nieznana zmienna konfiguracji: {name}"));
    let mut table = all;
    let mut parts = key.split("__").peekable();
    while let Some(part) = parts.next() {
        let slot = table.get_mut(part).ok_or_else(unknown)?;
        if parts.peek().is_none() {
            let wrong = |want: &str| bad(format!("{name}: oczekiwano {want}, jest „{text}”"));
            *slot = match slot {
                Value::String(_) => Value::String(text.to_owned()),
                Value::Integer(_) => Value::Integer(text.parse().map_err(|_| wrong("liczby"))?),
                Value::Boolean(_) => Value::Boolean(text.parse().map_err(|_| wrong("true albo false"))?),
                Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => return Err(unknown()),
            };
            return Ok(());
        }
        table = slot.as_table_mut().ok_or_else(unknown)?;
    }
    Err(unknown())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vars(list: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
        list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn variables_override_defaults_by_their_type() {
        let config = Config::load(
            None,
            vars(&[
                ("KONKURS_LISTEN", "0.0.0.0:80"),
                ("KONKURS_UPLOAD_MIB", "20"),
                ("KONKURS_MAIL__PASSWORD", "12345"),
                ("PATH", "/bin"),
            ]),
        )
        .unwrap();
        assert_eq!(config.listen, "0.0.0.0:80");
        assert_eq!(config.upload_mib, 20);
        assert_eq!(config.mail.password, "12345");
    }

    #[test]
    fn an_unknown_key_is_named() {
        let e = Config::load(None, vars(&[("KONKURS_MAIL__SMPT", "x")])).unwrap_err();
        assert_eq!(e.to_string(), "nieznana zmienna konfiguracji: KONKURS_MAIL__SMPT");
        let e = Config::load(None, vars(&[("KONKURS_UPLOAD_MIB", "dużo")])).unwrap_err();
        assert_eq!(e.to_string(), "KONKURS_UPLOAD_MIB: oczekiwano liczby, jest „dużo”");
    }

    #[test]
    fn secrets_are_masked() {
        let config = Config::load(
            None,
            vars(&[("KONKURS_DATABASE", "postgres://pup:tajne@db/konkurs"), ("KONKURS_MAIL__PASSWORD", "tajne")]),
        )
        .unwrap();
        let shown = config.shown().unwrap();
        assert!(!shown.contains("tajne"), "{shown}");
        assert!(shown.contains("postgres://pup:•••@db/konkurs"), "{shown}");
    }

    #[test]
    fn production_refuses_what_a_demonstration_may_have() {
        let config = Config { production: true, ..Config::default() };
        assert_eq!(config.problems().len(), 2);
    }
}
