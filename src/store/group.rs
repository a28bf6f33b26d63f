//! Many deeds, one commit.
//!
//! A disk confirms a few hundred commits a second, however small they are, and a deed is answered only
//! when its commit is confirmed. So a deed that comes while others wait their turn does not pay for a
//! commit of its own: it runs in the transaction that is open, in a savepoint of its own, and the last one in
//! the row commits for all. Nobody waits for company: who is alone commits at once.
//!
//! What is promised stays as it was. A deed is kept whole or not at all: a refused one takes only its
//! savepoint back. Deeds run one after another and see what those before them did. An answer is given after
//! the commit, to everyone in it; when the commit fails, everyone in it is told so.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::QueryResult;
use diesel::r2d2::{Pool, PooledConnection};

use super::db::{self, Db, Opener};
use super::{JournalLine, Read, Seal, Tx};
use crate::error::AppError;

/// Deeds of one commit; more would let the first of them wait too long.
const MOST: usize = 64;

pub(super) struct Group {
    writers: Pool<Opener>,
    /// How long a deed waits for its turn.
    patience: Duration,
    seal: Seal,
    desk: Mutex<Desk>,
    turn: Condvar,
}

/// Where the writers stand in a row.
#[derive(Default)]
struct Desk {
    /// Somebody does a deed, or commits.
    taken: bool,
    waiting: usize,
    /// The open transaction, between two deeds.
    open: Option<Round>,
}

/// An open transaction and the deeds in it.
struct Round {
    conn: PooledConnection<Opener>,
    journal: Vec<JournalLine>,
    /// Deeds that were tried.
    tries: usize,
    /// Deeds that were kept.
    deeds: usize,
    /// A deed is being done; what it leaves behind is not whole yet.
    inside: bool,
    /// A savepoint is open: that of the deed being done, or of the one before.
    saved: bool,
    /// The transaction cannot be kept any more.
    broken: bool,
    end: Arc<End>,
}

/// What became of a transaction, once that is known.
#[derive(Default)]
struct End {
    told: Mutex<Option<Fate>>,
    bell: Condvar,
}

#[derive(Clone)]
enum Fate {
    Kept,
    /// Coming again may work.
    Away(String),
    Fault(String),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl End {
    fn tell(&self, fate: Fate) {
        *lock(&self.told) = Some(fate);
        self.bell.notify_all();
    }

    fn wait(&self) -> Result<(), AppError> {
        let told = self.bell.wait_while(lock(&self.told), |told| told.is_none());
        match told.unwrap_or_else(PoisonError::into_inner).clone() {
            Some(Fate::Kept) => Ok(()),
            Some(Fate::Fault(why)) => Err(AppError::internal(why)),
            Some(Fate::Away(why)) => Err(AppError::Unavailable(why)),
            None => Err(AppError::internal("a transaction without an end")),
        }
    }
}

/// An end that is told in any case, also when a panic goes through.
struct Told(Arc<End>);

impl Drop for Told {
    fn drop(&mut self) {
        if lock(&self.0.told).is_none() {
            self.0.tell(Fate::Fault("the commit panicked".to_owned()));
        }
    }
}

impl Group {
    pub fn new(writers: Pool<Opener>, patience: Duration, seal: Seal) -> Group {
        Group { writers, patience, seal, desk: Mutex::default(), turn: Condvar::new() }
    }

    /// Does `work` in its turn and returns when it is kept for good.
    pub fn write<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        let mut seat = self.sit()?;
        let (out, end) = seat.work(work);
        drop(seat);
        // Who was refused because of what others did waits with them: it may yet be undone.
        if let Some(end) = end {
            end.wait()?;
        }
        out
    }

