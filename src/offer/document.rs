//! The offer and its receipt as documents. The page that shows the form reads the same [`OfferPaper`].

use rust_decimal::Decimal;

use super::calculation::{CostRow, RowKind, cost_rows, plain_number, plain_share, sources};
use super::classes::by_topic;
use super::confirmation::confirm_by;
use super::edition::{FrozenEdition, editions_of};
use super::model::{FrozenOffer, OfferContent, PlannedClass, PlannedHours};
use super::submit::Receipt;
use crate::account::{OrganisationContent, Representative};
use crate::call::{Call, Extension};
use crate::document::{
    Answer, AttachedFile, ContactAnswers, Declared, FORM, Head, Note, OfferPaper, OfferorAnswers, Pdf, PdfError,
    PlanYear, Qr, ReceiptPaper, Rehearsal, RowStyle, Signature, Standing, TableRow,
};
use crate::error::AppError;
use crate::law::{Instant, Money, show_date, show_instant, show_instant_seconds, show_time, warsaw_date};
use crate::store::OrgId;

mod blank;
mod joint;

pub use blank::blank_paper;

/// What stands around a frozen offer: its call, the organ, and how it was registered.
#[derive(Clone, Copy)]
pub struct About<'a> {
    pub call: &'a Call,
    /// The organisation that leads the offer.
    pub org: &'a OrgId,
    /// The organ, for what was frozen before it was kept and for a draft.
    pub organ: &'a str,
    /// Name and address of the office, a line each.
    pub office: &'a [String],
    /// Nothing for a draft.
    pub receipt: Option<&'a Receipt>,
}

impl About<'_> {
    #[must_use]
    pub fn rehearsal(self) -> Rehearsal {
        Rehearsal(self.call.content.test)
    }
}

/// The offer as PDF; the same frozen version gives the same bytes.
///
/// # Errors
/// `Internal` when the template and the data do not fit.
pub fn offer_pdf(pdf: &Pdf, frozen: &FrozenOffer, about: About<'_>, made_at: Instant) -> Result<Vec<u8>, AppError> {
    pdf.print(&offer_paper(frozen, about), made_at).map_err(fault)
}

/// The empty form as PDF, for who has no account yet.
///
/// # Errors
/// `Internal` when the template and the data do not fit.
pub fn blank_pdf(pdf: &Pdf, organ: &str, office: &[String], made_at: Instant) -> Result<Vec<u8>, AppError> {
    pdf.print(&blank_paper(organ, office), made_at).map_err(fault)
}

/// How a printed receipt can be checked.
pub struct Proof {
    /// The page for it, with number and hash.
    pub check_url: String,
    /// The receipt with the text it covers, as JSON in ASCII.
    pub json: String,
}

/// The receipt as PDF.
///
/// # Errors
/// `Internal` when the template and the data do not fit.
pub fn receipt_pdf(
    pdf: &Pdf,
    frozen: &FrozenOffer,
    about: About<'_>,
    receipt: &Receipt,
    filed_by: &str,
    file: Proof,
) -> Result<Vec<u8>, AppError> {
    let sign_by = confirm_by(about.call, about.org);
    let paper = ReceiptPaper {
        head: Head {
            title: "Potwierdzenie złożenia oferty".into(),
            number: Some(receipt.number.clone()),
            hash: Some(receipt.sha256.clone()),
            issuer: Some(about.office.to_vec()),
            ..Head::default()
        },
        number: receipt.number.clone(),
        version: (receipt.no > 1).then(|| receipt.no.to_string()),
        received_at: show_instant_seconds(receipt.arrived),
        extended: about.call.extension_at(about.org, receipt.arrived).map(Extension::says),
        hash: receipt.sha256.clone(),
        call: format!("{} – {}", frozen.call_number, frozen.call_title),
        offeror: frozen.offeror_names(),
        task_title: Some(frozen.offer.title.clone()),
        filed_by: Some(filed_by.to_owned()),
        attachments: frozen
            .attachments
            .iter()
            .map(|a| AttachedFile { name: a.name.clone(), hash: a.sha256.clone() })
            .collect(),
        check_qr: Qr::of(&file.check_url).map(|qr| qr.svg()),
        check_url: Some(file.check_url),
        file: Some(file.json),
        joint: !frozen.partners.is_empty(),
        signatures: if sign_by.is_some() { to_sign(frozen) } else { Vec::new() },
        sign_by,
    };
    pdf.print(&paper, receipt.arrived).map_err(fault)
}

