//! Migrations run up, down and up again, and the tables they make are those of
//! `src/store/schema/`, on each database.

use konkurs::store::Store;

use super::raw::Raw;
use crate::support::TestApp;

/// `table.column Type` of every line of the schema files.
fn written() -> Vec<String> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/schema")).unwrap();
    let text: String = folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let (mut table, mut out) = (String::new(), Vec::new());
    for line in text.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name.to_owned();
        } else if let Some((column, kind)) = line.split_once(" -> ").filter(|_| line.ends_with(",")) {
            out.push(format!("{table}.{column} {}", kind.trim_end_matches(',')));
        }
    }
    out.sort();
    out
}

const SQLITE: &str = "SELECT m.name || '.' || p.name || ' ' || upper(p.type) || CASE WHEN p.\"notnull\" = 1 THEN '' ELSE ' NULL' END AS line
    FROM sqlite_master m JOIN pragma_table_info(m.name) p
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '%diesel%'";

const POSTGRES: &str = "SELECT table_name || '.' || column_name || ' ' || upper(data_type)
    || CASE WHEN is_nullable = 'NO' THEN '' ELSE ' NULL' END AS line
    FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '%diesel%'";

fn made(raw: &mut Raw) -> Vec<String> {
    let lines = raw.lines(if raw.is_postgres() { POSTGRES } else { SQLITE });
    let mut out: Vec<String> = lines
        .iter()
        .map(|line| {
            let (column, kind) = line.split_once(' ').unwrap();
            let (kind, nullable) = kind.strip_suffix(" NULL").map_or((kind, false), |kind| (kind, true));
            let kind = match kind {
                "TEXT" => "Text",
                "BIGINT" => "BigInt",
                "DATE" => "Date",
                "BOOLEAN" => "Bool",
                "TIMESTAMP" | "TIMESTAMP WITHOUT TIME ZONE" => "Timestamp",
                other => panic!("{column} is {other}"),
            };
            if nullable { format!("{column} Nullable<{kind}>") } else { format!("{column} {kind}") }
        })
        .collect();
    out.sort();
    out
}

#[actix_web::test]
async fn the_schema_file_says_what_the_migrations_make() {
    let app = TestApp::new().await;
    let (written, made) = (written(), made(&mut Raw::beside(&app)));
    assert!(written.len() > 150, "{} columns read from the schema", written.len());
    assert_eq!(written, made);
}

#[actix_web::test]
async fn migrations_run_up_down_and_up_again() {
    let app = TestApp::new().await;
    let mut raw = Raw::beside(&app);
    let first = made(&mut raw);
    raw.migrate_down();
    assert_eq!(made(&mut raw), Vec::<String>::new(), "a table stayed behind");
    raw.migrate_up();
    assert_eq!(made(&mut raw), first);
    // The program puts the guards up again, and migrating twice changes nothing.
    Store::migrate(&app.address()).unwrap();
    Store::migrate(&app.address()).unwrap();
    assert_eq!(made(&mut raw), first);
    raw.run("INSERT INTO audit VALUES (1, '2026-11-23 12:00:00', 'a', 'd', 'k', 'o', '', '', 'x', '', 'h')").unwrap();
    raw.run("DELETE FROM audit").expect_err("the guard stands again");
}

#[test]
fn no_two_migrations_have_one_number() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut numbers: Vec<String> = names.map(|name| name.split('_').next().unwrap().to_owned()).collect();
    let all = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "of two with the same number one would never run");
}
