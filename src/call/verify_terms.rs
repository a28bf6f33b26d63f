//! Whether the frozen terms of a call are still what was published.

use super::model::{Call, CallContent};
use super::store;
use super::terms::terms_hash;
use crate::audit;
use crate::error::AppError;
use crate::store::{Read, digest, parse_json};

/// What is wrong with the frozen terms of one announced call, and how many texts were read: each text
/// against its hash, the last against the hash the call shows and against the call as it stands.
///
/// # Errors
/// Those of the database.
pub fn verify_terms(r: &mut Read<'_>, call: &Call) -> Result<(i64, Vec<String>), AppError> {
    let name = format!("warunki konkursu {}", call.number());
    let shown = call.terms_hash.clone().unwrap_or_default();
    let versions = store::versions(r, &call.id)?;
    let Some(last) = versions.last() else {
        let own = store::unversioned(r, &call.id)?;
        let wrong = (own != shown).then(|| format!("{name}: suma kontrolna {own}, zapisana {shown}"));
        return Ok((1, wrong.into_iter().collect()));
    };
    let mut broken = Vec::new();
    for v in &versions {
        // Announcements of before the organ approved a text apart have their places in the hash.
        let (own, whole) = (terms_hash(&v.text)?, digest(&v.text));
        if own != v.sha256 && whole != v.sha256 {
            broken.push(format!("{name}, wersja {}: suma kontrolna {own}, zapisana {}", v.no, v.sha256));
        } else if whole != v.sha256 && !audit::knows(r, call.id.as_str(), &whole)? {
            broken.push(format!("{name}, wersja {}: miejsc ogłoszenia nie ma w dzienniku", v.no));
        }
    }
    if last.sha256 != shown {
        broken.push(format!("{name}: suma kontrolna {}, zapisana {shown}", last.sha256));
    }
    let frozen: CallContent = parse_json(&last.text)?;
    if frozen.frozen() != call.content.clone().frozen() {
        broken.push(format!("{name}: treść różni się od zamrożonej wersji {}", last.no));
    }
    Ok((i64::try_from(versions.len()).unwrap_or(i64::MAX), broken))
}