/// A place for everyone who represents the offeror; for each of several, who confirmed the offer for it.
#[must_use]
pub fn to_sign(frozen: &FrozenOffer) -> Vec<Signature> {
    if !frozen.partners.is_empty() {
        return joint::signatures(frozen);
    }
    let people = frozen.organisation.representatives.iter().filter(|r| !r.name.trim().is_empty());
    let place =
        |r: &Representative| Signature { label: "Za oferenta".into(), name: said(&r.name), role: said(&r.function) };
    people.map(place).collect()
}

fn fault(e: PdfError) -> AppError {
    AppError::Internal(Box::new(e))
}

/// The answers of the form, in words and figures ready for a person.
#[must_use]
pub fn offer_paper(frozen: &FrozenOffer, about: About<'_>) -> OfferPaper {
    let c = &frozen.offer;
    OfferPaper {
        head: head(about, c.joint.is_some()),
        organ: said(&frozen.declarations.organ).unwrap_or_else(|| about.organ.to_owned()),
        task_kind: frozen.task_kind.clone(),
        labels: FORM,
        heading: FORM.heading(c.joint.is_some()),
        offerors: std::iter::once(offeror(frozen)).chain(joint::partners(frozen)).collect(),
        contact: ContactAnswers {
            name: c.contact.name.clone(),
            phone: said(&c.contact.phone),
            email: said(&c.contact.email),
        },
        task_title: c.title.clone(),
        starts_on: c.starts.map(show_date).unwrap_or_default(),
        ends_on: c.ends.map(show_date).unwrap_or_default(),
        summary: vec![
            answer(FORM.place, &c.place),
            answer(FORM.target_group, &c.target_group),
            answer(FORM.problem, &c.problem),
            answer(FORM.complementarity, &c.complementarity),
        ],
        plan: plan(c),
        split: joint::split(frozen),
        shares: joint::shares(frozen),
        standing: standing(frozen),
        representation: c.joint.as_ref().and_then(|joint| said(&joint.representation)),
        results: vec![
            answer(&format!("1) {}", FORM.effect_direct), &c.effect_direct),
            answer(&format!("2) {}", FORM.effect_change), &c.effect_change),
            answer(&format!("3) {}", FORM.effect_durable), &c.effect_durable),
        ],
        indicators: c.results.iter().map(|r| [r.name.clone(), r.target.clone(), r.monitoring.clone()]).collect(),
        experience: c.experience.clone(),
        resources: c.resources.clone(),
        trainers: c.trainers.iter().map(|t| [t.name.clone(), t.qualifications.clone()]).collect(),
        groups: groups(frozen, about),
        programme: programme(c),
        topics: by_topic(c).into_iter().map(|(topic, minutes)| [topic, minutes.to_string()]).collect(),
        measures: c.measures.iter().map(|m| [m.name.clone(), m.how.clone(), m.when.clone()]).collect(),
        cost_years: c.years().iter().zip(1..).map(|(year, n): (_, i32)| format!("Rok {n} ({year})")).collect(),
        costs: cost_rows(c).iter().map(cost_cells).collect(),
        sources: source_cells(c),
        payment: payment(c),
        other: said(&c.other),
        declarations: declared(frozen, about),
        attachments: frozen.attachments.iter().map(|a| a.name.clone()).collect(),
        signed_on: about.receipt.map(|r| show_date(warsaw_date(r.arrived))),
        signatures: joint::signatures(frozen),
    }
}

fn head(about: About<'_>, joint: bool) -> Head {
    let title = if joint { FORM.common } else { FORM.single };
    Head {
        title: about.receipt.map_or_else(|| title.to_owned(), |r| format!("{title} {}", r.number)),
        subtitle: about.receipt.map(|r| format!("Wpłynęła {}", show_instant(r.arrived))),
        number: about.receipt.map(|r| r.number.clone()),
        hash: about.receipt.map(|r| r.sha256.clone()),
        issuer: Some(about.office.to_vec()),
        place_date: None,
        // A draft has no number yet that would tell a rehearsal.
        draft: about.receipt.map_or_else(|| about.rehearsal().band(Some("WERSJA ROBOCZA – NIEZŁOŻONA")), |_| None),
    }
}

