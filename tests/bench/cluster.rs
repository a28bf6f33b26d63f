//! A PostgreSQL for the measurement: the one `BENCH_PG_URL` names, or a cluster of our own that is thrown away.
//! Its durability is untouched: fsync, full_page_writes and synchronous_commit as they come.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use super::machine::{self, Place};

pub struct Cluster {
    /// Without the name of a database.
    base: String,
    own: Option<Own>,
    next: AtomicU32,
}

struct Own {
    bin: PathBuf,
    place: Place,
}

impl Cluster {
    /// # Errors
    /// Why there is none, in a sentence.
    pub fn find() -> Result<Cluster, String> {
        if let Ok(url) = std::env::var("BENCH_PG_URL") {
            let (base, _) = url.rsplit_once('/').ok_or("BENCH_PG_URL names no database")?;
            return Ok(Cluster { base: base.to_owned(), own: None, next: AtomicU32::new(0) });
        }
        let bin = newest().ok_or("neither BENCH_PG_URL nor /usr/lib/postgresql/*/bin is there")?;
        let place = Place::new(machine::folder("postgres"));
        let data = place.path().join("data");
        std::fs::create_dir_all(&data).map_err(|e| e.to_string())?;
        if is_root() {
            run(Command::new("chown").arg("-R").arg("postgres").arg(place.path()))?;
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).map_err(|e| e.to_string())?.port();
        let own = Own { bin, place };
        run(own
            .command("initdb")
            .arg("-D")
            .arg(&data)
            .args(["-U", "konkurs", "-A", "trust", "-E", "UTF8"])
            .arg("--locale=C.UTF-8"))?;
        let options = format!("-c listen_addresses=127.0.0.1 -p {port} -k {} -c max_connections=60", data.display());
        let log = data.join("log");
        run(own.command("pg_ctl").arg("-D").arg(&data).arg("-l").arg(log).args(["-w", "-o", &options, "start"]))?;
        Ok(Cluster { base: format!("postgres://konkurs@127.0.0.1:{port}"), own: Some(own), next: AtomicU32::new(0) })
    }

    /// The URL of a new, empty database.
    pub fn fresh(&self) -> String {
        let name = format!("konkurs_bench_{}_{}", std::process::id(), self.next.fetch_add(1, Ordering::SeqCst));
        let mut conn = PgConnection::establish(&format!("{}/postgres", self.base)).unwrap();
        conn.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        format!("{}/{name}", self.base)
    }

    /// The server's first process; unknown of a server that is not ours.
    pub fn process(&self) -> Option<u32> {
        let file = self.own.as_ref()?.place.path().join("data/postmaster.pid");
        std::fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()
    }
}

impl Own {
    /// A program of PostgreSQL, which refuses to be run by root.
    fn command(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").stdin(Stdio::null());
        command
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let data = self.place.path().join("data");
        let _ = run(self.command("pg_ctl").arg("-D").arg(data).args(["-m", "immediate", "stop"]));
    }
}

fn newest() -> Option<PathBuf> {
    let all = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    let version =
        |path: &Path| path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
    let found = all.map(|entry| entry.path()).filter(|path| path.join("bin/initdb").exists());
    found.filter_map(|path| Some((version(&path)?, path.join("bin")))).max().map(|(_, bin)| bin)
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// Its output goes nowhere: a server that was started would hold a pipe open.
fn run(command: &mut Command) -> Result<(), String> {
    let status =
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().map_err(|e| format!("{command:?}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?}: {status}")) }
}
