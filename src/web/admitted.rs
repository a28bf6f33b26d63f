//! Which place a request takes among those that are worked on, and whom the lack of one makes wait.

use actix_web::HttpMessage as _;
use actix_web::dev::ServiceRequest;

use super::gate::{Full, Gate, Pass};
use super::middleware::{Visit, writes};
use super::state::AppState;
use super::upload;
use crate::error::AppError;

/// The budget of what must arrive on the last evening ([`super::Watch::budget`]).
const SUBMITTING: &str = "submit:";

/// A place among the requests that are worked on, unless the account behind a writing request has sent too many.
/// Files, and what an account submits, have places of their own. What is built into the program needs none.
pub(super) fn admitted(req: &ServiceRequest, state: &AppState, file: bool) -> Result<Option<Pass>, AppError> {
    if req.path().starts_with("/static/") {
        return Ok(None);
    }
    let account = req.extensions().get::<Visit>().and_then(|visit| visit.actor.person_id().cloned());
    let Some(id) = account.filter(|_| writes(req.method())) else {
        let gate = if file { &state.uploads } else { &state.gate };
        return gate.enter().map(Some).ok_or(AppError::Busy);
    };
    let budget = (state.watch.budget)(req.path());
    state.writes.spend(&format!("{budget}{id}"), state.clock.now()).map_err(AppError::TooMany)?;
    let (gate, own): (_, fn(&Gate) -> AppError) = match (file, budget == SUBMITTING) {
        (true, _) => (&state.uploads, upload::too_many_of_account),
        (false, true) => (&state.submits, |_| AppError::TooMany(1)),
        (false, false) => (&state.gate, |_| AppError::Busy),
    };
    gate.enter_as(id.as_str()).map(Some).map_err(|full| match full {
        Full::Everywhere => AppError::Busy,
        Full::ForAccount => own(gate),
    })
}
