//! What an offer must meet. Pure: the content, the frozen call and the organisation go in, findings come
//! out. The place of a finding names the part and the row of the form, so that a page can lead there.

mod against;
mod arithmetic;
mod attached;
mod complete;
mod declared;
mod electronic;
mod fees;
mod hours;
mod joint;
mod programme;
mod signatory;
mod signature;
mod standing;

pub use against::{against_call, deadline};
pub use arithmetic::{arithmetic, check_sources};
pub use attached::{PLACE as ATTACHMENTS_PLACE, attached};
pub use complete::{completeness, declarations};
pub use declared::{arrears, other_announcement};
pub use electronic::{carried, electronic, named};
pub use fees::fees;
pub use joint::{PARTNERS as PARTNERS_PLACE, joint, offeror, split};
pub use programme::class_programme;
pub use signatory::{signatory, signed};
pub use signature::signature;
pub use standing::standing;

use super::applying;
use super::edition::editions_of;
use super::model::{IllegalMove, OfferContent};
use crate::account::Organisation;
use crate::call::CallContent;
use crate::error::AppError;
use crate::law::Finding;

/// Everything that is checked before an offer is frozen, in the order of the form; what does not apply in the call
/// is not looked at.
#[must_use]
pub fn check(content: &OfferContent, org: &Organisation, call: &CallContent) -> Vec<Finding> {
    let applies = call.applies();
    let content = &*applying(content, applies);
    let mut out = completeness(content, org, applies, &editions_of(content, call));
    out.extend(standing(org, call));
    out.extend(arithmetic(content));
    out.extend(fees(content, applies));
    out.extend(against_call(content, call));
    out.extend(class_programme(content, call));
    out
}

impl From<IllegalMove> for AppError {
    fn from(e: IllegalMove) -> AppError {
        AppError::refused(
            Finding::block("R-OFF-16")
                .at("stan oferty")
                .found(format!("Oferta ma stan „{}”.", e.from.ngo_label(false)))
                .limit("W tym stanie tej czynności nie da się wykonać.")
                .hint("Odśwież stronę oferty i zobacz, co można teraz zrobić."),
        )
    }
}
