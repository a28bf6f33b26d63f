//! The parts of a call that are prepared one at a time, each saved alone.

use serde::Serialize;

use super::CallContent;
use crate::error::AppError;
use crate::law::Finding;
use crate::store::{digest, to_json};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Programme,
    /// The preconditions stand in the programme; a call only shows them.
    Preconditions,
    Elements,
    Terms,
    Card,
    Attachments,
    Formal,
    Correction,
    Money,
    Committee,
}

impl Part {
    pub const ALL: [Part; 10] = [
        Part::Programme,
        Part::Preconditions,
        Part::Elements,
        Part::Terms,
        Part::Card,
        Part::Attachments,
        Part::Formal,
        Part::Correction,
        Part::Money,
        Part::Committee,
    ];

    /// The last piece of its address.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Part::Programme => "program",
            Part::Preconditions => "warunki-wstepne",
            Part::Elements => "elementy",
            Part::Terms => "warunki",
            Part::Card => "karta-oceny",
            Part::Attachments => "zalaczniki",
            Part::Formal => "karta-formalna",
            Part::Correction => "uzupelnienia",
            Part::Money => "pieniadze",
            Part::Committee => "regulamin",
        }
    }

    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Part::Programme => "Program, gminy i podstawa prawna",
            Part::Preconditions => "Warunki przed konkursem",
            Part::Elements => "Siedem elementów ogłoszenia",
            Part::Terms => "Tryb i warunki zadania",
            Part::Card => "Karta oceny",
            Part::Attachments => "Załączniki i potwierdzenie oferty",
            Part::Formal => "Karta formalna",
            Part::Correction => "Uzupełnianie braków",
            Part::Money => "Pieniądze",
            Part::Committee => "Regulamin komisji",
        }
    }

    /// Where it stands in the list, from 1.
    #[must_use]
    pub fn no(self) -> usize {
        Part::ALL.iter().position(|part| *part == self).map_or(0, |at| at + 1)
    }

    #[must_use]
    pub fn next(self) -> Option<Part> {
        Part::ALL.get(self.no()).copied()
    }

    /// The part whose page a path names.
    ///
    /// # Errors
    /// `NotFound` for another page.
    pub fn of_path(path: &str) -> Result<Part, AppError> {
        let slug = path.rsplit('/').next().unwrap_or_default();
        Part::ALL.into_iter().find(|part| part.slug() == slug).ok_or(AppError::NotFound)
    }

    /// Where a finding is mended; nothing for what belongs to the announcing itself.
    #[must_use]
    pub fn of_finding(f: &Finding) -> Option<Part> {
        let (rule, place) = (f.rule.as_str(), f.place.as_str());
        let starts = |prefix: &str| rule.starts_with(prefix);
        match rule {
            "R-ANN-02" if place.ends_with("treść") => return Some(Part::Elements),
            "R-ANN-02" if place.starts_with("grupa") || place.contains("wielkość grupy") => return Some(Part::Terms),
            "R-ANN-02" | "R-PRE-06" | "R-MODE-03" => return Some(Part::Programme),
            "R-PRE-05" if place.starts_with("element") => return Some(Part::Elements),
            "R-ANN-06" => return Some(Part::Attachments),
            "R-MODE-01" => return Some(Part::Card),
            "R-COR-01" if place.starts_with("pytanie") => return Some(Part::Formal),
            "R-HRS-04" | "R-HRS-09" => return Some(Part::Terms),
            "R-LOC-02" if place.starts_with("karta oceny") => return Some(Part::Card),
            "R-LOC-02" if place.starts_with("załącznik") => return Some(Part::Attachments),
            "R-LOC-02" => return Some(Part::Terms),
            _ => {}
        }
        let by_prefix = [
            ("R-PRE", Part::Preconditions),
            ("R-ANN", Part::Elements),
            ("R-CANCEL", Part::Elements),
            ("R-CAP", Part::Elements),
            ("R-TAB", Part::Elements),
            ("R-HRS", Part::Programme),
            ("R-LAW", Part::Programme),
            ("R-CRIT", Part::Card),
            ("R-FRM", Part::Formal),
            ("R-COR", Part::Correction),
            ("R-PAY", Part::Money),
            ("R-OFF", Part::Money),
            ("R-MODE", Part::Money),
            ("R-COM", Part::Committee),
        ];
        by_prefix.into_iter().find(|(prefix, _)| starts(prefix)).map(|(_, part)| part)
    }

    /// A digest of what the part holds; a form carries it, so that only a change of the same part is stale.
    ///
    /// # Errors
    /// `Internal` for a value JSON cannot hold.
    pub fn mark(self, c: &CallContent) -> Result<String, AppError> {
        fn of<T: Serialize>(value: &T) -> Result<String, AppError> {
            Ok(digest(&to_json(value)?))
        }
        let t = &c.terms;
        match self {
            Part::Programme => of(&(&c.title, &c.other_basis, &c.contact, &c.assumed, c.question_days)),
            Part::Preconditions => Ok(String::new()),
            Part::Elements => of(&(&c.elements, &c.reservation)),
            Part::Terms => {
                let hours = (t.policy, t.scope, t.unit, t.week, t.week_min, t.group_max);
                of(&(c.mode, hours, &t.extra_declarations, t.arrears, &t.local))
            }
            Part::Card => of(&c.card),
            Part::Attachments => of(&(&c.attachments, c.confirmation)),
            Part::Formal => of(&c.formal),
            Part::Correction => of(&c.correction),
            Part::Money => of(&(&c.money, t.offer_max, t.admin_percent, t.shift_percent)),
            Part::Committee => of(&c.committee_rules),
        }
    }

    /// Puts the part of `from` into `into` and leaves the rest alone.
    pub fn put(self, from: CallContent, into: &mut CallContent) {
        match self {
            Part::Programme => {
                into.title = from.title;
                into.other_basis = from.other_basis;
                into.contact = from.contact;
                into.assumed = from.assumed;
                into.question_days = from.question_days;
                into.editions = from.editions;
                into.groups = from.groups;
                into.gminas = from.gminas;
                into.topics = from.topics;
            }
            Part::Preconditions => {}
            Part::Elements => {
                into.elements = from.elements;
                into.reservation = from.reservation;
            }
            Part::Terms => {
                into.mode = from.mode;
                into.terms = super::Terms {
                    offer_max: into.terms.offer_max,
                    admin_percent: into.terms.admin_percent,
                    shift_percent: into.terms.shift_percent,
                    ..from.terms
                };
            }
            Part::Card => into.card = from.card,
            Part::Attachments => {
                into.attachments = from.attachments;
                into.confirmation = from.confirmation;
            }
            Part::Formal => into.formal = from.formal,
            Part::Correction => into.correction = from.correction,
            Part::Money => {
                into.money = from.money;
                into.terms.offer_max = from.terms.offer_max;
                into.terms.admin_percent = from.terms.admin_percent;
                into.terms.shift_percent = from.terms.shift_percent;
            }
            Part::Committee => into.committee_rules = from.committee_rules,
        }
    }
}
