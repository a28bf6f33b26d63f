//! The announcement as documents for BIP and for whoever prints it: their record and their bytes.

use serde::Serialize;

use super::model::{Call, CallContent, CallVersion, Extension, Publication, last_shown};
use super::register::{Change, names, of_versions};
use crate::config::Office;
use crate::document::{AnnouncementPaper, Head, Outline, Pdf, docx};
use crate::error::AppError;
use crate::law::{Instant, show_date_weekday, show_deadline, show_instant};
use crate::store::parse_json;
use crate::web::{Fact, fact};

/// What stands around the announcement.
pub struct About<'a> {
    pub office: &'a Office,
    /// The name of the task.
    pub name: &'a str,
    /// The page of the contest.
    pub url: String,
    /// The empty form of an offer.
    pub form_url: String,
    /// Until when questions are taken.
    pub questions: String,
    pub metadata: &'a Metadata,
}

impl About<'_> {
    /// Who keeps the personal data of offers, and why; as the help page says it.
    #[must_use]
    pub fn privacy(&self) -> Vec<String> {
        let email = if self.office.email.is_empty() { String::new() } else { format!(" ({})", self.office.email) };
        vec![
            format!(
                "Administratorem danych jest {}{email}. {} Dane osób, które składają ofertę i reprezentują organizację, są \
                 potrzebne, żeby przeprowadzić konkurs, zawrzeć umowę i rozliczyć dotację (art. 6 ust. 1 lit. b, c i e RODO). \
                 Odbiorcami są organy kontroli; po rozstrzygnięciu każdy widzi nazwy organizacji i kwoty. Dane przechowuje się \
                 tak długo, jak każe instrukcja archiwalna urzędu.",
                self.office.name,
                self.office.inspector_line()
            ),
            "Osoba, której dane dotyczą, ma prawo dostępu do danych, ich poprawienia i ograniczenia przetwarzania oraz skargi do \
             Prezesa Urzędu Ochrony Danych Osobowych. Podanie danych jest dobrowolne, ale bez nich nie można złożyć oferty."
                .to_owned(),
        ]
    }
}

/// Until when questions are taken, as the announcement says it on any day.
#[must_use]
pub fn questions_term(call: &Call) -> String {
    match call.questions_last_day() {
        Some(_) if call.questions_until() == call.deadline_at => {
            "Pytania można zadawać do końca terminu składania ofert.".to_owned()
        }
        Some(last) => format!("Ostatni dzień na pytania: {}.", show_date_weekday(last)),
        None => String::new(),
    }
}

