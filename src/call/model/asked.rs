//! What an announcement asks of the offers beside the seven elements: attachments, the formal card,
//! corrections, money, the work of the committee.

use serde::{Deserialize, Serialize};

/// A document that an offer comes with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AskedAttachment {
    pub key: String,
    pub name: String,
    pub required: bool,
    /// When it is needed, what it may be replaced with.
    pub note: String,
}

/// A question of the formal card (domain.md 4.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FormalQuestion {
    pub key: String,
    pub text: String,
    /// Whether a defect here may be corrected.
    pub correctable: bool,
}

/// How defects of an offer are corrected; the act is silent, so the announcement says it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// The parts of an offer that a correction may touch: keys of [`CORRECTABLE`].
    pub allowed: Vec<String>,
    /// Working days from the call for corrections.
    pub days: u32,
    /// One call for corrections, the same for every offeror.
    pub once: bool,
}

/// A part of an offer, and whether a correction may ever touch it (R-COR-01).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CorrectionPart {
    pub key: &'static str,
    pub label: &'static str,
    pub lawful: bool,
}

const fn part(key: &'static str, label: &'static str, lawful: bool) -> CorrectionPart {
    CorrectionPart { key, label, lawful }
}

/// What may be chosen; the keys of the lawful parts are those of the questions they mend.
pub const CORRECTABLE: &[CorrectionPart] = &[
    part("signed", "podpis osób uprawnionych do reprezentacji", true),
    part("declarations", "oświadczenia z części VII", true),
    part("attachments", "brakujące załączniki", true),
    part("arithmetic", "oczywiste pomyłki rachunkowe, bez zmiany dotacji", true),
    part("activity", "rodzaj działalności: odpłatna albo nieodpłatna (część VI.1)", true),
    part("scope", "zakres zadania: działania, liczba osób, harmonogram", false),
    part("price", "kwota dotacji i koszty", false),
    part("persons", "osoby, które wykonają zadanie", false),
];

impl Default for Correction {
    fn default() -> Correction {
        let allowed = CORRECTABLE.iter().filter(|p| p.lawful).map(|p| p.key.to_owned()).collect();
        Correction { allowed, days: 5, once: true }
    }
}

/// A signed confirmation of the submission, when the call wants one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Confirmation {
    /// Working days after the deadline for offers.
    pub days: u32,
}

/// A tranche as the announcement plans it; amounts come with the contract.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlannedTranche {
    /// Share of the grant in percent.
    pub share: u32,
    pub condition: String,
}

/// Rules on money beyond the terms that contracts freeze as well.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GrantTerms {
    pub tranches: Vec<PlannedTranche>,
    /// Least own share of all costs in percent; only when the task is supported.
    pub min_own_percent: Option<u32>,
    /// Largest share of the grant in all costs in percent; only when the task is supported (R-OFF-12).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_grant_percent: Option<u32>,
    /// Costs that the grant does not pay, one sentence each.
    pub ineligible: Vec<String>,
}

/// How the committee works, consistent with the yearly co-operation programme (UDPP art. 5a ust. 4 pkt 11).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct CommitteeRules {
    pub text: String,
    /// Least number of members present.
    pub quorum: u32,
    /// The yearly co-operation programme: number and date of the resolution.
    pub programme: String,
}

impl Default for CommitteeRules {
    fn default() -> CommitteeRules {
        CommitteeRules { text: String::new(), quorum: 3, programme: String::new() }
    }
}

/// What the announcement does with an offeror in arrears with taxes or contributions (declarations 3 and 4 of
/// part VII). The form asks and the law leaves the consequence to the organ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrears {
    /// The office sees it at the formal check.
    #[default]
    Noted,
    /// No offer of such an offeror is taken.
    Barred,
}

impl Arrears {
    pub const ALL: [Arrears; 2] = [Arrears::Noted, Arrears::Barred];

    #[must_use]
    pub fn is_noted(&self) -> bool {
        *self == Arrears::Noted
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Arrears::Noted => "noted",
            Arrears::Barred => "barred",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Arrears::Noted => "nie wykluczają oferty; urząd bierze je pod uwagę w ocenie formalnej",
            Arrears::Barred => "wykluczają: oferent, który zalega, nie może złożyć oferty",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Arrears> {
        Arrears::ALL.into_iter().find(|a| a.code() == code)
    }
}

const FORMAL: [(&str, &str, bool); 12] = [
    ("deadline", "Czy oferta wpłynęła w terminie?", false),
    ("entitled", "Czy złożył ją uprawniony podmiot, a jego statut obejmuje cele zadania?", false),
    ("form", "Czy jest na właściwym formularzu?", false),
    ("signed", "Czy podpisały ją osoby uprawnione do reprezentacji (według KRS)?", true),
    ("declarations", "Czy na wszystkie oświadczenia z części VII odpowiedziano jednoznacznie?", true),
    ("attachments", "Czy są wszystkie wymagane załączniki?", true),
    ("term", "Czy termin realizacji mieści się w terminie z ogłoszenia?", false),
    ("grant", "Czy wnioskowana dotacja mieści się w kwocie z ogłoszenia?", false),
    ("subject", "Czy zakres zgadza się z ogłoszonym zadaniem (liczba osób, godziny)?", false),
    ("arithmetic", "Czy rachunki w częściach V.A–V.C są poprawne?", true),
    ("own_share", "Czy jest wymagany wkład własny (tylko wspieranie zadania)?", false),
    ("activity", "Czy wskazano rodzaj działalności: odpłatna albo nieodpłatna (część VI.1)?", true),
];

/// The usual formal card of a task without classes: nobody asks for hours.
#[must_use]
pub fn formal_for(classes: bool) -> Vec<FormalQuestion> {
    let mut questions = default_formal();
    for question in questions.iter_mut().filter(|q| !classes && q.key == "subject") {
        "Czy zakres zgadza się z ogłoszonym zadaniem (działania, liczba odbiorców, terminy)?"
            .clone_into(&mut question.text);
    }
    questions
}

/// The usual formal card: twelve questions (domain.md 4.2).
#[must_use]
pub fn default_formal() -> Vec<FormalQuestion> {
    FORMAL
        .into_iter()
        .map(|(key, text, correctable)| FormalQuestion { key: key.into(), text: text.into(), correctable })
        .collect()
}

/// Whether a question came with the program and not from the office.
#[must_use]
pub fn is_usual_question(key: &str) -> bool {
    FORMAL.iter().any(|(usual, ..)| *usual == key)
}
