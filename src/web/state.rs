//! What every request can reach.

use std::sync::Arc;

use crate::account::Hashing;
use crate::config::Config;
use crate::document::Pdf;
use crate::jobs;
use crate::mail::Mailer;
use crate::store::{Clock, Compared, Files, Scanner, Store};
use crate::web::{Budget, Gate, Memory, Runs, Throttle, Views, Watch};

pub struct AppState {
    pub config: Config,
    pub store: Store,
    pub files: Files,
    pub clock: Clock,
    pub views: Views,
    pub pdf: Pdf,
    pub mailer: Mailer,
    pub hashing: Hashing,
    /// Nothing when files are not scanned.
    pub scanner: Option<Scanner>,
    pub jobs: Vec<jobs::Kind>,
    pub outside: Vec<jobs::Outside>,
    /// How often receipts are checked by anyone.
    pub checks: Throttle,
    /// How often one account writes; what [`Watch::budget`] names is counted apart.
    pub writes: Budget,
    /// How many requests are worked on at once.
    pub gate: Arc<Gate>,
    /// The same for files on their way in, which may take their time and hold up nothing else.
    pub uploads: Arc<Gate>,
    /// How many bytes of them stand in memory.
    pub memory: Arc<Memory>,
    /// The same for submissions: readers, who need no account, never take their places.
    pub submits: Arc<Gate>,
    /// The same for files of people who are not signed in.
    pub strangers: Arc<Gate>,
    /// How often people who are not signed in ask about contests.
    pub asks: Throttle,
    /// The attempts that are logged also when they never reached their deed.
    pub watch: Watch,
    /// Those of them that are refused again and again.
    pub runs: Runs,
    /// How far the clock of this process is from the database's.
    pub compared: Compared,
    /// The demonstration: invented data, known passwords, one deed more.
    pub demo: bool,
}
