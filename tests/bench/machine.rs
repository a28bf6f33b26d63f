//! The machine: folders, child processes, and the time a processor worked for each of them.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::Ground;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The folder of the target directory for what tests leave.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// A name of a fresh folder there.
pub fn folder(what: &str) -> PathBuf {
    root().join(format!("bench-{}-{what}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst)))
}

/// A folder that goes when the work is done.
pub struct Place(PathBuf);

impl Place {
    pub fn new(folder: PathBuf) -> Place {
        std::fs::create_dir_all(&folder).unwrap();
        Place(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program that is measured.
pub fn program() -> PathBuf {
    std::env::var_os("BENCH_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_konkurs").into(), PathBuf::from)
}

/// The program, serving; stopped when this is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:40123`
    pub host: String,
}

impl Server {
    pub fn start(ground: &Ground) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let host = format!("127.0.0.1:{port}");
        let log = std::fs::File::create(ground.place.path().join("server.log")).unwrap();
        let mut child = Command::new(program())
            .args(["serve", "--listen", &host, "--data"])
            .arg(ground.place.path())
            .env("KONKURS_DATABASE", ground.url())
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.by_ref().any(|line| line.contains(&host)), "the program ended before it listened on {host}");
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, host }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hundredths of a second a process and those it waited for were on a processor.
fn ticks(id: u32) -> Option<(u64, u32)> {
    let line = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some((number(11)? + number(12)? + number(13)? + number(14)?, fields.get(1)?.parse().ok()?))
}

/// The same of a process and all its children that still run.
fn family(id: u32) -> u64 {
    let own = ticks(id).map_or(0, |(own, _)| own);
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    let children = ids.filter_map(ticks).filter(|(_, parent)| *parent == id).map(|(ticks, _)| ticks);
    own + children.sum::<u64>()
}

/// Who worked how much, in hundredths of a second.
#[derive(Clone, Copy)]
pub struct Work {
    pub program: u64,
    pub generator: u64,
    pub database: Option<u64>,
}

impl Work {
    pub fn now(server: u32, database: Option<u32>) -> Work {
        Work {
            program: ticks(server).map_or(0, |(own, _)| own),
            generator: ticks(std::process::id()).map_or(0, |(own, _)| own),
            database: database.map(family),
        }
    }

    pub fn since(self, before: Work) -> Work {
        Work {
            program: self.program.saturating_sub(before.program),
            generator: self.generator.saturating_sub(before.generator),
            database: self.database.zip(before.database).map(|(now, then)| now.saturating_sub(then)),
        }
    }
}