fn said(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn answer(label: &str, text: &str) -> Answer {
    Answer { label: label.to_owned(), text: said(text) }
}

fn offeror(frozen: &FrozenOffer) -> OfferorAnswers {
    let ids = [frozen.krs.as_deref(), Some(frozen.nip.as_str()), frozen.regon.as_deref()];
    organisation(&frozen.organisation_name, ids, &frozen.organisation)
}

/// II.1 of one organisation; `ids` are KRS, NIP and REGON.
fn organisation(name: &str, ids: [Option<&str>; 3], o: &OrganisationContent) -> OfferorAnswers {
    let [krs, nip, regon] = ids;
    let register = krs.map(|krs| format!("KRS {krs}")).or_else(|| said(&o.register_entry()));
    let ids = [register, nip.map(|nip| format!("NIP {nip}")), regon.map(|r| format!("REGON {r}"))];
    OfferorAnswers {
        name: name.to_owned(),
        legal_form: said(&o.legal_form),
        register: said(&ids.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        address: said(format!("{}, {} {}", o.street, o.postal_code, o.town).trim_matches([',', ' '])),
        website: said(&o.website),
        correspondence: said(&o.post_address),
        email: said(&o.email),
        phone: said(&o.phone),
    }
}

/// A table for each year; an activity stands in every year it touches.
fn plan(c: &OfferContent) -> Vec<PlanYear> {
    use chrono::Datelike as _;
    let rows = |year: Option<i32>| -> Vec<[String; 6]> {
        let touches = |from: Option<i32>, to: Option<i32>| match (year, from, to) {
            (Some(year), Some(from), Some(to)) => (from..=to).contains(&year),
            (None, ..) | (Some(_), None, _) | (Some(_), _, None) => true,
        };
        c.activities
            .iter()
            .zip(1_u32..)
            .filter(|(a, _)| touches(a.from.map(|d| d.year()), a.to.map(|d| d.year())))
            .map(|(a, n)| {
                let term = match (a.from, a.to) {
                    (Some(from), Some(to)) => format!("od {} do {}", show_date(from), show_date(to)),
                    (from, to) => from.or(to).map(show_date).unwrap_or_default(),
                };
                let outside = joint::performed(c, n, &a.outside);
                [n.to_string(), a.name.clone(), a.description.clone(), a.target_group.clone(), term, outside]
            })
            .collect()
    };
    let years = c.years();
    if years.is_empty() {
        return vec![PlanYear { year: "…".into(), rows: rows(None) }];
    }
    years.into_iter().map(|year| PlanYear { year: year.to_string(), rows: rows(Some(year)) }).collect()
}

/// `8 400,00`: the column says PLN.
fn amount(money: Money) -> String {
    money.to_string().trim_end_matches("zł").trim_end().to_owned()
}

fn cost_cells(row: &CostRow) -> TableRow {
    let style = match row.kind {
        RowKind::Block | RowKind::Activity => RowStyle::Group,
        RowKind::Line => RowStyle::Plain,
        RowKind::Sum => RowStyle::Sum,
    };
    if row.kind == RowKind::Block {
        return TableRow { style, cells: vec![row.name.clone()] };
    }
    let mut cells = vec![
        row.no.clone(),
        row.name.clone(),
        row.unit.clone(),
        row.unit_cost.map(amount).unwrap_or_default(),
        row.units.map(plain_number).unwrap_or_default(),
        row.total.map_or_else(|| "poza zakresem".to_owned(), amount),
    ];
    cells.extend(row.years.iter().copied().map(amount));
    TableRow { style, cells }
}

fn source_cells(c: &OfferContent) -> Vec<TableRow> {
    let Some(t) = sources(c) else { return Vec::new() };
    let [grant, own, recipients] = t.shares;
    let part = |money: Money| money.percent_of(t.total).unwrap_or_default();
    let row = |style: RowStyle, no: &str, name: &str, money: Money, share: Decimal| TableRow {
        style,
        cells: vec![no.to_owned(), name.to_owned(), amount(money), plain_share(share)],
    };
    let whole = if t.total.is_zero() { Decimal::ZERO } else { Decimal::ONE_HUNDRED };
    vec![
        row(RowStyle::Sum, "1", FORM.sum_all, t.total, whole),
        row(RowStyle::Plain, "2", FORM.grant, t.grant, grant),
        row(RowStyle::Plain, "3", &FORM.noted(FORM.own, Note::Own), t.own, own),
        row(RowStyle::Plain, "3.1", FORM.own_financial, t.own_financial, part(t.own_financial)),
        row(RowStyle::Plain, "3.2", FORM.own_in_kind, t.own_in_kind, part(t.own_in_kind)),
        row(RowStyle::Plain, "4", FORM.recipients, t.recipients, recipients),
    ]
}

/// Part VII of every offeror, in the words that were frozen; nothing for a draft, which declares nothing yet.
fn declared(frozen: &FrozenOffer, about: About<'_>) -> Vec<Declared> {
    if about.receipt.is_none() {
        return Vec::new();
    }
    let joint = !frozen.partners.is_empty();
    let words = frozen.offerors().filter_map(|o| Some((o.name, o.declared?, o.at)));
    words
        .map(|(name, d, at)| Declared {
            offeror: joint.then(|| name.to_owned()),
            texts: d.said.clone(),
            signed_by: said(&d.signed_by),
            signed_at: at.map(show_instant_seconds),
        })
        .collect()
}

/// When a group has its classes, `1 (11.01.2027–10.03.2027)`; "nie dotyczy" for one that the call does not have.
#[must_use]
pub fn edition_of(frozen: &FrozenOffer, about: About<'_>, group: &str) -> String {
    // What was frozen before editions were kept is read with those of its call.
    let editions = match frozen.editions.as_slice() {
        [] => editions_of(&frozen.offer, &about.call.content),
        kept => kept.to_vec(),
    };
    editions.iter().find(|e| e.group == group).map_or_else(|| "nie dotyczy".to_owned(), FrozenEdition::said)
}

/// Groups with their editions and hours, as the annex prints them.
fn groups(frozen: &FrozenOffer, about: About<'_>) -> Vec<[String; 5]> {
    let row = |h: &PlannedHours| {
        let edition = edition_of(frozen, about, &h.group);
        [h.group.clone(), edition, h.persons.to_string(), h.minutes.to_string(), h.individual.to_string()]
    };
    frozen.offer.hours.iter().map(row).collect()
}

/// Status, its proof and the statute of every offeror, the lead first (R-ORG-01).
#[must_use]
pub fn standing(frozen: &FrozenOffer) -> Vec<Standing> {
    let of = |name: &str, o: &OrganisationContent| Standing {
        name: name.to_owned(),
        status: o.status.label().to_owned(),
        proof: said(&o.status_proof),
        statute: said(&o.statute()),
    };
    let partners = frozen.partners.iter().map(|p| of(&p.name, &p.organisation));
    std::iter::once(of(&frozen.organisation_name, &frozen.organisation)).chain(partners).collect()
}

/// The class programme: group, day, hours, topic, trainer, kind.
fn programme(c: &OfferContent) -> Vec<[String; 6]> {
    let row = |class: &PlannedClass| {
        let time = match (class.from, class.to) {
            (Some(from), Some(to)) => format!("{}–{}", show_time(from), show_time(to)),
            (from, to) => from.or(to).map(show_time).unwrap_or_default(),
        };
        let kind = if class.individual { "indywidualne" } else { "grupowe" };
        [
            class.group.clone(),
            class.day.map(show_date).unwrap_or_default(),
            time,
            class.topic.clone(),
            class.trainer.clone(),
            kind.to_owned(),
        ]
    };
    c.programme.iter().map(row).collect()
}

/// VI.1 in words; empty while nothing is declared.
#[must_use]
pub fn payment(c: &OfferContent) -> String {
    let said = match (&c.fees, c.unpaid) {
        (_, true) => "Zadanie zostanie wykonane nieodpłatnie.".to_owned(),
        (Some(fees), false) => format!(
            "Zadanie zostanie wykonane odpłatnie. Świadczenia od odbiorców: {}; najwyższa opłata od jednego odbiorcy: {}.",
            fees.form.trim().trim_end_matches('.'),
            fees.amount
        ),
        (None, false) => String::new(),
    };
    [said.as_str(), c.payment.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
