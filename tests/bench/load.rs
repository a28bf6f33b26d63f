//! Clients in a closed loop: each sends its next request when it has the answer to the one before.

use std::time::{Duration, Instant};

use super::http::Browser;
use super::machine::Work;

/// What came of one request.
pub enum Outcome {
    Done,
    Wrong(String),
    /// Nothing is left to do.
    Finished,
}

/// The figures of one level. Times in microseconds, in order.
pub struct Level {
    pub clients: usize,
    pub micros: Vec<u32>,
    pub wrong: Vec<String>,
    pub took: Duration,
    pub work: Work,
}

/// One client's next request.
pub type Deed<'a> = Box<dyn FnMut(&mut Browser) -> Outcome + Send + 'a>;

/// Lets every client do its deed again and again for `lasting`.
pub fn level<'a>(host: &str, ids: (u32, Option<u32>), lasting: Duration, deeds: Vec<Deed<'a>>) -> Level {
    let clients = deeds.len();
    let before = Work::now(ids.0, ids.1);
    let begun = Instant::now();
    let end = begun + lasting;
    let parts: Vec<(Vec<u32>, Vec<String>)> = std::thread::scope(|threads| {
        let all: Vec<_> = deeds
            .into_iter()
            .map(|mut deed| {
                let mut browser = Browser::new(host);
                threads.spawn(move || {
                    let (mut micros, mut wrong) = (Vec::new(), Vec::new());
                    while Instant::now() < end {
                        let sent = Instant::now();
                        match deed(&mut browser) {
                            Outcome::Done => micros.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX)),
                            Outcome::Wrong(why) => wrong.push(why),
                            Outcome::Finished => break,
                        }
                    }
                    (micros, wrong)
                })
            })
            .collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let took = begun.elapsed();
    let work = Work::now(ids.0, ids.1).since(before);
    let mut micros: Vec<u32> = parts.iter().flat_map(|(micros, _)| micros.iter().copied()).collect();
    micros.sort_unstable();
    let wrong = parts.into_iter().flat_map(|(_, wrong)| wrong).collect();
    Level { clients, micros, wrong, took, work }
}

/// The time that so many of a hundred requests needed at most, in milliseconds.
pub fn percentile(micros: &[u32], percent: usize) -> String {
    let at = (micros.len() * percent).div_ceil(100).saturating_sub(1);
    micros.get(at).map_or_else(|| "–".to_owned(), |us| format!("{:.1}", f64::from(*us) / 1000.0))
}

pub fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

pub const HEAD: &str = "| what | clients | per second | p50 ms | p95 ms | p99 ms | errors | × bare commits | CPU ms each: program | generator | database |\n\
                        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

impl Level {
    /// A row of the table; `bare` is the rate of bare commits that a writing request is held against.
    pub fn print(&self, what: &str, bare: Option<f64>) {
        let rate = per_second(self.micros.len(), self.took);
        let each = |ticks: u64| format!("{:.2}", ticks as f64 * 10.0 / (self.micros.len().max(1) as f64));
        println!(
            "| {what} | {} | {rate:.0} | {} | {} | {} | {} | {} | {} | {} | {} |",
            self.clients,
            percentile(&self.micros, 50),
            percentile(&self.micros, 95),
            percentile(&self.micros, 99),
            self.wrong.len(),
            bare.map_or_else(|| "–".to_owned(), |bare| format!("{:.2}", rate / bare)),
            each(self.work.program),
            each(self.work.generator),
            self.work.database.map_or_else(|| "–".to_owned(), each),
        );
        if let Some(first) = self.wrong.first() {
            println!("| ↑ first error: {} | | | | | | | | | | |", first.replace(['\n', '|'], " "));
        }
    }
}
