//! The mark of a rehearsal: what belongs to a test call says so in every form it takes, on paper, in a workbook, in a
//! text and in the name of its file.

/// The numbers of what belongs to a test call begin so.
const NUMBERS: &str = "PRÓBA/";

/// What every document of a rehearsal says on top.
pub(super) const BAND: &str = "PRÓBA – KONKURS PRÓBNY, BEZ SKUTKÓW PRAWNYCH";

/// How the name of its file begins.
const FILE: &str = "PRÓBA";

/// Whether a document belongs to a rehearsal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rehearsal(pub bool);

impl Rehearsal {
    /// As its number tells.
    #[must_use]
    pub fn of_number(number: &str) -> Rehearsal {
        Rehearsal(number.contains(NUMBERS))
    }

    /// What stands on top, before what the document says of itself; nothing when neither has anything to say.
    #[must_use]
    pub fn band(self, own: Option<&str>) -> Option<String> {
        match (self.0, own) {
            (false, own) => own.map(str::to_owned),
            (true, None) => Some(BAND.to_owned()),
            (true, Some(own)) => Some(format!("{BAND} – {own}")),
        }
    }

    /// The name of a file that was made here.
    #[must_use]
    pub fn file_name(self, name: &str) -> String {
        if self.0 && !name.contains(FILE) { format!("{FILE} {name}") } else { name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_rehearsal_is_marked_and_once() {
        let (real, trial) = (Rehearsal::of_number("U/1/2026"), Rehearsal::of_number("PRÓBA/U/1/2026"));
        assert_eq!((real, trial), (Rehearsal(false), Rehearsal(true)));
        assert_eq!((real.band(None), real.band(Some("PROJEKT"))), (None, Some("PROJEKT".to_owned())));
        assert_eq!(trial.band(None).as_deref(), Some(BAND));
        assert_eq!(trial.band(Some("PROJEKT")), Some(format!("{BAND} – PROJEKT")));
        assert_eq!(trial.file_name("oferta koszty.xlsx"), "PRÓBA oferta koszty.xlsx");
        assert_eq!(trial.file_name("umowa-PRÓBA-U-1-2026.pdf"), "umowa-PRÓBA-U-1-2026.pdf");
        assert_eq!(real.file_name("oferta koszty.xlsx"), "oferta koszty.xlsx");
    }
}
