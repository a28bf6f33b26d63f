//! A database of its own for each test: a file, or a schema of the PostgreSQL
//! cluster at `TEST_PG_URL`.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use konkurs::store::Address;

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct Scratch {
    folder: PathBuf,
    schema: Option<(String, String)>,
}

impl Scratch {
    pub fn new() -> Scratch {
        let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(format!("konkurs-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        let schema = match std::env::var("TEST_DB").as_deref() {
            Ok("postgres") => {
                let url = std::env::var("TEST_PG_URL").expect("TEST_PG_URL names the test cluster");
                execute(&url, &format!("CREATE SCHEMA {name}"));
                Some((url, name))
            }
            _ => None,
        };
        Scratch { folder, schema }
    }

    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    pub fn address(&self) -> Address {
        match &self.schema {
            Some((url, name)) => Address::Postgres { url: url.clone(), schema: Some(name.clone()) },
            None => Address::File(self.folder.join("konkurs.sqlite")),
        }
    }
}

impl Scratch {
    /// What `--database` would say; empty for the file in the folder.
    pub fn url(&self) -> String {
        match &self.schema {
            Some((url, name)) => format!("{url}?options=-csearch_path%3D{name}"),
            None => String::new(),
        }
    }
}

fn execute(url: &str, sql: &str) {
    PgConnection::establish(url).unwrap().batch_execute(sql).unwrap();
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some((url, name)) = &self.schema {
            execute(url, &format!("DROP SCHEMA {name} CASCADE"));
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
