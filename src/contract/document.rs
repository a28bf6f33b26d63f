//! The contract as paragraphs: one list of sections that the PDF prints and the page
//! shows, so that the two never differ.
//!
//! The order follows the framework contract (Dz.U. 2018 poz. 2057, annex 3); the words
//! are our own. Each clause that the rule set demands stands at its place, with its
//! legal basis under the heading of the paragraph. There are no contract penalties:
//! the sanctions are return with interest and termination.

mod annexes;
mod duties;
mod ending;
mod financing;
mod task;

pub use financing::said;

use super::model::{self, Contract, ContractContent};
use crate::call::Applies;
use crate::config::Office;
use crate::document::{Block, ContractPaper, Fact, Head, Party, Point, Section, Signature};
use crate::law::{HourUnit, Minutes};

/// What the paragraphs are written from.
struct Terms<'a> {
    c: &'a ContractContent,
    office: &'a Office,
}

impl Terms<'_> {
    fn applies(&self) -> Applies {
        self.c.applies()
    }
}

/// The whole document. `hash` is the digest of the content, `draft` a band on every page.
#[must_use]
pub fn paper(contract: &Contract, office: &Office, hash: Option<String>, draft: Option<String>) -> ContractPaper {
    let c = &contract.content;
    let place = if office.town.is_empty() { String::new() } else { format!(", miejsce zawarcia: {}", office.town) };
    let joint = if c.partners.is_empty() { "" } else { " na podstawie oferty wspólnej" };
    ContractPaper {
        head: Head {
            title: format!("Umowa nr {} o realizację zadania publicznego{joint}", contract.number),
            subtitle: Some(format!("„{}”", c.title)),
            number: Some(format!("Umowa nr {}", contract.number)),
            hash,
            draft,
            ..Head::default()
        },
        concluded: format!("zawarta w dniu ……………………………{place}"),
        parties: parties(c, office),
        sections: sections(c, office),
        attachments: Vec::new(),
        signatures: signatures(c, office),
    }
}

/// Every offeror of a joint offer is a party; together they are the contractor (UDPP art. 14 ust. 5, art. 16).
fn parties(c: &ContractContent, office: &Office) -> Vec<Party> {
    let mut out = vec![office_party(c, office), contractor(&c.contractor)];
    out.extend(c.partners.iter().map(contractor));
    out
}

fn signatures(c: &ContractContent, office: &Office) -> Vec<Signature> {
    let one = |label: String, name: &str| Signature { label, name: given(name), role: None };
    let alone = c.partners.is_empty();
    let label =
        |p: &model::Party| if alone { "Zleceniobiorca".to_owned() } else { format!("Zleceniobiorca: {}", p.name) };
    let mut out = vec![one("Zleceniodawca".into(), signatory(c, office))];
    let contractors = std::iter::once(&c.contractor).chain(&c.partners);
    out.extend(contractors.map(|p| one(label(p), &p.represented_by)));
    out
}

/// All paragraphs and annexes, in order.
#[must_use]
pub fn sections(c: &ContractContent, office: &Office) -> Vec<Section> {
    let t = Terms { c, office };
    let mut out = vec![task::subject(&t), task::manner(&t), financing::money(&t), financing::others(&t)];
    out.extend([financing::shifts(&t), duties::records(&t), duties::information(&t), duties::control(&t)]);
    out.extend([duties::reports(&t), ending::returns(&t), ending::by_agreement(), ending::withdrawal()]);
    out.extend([ending::termination(), ending::things(), ending::form(), ending::third_parties()]);
    out.extend([ending::personal_data(&t), ending::accessibility(&t), ending::last(&t)]);
    out.extend([annexes::programme(&t), annexes::estimate(&t), annexes::measures(&t)]);
    out
}

/// Hours in the unit of the call, as people write them: `1 215 godz.`.
pub(super) fn hours(minutes: Minutes, unit: HourUnit) -> String {
    let units = minutes.units(unit).round_dp(2).normalize().to_string().replace('.', ",");
    let (whole, rest) = units.split_once(',').map_or((units.as_str(), None), |(w, r)| (w, Some(r)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let rest = rest.map(|r| format!(",{r}")).unwrap_or_default();
    format!("{grouped}{rest}\u{a0}godz.")
}

/// Who signs for the office: named in the contract, else in the settings.
fn signatory<'a>(c: &'a ContractContent, office: &'a Office) -> &'a str {
    if c.office_signatory.trim().is_empty() { &office.acting } else { &c.office_signatory }
}

fn office_party(c: &ContractContent, office: &Office) -> Party {
    Party {
        name: format!("{}, w którego imieniu działa {}", office.organ, office.name),
        facts: vec![Fact::new("Adres", address(&office.street, &office.postal_code, &office.town))],
        represented_by: Some(signatory(c, office).to_owned()),
        called: "Zleceniodawcą".into(),
    }
}

fn contractor(p: &model::Party) -> Party {
    let d = &p.details;
    let register = match &p.krs {
        Some(krs) => Fact::new("KRS", krs),
        None => Fact::new("Rejestr albo ewidencja", d.register_entry()),
    };
    Party {
        name: p.name.clone(),
        facts: vec![
            Fact::new("Adres siedziby", address(&d.street, &d.postal_code, &d.town)),
            register,
            Fact::new("NIP", &p.nip),
        ],
        represented_by: given(&p.represented_by),
        called: "Zleceniobiorcą".into(),
    }
}

fn address(street: &str, code: &str, town: &str) -> String {
    let town = [code, town].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
    [street.to_owned(), town].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
}

fn given(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A paragraph whose points are followed by the clauses that stand in it.
fn paragraph(t: &Terms<'_>, no: u32, title: &str, basis: &str, points: Vec<Point>) -> Section {
    let place = format!("§ {no}");
    let mut points = points;
    let mut bases: Vec<String> = if basis.is_empty() { Vec::new() } else { vec![basis.to_owned()] };
    for clause in t.c.clauses.iter().filter(|cl| cl.place == place && !cl.text.trim().is_empty()) {
        points.push(clause_point(&clause.text));
        bases.push(format!("ust. {} ({}): {}", points.len(), clause.title, clause.basis));
    }
    let mut out = plain(no, title, points);
    out.basis = (!bases.is_empty()).then(|| bases.join("\n"));
    out
}

/// A paragraph that holds no clause.
fn plain(no: u32, title: &str, points: Vec<Point>) -> Section {
    let block = match points.as_slice() {
        [only] if only.items.is_empty() => Block::paragraph(only.text.clone()),
        _ => Block::points(points),
    };
    Section::new(format!("§ {no}. {title}"), vec![block])
}

/// A clause as a point: lines that begin with a dash become its numbered items.
fn clause_point(text: &str) -> Point {
    let (mut words, mut items) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        match line.strip_prefix(['–', '-', '•']) {
            Some(item) => items.push(item.trim().to_owned()),
            None => words.push(line.to_owned()),
        }
    }
    let last = items.len();
    let items = items
        .into_iter()
        .enumerate()
        .map(|(at, item)| {
            let item = item.trim_end_matches([';', '.', ',']).to_owned();
            format!("{item}{}", if at + 1 == last { "." } else { ";" })
        })
        .collect();
    Point { text: words.join("\n"), items }
}

fn point(text: impl Into<String>) -> Point {
    Point::from(text.into())
}

fn listed<S: Into<String>>(text: impl Into<String>, items: impl IntoIterator<Item = S>) -> Point {
    Point { text: text.into(), items: items.into_iter().map(Into::into).collect() }
}