    fn sit(&self) -> Result<Seat<'_>, AppError> {
        let mut desk = lock(&self.desk);
        desk.waiting += 1;
        let patient = self.turn.wait_timeout_while(desk, self.patience, |desk| desk.taken);
        let (mut desk, late) = patient.unwrap_or_else(PoisonError::into_inner);
        desk.waiting -= 1;
        if late.timed_out() {
            return Err(AppError::Unavailable("too many deeds wait for their turn".into()));
        }
        desk.taken = true;
        let open = desk.open.take();
        drop(desk);
        let mut seat = Seat { group: self, round: open };
        if seat.round.is_none() {
            seat.round = Some(self.begin()?);
        }
        Ok(seat)
    }

    fn begin(&self) -> Result<Round, AppError> {
        let conn = db::checked_out(&self.writers, true)?;
        Ok(Round {
            conn,
            journal: Vec::new(),
            tries: 0,
            deeds: 0,
            inside: false,
            saved: false,
            broken: false,
            end: Arc::default(),
        })
    }

    /// After a deed: the next one goes on with the transaction, or it ends here.
    fn leave(&self, mut round: Round) {
        if round.inside {
            round.undo(); // a panic went through
        }
        // Under one lock with the count: who is waited for cannot lose patience in between.
        let mut desk = lock(&self.desk);
        if !round.broken && round.tries < MOST && desk.waiting > 0 {
            (desk.taken, desk.open) = (false, Some(round));
            drop(desk);
            return self.turn.notify_one();
        }
        drop(desk);
        let _next = Next(self);
        round.finish(self.seal);
    }

    fn call_next(&self) {
        lock(&self.desk).taken = false;
        self.turn.notify_one();
    }
}

/// Calls the next writer when it is dropped, also by a panic.
struct Next<'g>(&'g Group);

impl Drop for Next<'_> {
    fn drop(&mut self) {
        self.0.call_next();
    }
}

/// The turn of one deed; it is given on when this is dropped, also by a panic.
struct Seat<'g> {
    group: &'g Group,
    round: Option<Round>,
}

impl Seat<'_> {
    /// What came of the deed, and the end to wait for when anything was kept.
    fn work<T>(
        &mut self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, AppError>,
    ) -> (Result<T, AppError>, Option<Arc<End>>) {
        let Some(round) = self.round.as_mut() else {
            return (Err(AppError::internal("a seat without a round")), None);
        };
        let out = round.work(work);
        (out, (round.deeds > 0).then(|| Arc::clone(&round.end)))
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        match self.round.take() {
            Some(round) => self.group.leave(round),
            None => self.group.call_next(),
        }
    }
}

impl Round {
    /// Does one deed. The first one needs no savepoint: nobody else loses by its refusal.
    fn work<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        self.tries += 1;
        if self.deeds > 0 {
            self.savepoint().inspect_err(|_| self.broken = true)?;
        }
        self.inside = true;
        let mut tx = Tx { read: Read { conn: &mut self.conn }, journal: Vec::new(), earlier: &self.journal };
        let out = work(&mut tx);
        let lines = tx.journal;
        let out = out.inspect_err(|_| self.undo())?;
        self.inside = false;
        self.journal.extend(lines);
        self.deeds += 1;
        Ok(out)
    }

    fn savepoint(&mut self) -> QueryResult<()> {
        if self.saved {
            return db::next_savepoint(&mut self.conn);
        }
        db::savepoint(&mut self.conn)?;
        self.saved = true;
        Ok(())
    }

    /// Takes the deed back that is being done. Where it is the first one, the transaction goes with it.
    fn undo(&mut self) {
        (self.inside, self.saved) = (false, false);
        self.broken = self.deeds == 0 || db::rollback(&mut self.conn).is_err();
    }

    /// Commits for all, or undoes it for all, and tells them.
    fn finish(self, seal: Seal) {
        let Round { mut conn, journal, saved, broken, end, .. } = self;
        let end = Told(end);
        let kept =
            if broken { Err(AppError::Unavailable("undone".into())) } else { commit(&mut conn, saved, journal, seal) };
        // From inside a savepoint it takes two steps out.
        for _ in 0..if kept.is_ok() { 0 } else { 1 + u8::from(saved) } {
            if let Err(e) = db::rollback(&mut conn) {
                tracing::debug!(error = %e, "rollback failed; the pool drops a broken connection");
            }
        }
        drop(conn);
        end.0.tell(match kept {
            Ok(()) => Fate::Kept,
            Err(AppError::Internal(why)) => Fate::Fault(why.to_string()),
            Err(e) => Fate::Away(e.to_string()),
        });
    }
}

/// The journal is written as the last thing before the commit.
fn commit(conn: &mut Db, saved: bool, journal: Vec<JournalLine>, seal: Seal) -> Result<(), AppError> {
    if saved {
        db::commit(conn)?;
    }
    if !journal.is_empty() {
        seal(&mut Tx { read: Read { conn }, journal: Vec::new(), earlier: &[] }, journal)?;
    }
    Ok(db::commit(conn)?)
}
