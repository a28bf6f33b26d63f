//! The files of an offer held against what the announcement asks for (R-OFF-14, R-OFF-20).

use crate::call::CallContent;
use crate::law::Finding;
use crate::offer::attachment::{Attachment, AttachmentState, asked};

/// Every file of these findings is dealt with on the page of attachments.
pub const PLACE: &str = "załączniki";

/// No file waits for the scan, and what the announcement requires is there.
/// Basis: the announcement (UDPP art. 13 ust. 2 pkt 4); the quarantine is the program's own. Date: the submission.
#[must_use]
pub fn attached(files: &[Attachment], call: &CallContent) -> Vec<Finding> {
    let waits = files.iter().filter(|a| a.state == AttachmentState::Quarantined).map(|a| {
        Finding::block("R-OFF-20")
            .at(PLACE)
            .found(format!("Plik „{}” czeka na sprawdzenie antywirusowe.", a.name))
            .limit("Ofertę można złożyć, gdy każdy załącznik jest sprawdzony.")
            .basis("ustalenie przyjęte w programie")
            .hint("Poczekaj kilka minut i odśwież stronę albo usuń ten plik z załączników.")
    });
    let wanted = asked(call).into_iter().filter(|want| want.required);
    let missing = wanted.filter(|want| !files.iter().any(|a| a.key == want.key && counts(a)));
    waits
        .chain(missing.map(|want| {
            Finding::block("R-OFF-14")
                .at(PLACE)
                .found(format!("Brakuje załącznika: {}.", want.name))
                .limit("Ogłoszenie wymaga tego załącznika.")
                .basis("zasady konkursu w ogłoszeniu")
                .hint("Dołącz plik na stronie załączników.")
        }))
        .collect()
}

/// A waiting file has its own finding; a refused one is no file.
fn counts(a: &Attachment) -> bool {
    matches!(a.state, AttachmentState::Accepted | AttachmentState::Quarantined)
}
