//! How fast the program is: the real `konkurs serve` on a fresh folder of this disk, over the loopback only,
//! on SQLite and on PostgreSQL.
//!
//! `cargo bench --bench load` takes about six minutes, `cargo bench --bench load -- quick` about one and a half.
//! `sqlite` or `postgres` among the words after `--` leaves the other database out, `rush` and `measure` one half
//! of the work. `BENCH_PG_URL` names a database that may be filled; without it a PostgreSQL cluster of our own is
//! made, with fsync and every other default of durability, and thrown away. `BENCH_PROGRAM` names another build
//! of the program, so that two can be compared in one breath.
//!
//! Ends with 1 when a check of the deadline rush fails or an answer was not the one that was due.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::as_conversions,
    reason = "a measurement that cannot go on stops"
)]

mod bare;
mod cluster;
mod http;
mod load;
mod machine;
mod measure;
mod people;
mod rush;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use cluster::Cluster;
use konkurs::store::Address;
use machine::Place;

/// How much is done.
#[derive(Clone, Copy)]
pub struct Size {
    pub clients: &'static [usize],
    pub seconds: Duration,
    /// Organisations, each with one person and an open session.
    pub organisations: usize,
    /// Calls whose drafts are used up at one level of submitting.
    pub calls_a_level: usize,
    /// The rush: how long it lasts before the deadline.
    pub rush: Duration,
}

const FULL: Size = Size {
    clients: &[1, 8, 32, 128],
    seconds: Duration::from_secs(4),
    organisations: 500,
    calls_a_level: 3,
    rush: Duration::from_secs(60),
};

const QUICK: Size = Size {
    clients: &[1, 32],
    seconds: Duration::from_secs(2),
    organisations: 100,
    calls_a_level: 3,
    rush: Duration::from_secs(10),
};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        println!("Measured by `cargo bench --bench load`; see tests/bench/main.rs.");
        return ExitCode::SUCCESS;
    }
    let says = |word: &str| words.iter().any(|w| w == word);
    let size = if says("quick") { QUICK } else { FULL };
    let halves = (!says("rush"), !says("measure"));
    let mut sound = true;
    introduce();
    if !says("postgres") {
        sound &= bench("SQLite", size, halves, &|folder| Ground::sqlite(folder));
    }
    if !says("sqlite") {
        match Cluster::find() {
            Ok(cluster) => sound &= bench("PostgreSQL", size, halves, &|folder| Ground::postgres(folder, &cluster)),
            Err(why) => println!("\nPostgreSQL is left out: {why}"),
        }
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn introduce() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "{cores} cores, shared by the program, the load generator and (for PostgreSQL) the database server. \
         Program: {}. Disk: {}.",
        machine::program().display(),
        machine::root().display()
    );
    println!("Latencies are those of the client, from the first byte sent to the last one read.");
}

/// A fresh folder and a fresh database.
pub struct Ground {
    pub place: Place,
    pub address: Address,
    /// The process that the database server's processes descend from.
    pub database: Option<u32>,
}

impl Ground {
    fn sqlite(folder: PathBuf) -> Ground {
        let address = Address::File(folder.join("konkurs.sqlite"));
        Ground { place: Place::new(folder), address, database: None }
    }

    fn postgres(folder: PathBuf, cluster: &Cluster) -> Ground {
        let url = cluster.fresh();
        let address = Address::Postgres { url, schema: None };
        Ground { place: Place::new(folder), address, database: cluster.process() }
    }

    /// What `--database` says.
    pub fn url(&self) -> &str {
        match &self.address {
            Address::File(_) => "",
            Address::Postgres { url, .. } => url,
        }
    }
}

fn bench(name: &str, size: Size, (measured, rushed): (bool, bool), ground: &dyn Fn(PathBuf) -> Ground) -> bool {
    println!("\n## {name}\n");
    let mut sound = true;
    if measured {
        sound &= measure::run(size, &ground(machine::folder("measure")));
    }
    if rushed {
        sound &= rush::run(size, &ground(machine::folder("rush")));
    }
    sound
}
