//! The arrows of the house: who may import whom, where diesel, actix and the clock
//! may stand, and how long a file may be.

use std::path::Path;

const STAGES: [&str; 8] = ["programme", "call", "offer", "review", "award", "contract", "report", "settlement"];

/// What each room of the ground floor may import, besides itself.
const ROOMS: [(&str, &[&str]); 9] = [
    ("law", &[]),
    ("error", &["law"]),
    ("config", &["law"]),
    ("store", &["law", "error", "both"]),
    ("document", &["law", "error", "store"]),
    ("audit", &["law", "error", "store", "both"]),
    ("jobs", &["law", "error", "store", "both"]),
    ("mail", &["law", "error", "store", "both"]),
    ("web", &["law", "error", "config", "store", "document", "audit", "jobs", "mail", "account"]),
];

/// Pages of accounts stand above the HTTP kit, the rest of the room below it.
const ACCOUNT: &[&str] = &["law", "error", "store", "audit", "mail", "both"];
const ACCOUNT_PAGES: &[&str] = &["law", "error", "config", "store", "document", "audit", "mail", "web", "get", "post"];

/// What a stage may import besides itself and the stages before it.
const FLOOR: &[&str] =
    &["law", "error", "store", "audit", "mail", "jobs", "document", "account", "web", "config", "both", "get", "post"];

struct File {
    /// Relative to `src/`.
    path: String,
    /// Without comment lines.
    code: String,
    lines: usize,
}

fn collect(folder: &Path, root: &Path, out: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            out.push(File {
                path: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
                code: code.collect::<Vec<_>>().join("\n"),
                lines: text.lines().count(),
            });
        }
    }
}

fn sources() -> Vec<File> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut out = Vec::new();
    collect(root, root, &mut out);
    assert!(out.len() > 100, "{} files", out.len());
    out
}

/// The first names after every `crate::`, also those in braces.
fn imports(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => out.extend(top_names(group)),
            None => out.push(name(rest)),
        }
    }
    out
}

fn name(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// `a, b::{c, d}, e}` gives a, b, e.
fn top_names(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(name(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(name(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

fn room_of(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

fn allowed(path: &str) -> Option<Vec<&'static str>> {
    let room = room_of(path);
    if let Some(place) = STAGES.iter().position(|stage| *stage == room) {
        return Some(STAGES[..place].iter().chain(FLOOR).copied().collect());
    }
    if room == "account" {
        return Some(if path.starts_with("account/pages/") { ACCOUNT_PAGES } else { ACCOUNT }.to_vec());
    }
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, may)| may.to_vec())
}

#[test]
fn a_room_imports_only_what_stands_below_it() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(may) = allowed(&file.path) else {
            assert!(
                ["app.rs", "cli.rs", "lib.rs", "main.rs"].contains(&file.path.as_str())
                    || file.path.starts_with("cli/")
                    || file.path.starts_with("demo"),
                "{} belongs to no room",
                file.path
            );
            continue;
        };
        let own = room_of(&file.path);
        // Unit tests may look at more than the code they test.
        let code = file.code.split("#[cfg(test)]\nmod ").next().unwrap();
        if file.path.ends_with("_test.rs") {
            continue;
        }
        for import in imports(code) {
            // `$crate::` in a macro is written for whoever uses it.
            let used = format!("$crate::{import}");
            if import != own && !may.contains(&import.as_str()) && !code.contains(&used) {
                wrong.push(format!("{} imports {import}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn diesel_stays_in_the_stores() {
    let may = |path: &str| {
        path.starts_with("store/")
            || path.starts_with("jobs/")
            || path.ends_with("/store.rs")
            || path.contains("/store/")
            || ["mail/outbox.rs", "account/session.rs", "error.rs", "jobs.rs"].contains(&path)
    };
    let wrong: Vec<String> =
        sources().into_iter().filter(|f| f.code.contains("diesel") && !may(&f.path)).map(|f| f.path).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn actix_stays_in_the_pages() {
    let may = |path: &str| path.starts_with("web/") || path.contains("/pages/") || path == "app.rs";
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|f| ["actix_web", "actix_multipart", "actix_http"].iter().any(|c| f.code.contains(c)) && !may(&f.path))
        .map(|f| f.path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_file_reads_the_clock() {
    let reads = |code: &str| ["Utc::now", "Local::now", "SystemTime", "Instant::now"].iter().any(|w| code.contains(w));
    let timed = |path: &str| path.ends_with("_test.rs"); // measures how long it takes
    let all: Vec<String> =
        sources().into_iter().filter(|f| reads(&f.code) && !timed(&f.path)).map(|f| f.path).collect();
    assert_eq!(all, ["store/clock.rs"]);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let long: Vec<String> =
        sources().into_iter().filter(|f| f.lines > 400).map(|f| format!("{}: {}", f.path, f.lines)).collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn the_reader_of_imports_reads() {
    let code = "use crate::{account, law::{self, Money}, store::Tx};\nlet x = crate::audit::page(r);";
    assert_eq!(imports(code), ["account", "law", "store", "audit"]);
}