/// A field of the announcement that a change touched.
#[derive(Clone, Serialize)]
pub struct FieldChange {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// A later announcement.
#[derive(Clone, Serialize)]
pub struct ChangeRow {
    pub no: i64,
    pub published: String,
    pub by: String,
    pub reason: String,
    pub deadline: String,
    pub fields: Vec<FieldChange>,
    pub sha256: String,
}

/// The record of an announcement: number, version, who, when, hash, and what changed.
#[derive(Clone, Serialize)]
pub struct Metadata {
    pub facts: Vec<Fact>,
    pub changes: Vec<ChangeRow>,
}

impl Metadata {
    /// # Errors
    /// `Internal` for a frozen text that cannot be read.
    pub fn of(call: &Call, versions: &[CallVersion], office: &Office) -> Result<Metadata, AppError> {
        let last = versions.last();
        let first: Option<CallContent> = versions.first().map(|v| parse_json(&v.text)).transpose()?;
        // The approval stands in the first text; whoever publishes a change approves it by that deed.
        let approval = call.content.approval.clone().or_else(|| first.as_ref().and_then(|c| c.approval.clone()));
        let mut facts = vec![
            fact("Numer konkursu", call.number()),
            fact("Wersja ogłoszenia", last.map_or(1, |v| v.no).to_string()),
        ];
        if let Some(announced) = call.announced_at {
            facts.push(fact("Ogłoszono", show_instant(announced)));
            let by = approval.as_ref().map_or_else(String::new, |approval| format!(": {}", approval.by));
            facts.push(fact("Kto ogłosił", format!("{}{by}", office.organ)));
            let people = first.as_ref().map_or_else(|| names(&call.content.places), |c| names(&c.places));
            facts.push(fact("Kto umieścił ogłoszenie", people));
        }
        if let Some(approval) = approval.as_ref().filter(|_| last.is_none_or(|v| v.no == 1)) {
            let whose = format!("{}, {}: {}", show_instant(approval.at), office.organ, approval.by);
            facts.push(fact("Treść zatwierdzono", whose));
        }
        facts.push(fact("Urząd", office.lines().join(", ")));
        if let Some(changed) = last.filter(|v| v.no > 1) {
            let said =
                if call.content.places.is_empty() { "Zmianę przekazano do ogłoszenia" } else { "Ostatnia zmiana" };
            let at = last_shown(&call.content.places, changed.announced_at);
            facts.push(fact(said, show_instant(at)));
            facts.push(fact("Miejsca pierwszego ogłoszenia", first_places(first.as_ref())));
        }
        let extended = |e: &Extension| fact("Termin wyznaczony jednemu oferentowi", e.recorded());
        facts.extend(call.extensions.iter().map(extended));
        let hash = last.map(|v| v.sha256.clone()).or_else(|| call.terms_hash.clone()).unwrap_or_default();
        facts.push(fact("Suma kontrolna zamrożonych warunków (SHA-256)", hash));
        Ok(Metadata { facts, changes: changes(versions)? })
    }
}

/// Where and when the first announcement stood: a change has places of its own.
fn first_places(first: Option<&CallContent>) -> String {
    let place = |p: &Publication| format!("{} – {}", p.place.label(), p.when());
    first.map(|c| c.places.iter().map(place).collect::<Vec<_>>().join("; ")).unwrap_or_default()
}

/// The register of changes, for people.
fn changes(versions: &[CallVersion]) -> Result<Vec<ChangeRow>, AppError> {
    let row = |c: Change| ChangeRow {
        no: c.no,
        published: show_instant(c.published),
        by: c.by,
        reason: c.reason,
        deadline: deadlines(show_deadline(c.old_deadline), show_deadline(c.deadline)),
        fields: c.fields.into_iter().map(|(label, before, after)| FieldChange { label, before, after }).collect(),
        sha256: c.sha256,
    };
    Ok(of_versions(versions)?.into_iter().map(row).collect())
}

fn deadlines(old: String, new: String) -> String {
    if old == new { format!("bez zmiany: {new}") } else { format!("było: {old}; jest: {new}") }
}

/// The PDF of an announcement; the same version gives the same bytes.
///
/// # Errors
/// `Internal` when the template and the data do not fit.
pub fn pdf(
    pdf: &Pdf,
    call: &Call,
    outline: &Outline,
    office: &Office,
    deadline: String,
    made_at: Instant,
) -> Result<Vec<u8>, AppError> {
    let notice = call.content.cancel_reason.as_ref().map(|why| format!("Konkurs unieważniono: {why}."));
    let paper = AnnouncementPaper {
        head: Head {
            title: outline.title.clone(),
            subtitle: Some(call.content.title.clone()),
            number: call.number.clone(),
            hash: call.terms_hash.clone(),
            issuer: Some(office.lines()),
            ..Head::default()
        },
        deadline,
        notice,
        sections: outline.sections(),
    };
    pdf.print(&paper, made_at).map_err(|e| AppError::Internal(Box::new(e)))
}

/// The DOCX of an announcement.
///
/// # Errors
/// `Internal` when it cannot be packed.
pub fn word(outline: &Outline, office: &Office, made_at: Instant) -> Result<Vec<u8>, AppError> {
    docx(outline, &office.name, made_at).map_err(|e| AppError::Internal(Box::new(e)))
}

/// `ogłoszenie RSD-1-2026.pdf`.
#[must_use]
pub fn file_name(call: &Call, version: i64, ending: &str) -> String {
    let later = if version > 1 { format!(" wersja {version}") } else { String::new() };
    format!("ogłoszenie {}{later}.{ending}", call.number().replace('/', "-"))
}
