//! An office writes down the rules of a programme of its own, on its own legal basis.

use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::error::{AppError, FieldErrors};
use crate::law::Instant;
use crate::law::rules::{LocalProgramme, local};
use crate::store::{Tx, digest, tables, to_json};

/// Keeps a local rule set and returns its code.
///
/// # Errors
/// `Refused` with everything that is missing (R-LOC-01), `Invalid` for a code that is taken.
pub fn define_local(tx: &mut Tx<'_>, by: &Actor, draft: LocalProgramme, now: Instant) -> Result<String, AppError> {
    let rules = local(draft).map_err(AppError::Refused)?;
    match tables::rule_set(tx, &rules.code) {
        Ok(_) => {
            return Err(AppError::Invalid(FieldErrors::of("code", format!("Kod {} ma już inny program.", rules.code))));
        }
        Err(AppError::NotFound) => {}
        Err(e) => return Err(e),
    }
    tables::add_local_rules(tx, &rules, by.log_name(), now)?;
    let deed = Deed {
        actor: by.log_name(),
        deed: "rules.local",
        object_kind: "rules",
        object_id: &rules.code,
        before: String::new(),
        after: digest(&to_json(&rules)?),
        detail: format!("Określono zasady programu lokalnego {}: {}.", rules.code, rules.name),
    };
    audit::append(tx, deed, now);
    Ok(rules.code)
}
