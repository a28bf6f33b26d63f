//! The offer taken out by its organisation: the words of the printed form as a document to edit, its tables
//! as a workbook.

use super::document::{About, offer_paper};
use super::model::FrozenOffer;
use crate::document::{
    Answer, Declared, FORM, Note, OfferPaper, Outline, OutlineColumn, OutlineRow, OutlineTable, RowStyle, TableRow,
};
use crate::law::{Instant, show_date, warsaw_date};

mod tables;

pub use tables::workbook;

const NONE: &str = "nie dotyczy";

/// The offer in the order of the form (Dz.U. 2018 poz. 2057, annex 1).
#[must_use]
pub fn outline(frozen: &FrozenOffer, about: About<'_>) -> Outline {
    let p = offer_paper(frozen, about);
    let mut o = Outline::new(p.head.title.clone());
    // The band of a draft says both.
    if let Some(band) = p.head.draft.clone().or_else(|| about.rehearsal().band(None)) {
        o.paragraph(band);
    }
    if let Some(receipt) = about.receipt {
        o.facts([
            ("Numer oferty", receipt.number.clone()),
            ("Wersja", receipt.no.to_string()),
            ("Suma kontrolna (SHA-256)", receipt.sha256.clone()),
        ]);
    }
    head(&mut o, &p);
    task(&mut o, &p);
    offeror(&mut o, &p);
    money(&mut o, &p);
    rest(&mut o, &p);
    annex(&mut o, &p);
    if !p.attachments.is_empty() {
        o.heading(1, "Załączniki");
        o.list(p.attachments.clone());
    }
    o
}

fn or_none(text: &str) -> String {
    if text.trim().is_empty() { NONE.to_owned() } else { text.to_owned() }
}

fn maybe(text: Option<&String>) -> String {
    or_none(text.map_or("", String::as_str))
}

fn table(caption: &str, columns: &[(&str, bool)], rows: Vec<OutlineRow>) -> OutlineTable {
    let column = |(label, figures): &(&str, bool)| OutlineColumn { label: (*label).to_owned(), figures: *figures };
    OutlineTable {
        caption: caption.to_owned(),
        columns: columns.iter().map(column).collect(),
        rows,
        ..OutlineTable::default()
    }
}

fn plain<T: AsRef<[String]>>(rows: &[T]) -> Vec<OutlineRow> {
    rows.iter().map(|cells| OutlineRow { cells: cells.as_ref().to_vec(), bold: false }).collect()
}

fn styled(rows: &[TableRow]) -> Vec<OutlineRow> {
    rows.iter().map(|r| OutlineRow { cells: r.cells.clone(), bold: r.style != RowStyle::Plain }).collect()
}

fn answers(o: &mut Outline, answers: &[Answer]) {
    for a in answers {
        o.heading(3, a.label.clone());
        o.paragraph(maybe(a.text.as_ref()));
    }
}

/// `III. Opis zadania`
fn part(o: &mut Outline, no: &str, label: &str) {
    o.heading(1, format!("{no}. {label}"));
}

fn columns(labels: &[&'static str], first_figure: usize) -> Vec<(&'static str, bool)> {
    labels.iter().enumerate().map(|(at, label)| (*label, at >= first_figure)).collect()
}

/// No column of figures.
const WORDS: usize = usize::MAX;

fn head(o: &mut Outline, p: &OfferPaper) {
    o.paragraph(p.heading.clone());
    part(o, "I", FORM.part_1);
    o.facts([
        (numbered("1", FORM.organ).as_str(), or_none(&p.organ)),
        (numbered("2", &FORM.noted(FORM.task_kind, Note::TaskKind)).as_str(), or_none(&p.task_kind)),
    ]);
    part(o, "II", FORM.part_2);
    o.heading(2, numbered("1", FORM.offeror));
    for it in &p.offerors {
        o.facts([
            (FORM.name, or_none(&it.name)),
            (FORM.legal_form, maybe(it.legal_form.as_ref())),
            (FORM.register, maybe(it.register.as_ref())),
            (FORM.address, maybe(it.address.as_ref())),
            (FORM.website, maybe(it.website.as_ref())),
            (FORM.correspondence, maybe(it.correspondence.as_ref())),
            (FORM.email, maybe(it.email.as_ref())),
            (FORM.phone, maybe(it.phone.as_ref())),
        ]);
    }
    o.heading(2, numbered("2", FORM.contact));
    o.facts([
        (FORM.contact_name, or_none(&p.contact.name)),
        (FORM.phone, maybe(p.contact.phone.as_ref())),
        (FORM.email, maybe(p.contact.email.as_ref())),
    ]);
}

fn numbered(no: &str, label: &str) -> String {
    format!("{no}. {label}")
}

fn task(o: &mut Outline, p: &OfferPaper) {
    part(o, "III", FORM.part_3);
    o.facts([
        (numbered("1", FORM.title).as_str(), or_none(&p.task_title)),
        (numbered("2", FORM.starts).as_str(), or_none(&p.starts_on)),
        (FORM.ends, or_none(&p.ends_on)),
    ]);
    o.heading(2, numbered("3", FORM.summary));
    answers(o, &p.summary);
    let outside = FORM.noted(FORM.plan_columns[5], Note::Outside);
    let mut plan_columns: Vec<(&str, bool)> = columns(&FORM.plan_columns, WORDS);
    plan_columns.pop();
    plan_columns.push((&outside, false));
    for year in &p.plan {
        o.heading(2, format!("4. {} {}", FORM.plan, year.year));
        if year.rows.is_empty() {
            o.paragraph(NONE);
            continue;
        }
        o.paragraph(format!("({})", FORM.plan_hint));
        o.table(table(&format!("Działania w roku {}", year.year), &plan_columns, plain(&year.rows)));
    }
    o.heading(2, format!("5. {} – {}", FORM.results, FORM.results_hint));
    answers(o, &p.results);
    o.heading(2, numbered("6", &FORM.noted(FORM.indicators, Note::Indicators)));
    some(o, "Rezultaty", &columns(&FORM.indicator_columns, WORDS), &p.indicators);
}

fn offeror(o: &mut Outline, p: &OfferPaper) {
    part(o, "IV", FORM.part_4);
    o.heading(2, numbered("1", FORM.experience));
    o.paragraph(or_none(&p.experience));
    o.heading(2, numbered("2", FORM.resources));
    o.paragraph(or_none(&p.resources));
    if !p.trainers.is_empty() {
        o.table(table("Trenerzy", &columns(&FORM.trainer_columns, WORDS), plain(&p.trainers)));
    }
}

/// The task annex: groups, hours by topic, classes by day, what is measured in each person, who the offerors are.
fn annex(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, FORM.annex);
    o.heading(2, numbered("1", FORM.groups));
    some(o, "Grupy i godziny zajęć", &columns(&FORM.group_columns, 2), &p.groups);
    o.heading(2, numbered("2", FORM.programme));
    if p.programme.is_empty() && p.groups.is_empty() {
        o.paragraph(NONE);
    } else if p.programme.is_empty() {
        o.paragraph("Bez programu według dni; godziny grup stoją w tabeli wyżej.");
    } else {
        some(o, FORM.topics, &columns(&FORM.topic_columns, 1), &p.topics);
        some(o, "Program zajęć według dni", &columns(&FORM.programme_columns, WORDS), &p.programme);
    }
    o.heading(2, numbered("3", FORM.measures));
    some(o, "Mierniki", &columns(&FORM.measure_columns, WORDS), &p.measures);
    o.heading(2, numbered("4", FORM.standing));
    let rows = p
        .standing
        .iter()
        .map(|it| [it.name.clone(), it.status.clone(), maybe(it.proof.as_ref()), maybe(it.statute.as_ref())]);
    some(o, FORM.standing, &columns(&FORM.standing_columns, WORDS), &rows.collect::<Vec<_>>());
}

fn some<T: AsRef<[String]>>(o: &mut Outline, caption: &str, columns: &[(&str, bool)], rows: &[T]) {
    if rows.is_empty() {
        o.paragraph(NONE);
    } else {
        o.table(table(caption, columns, plain(rows)));
    }
}

fn money(o: &mut Outline, p: &OfferPaper) {
    part(o, "V", FORM.part_5);
    let with_years = |labels: &[&'static str], first_figure: usize| {
        let mut out: Vec<(&str, bool)> = columns(labels, first_figure);
        out.extend(p.cost_years.iter().map(|year| (year.as_str(), true)));
        out
    };
    o.heading(2, format!("V.A. {}", FORM.costs));
    o.paragraph(format!("({})", FORM.costs_hint));
    let mut costs = table(FORM.costs, &with_years(&FORM.cost_columns, 3), styled(&p.costs));
    costs.over = Some((5, FORM.noted(FORM.value, Note::CostYears)));
    o.table(costs);
    o.heading(2, format!("V.B. {}", FORM.sources));
    o.table(table(FORM.sources, &columns(&FORM.source_columns, 2), styled(&p.sources)));
    o.heading(2, format!("V.C. {}", FORM.noted(FORM.split, Note::Split)));
    if p.split.is_empty() {
        o.paragraph(NONE);
    } else {
        let mut split = table(FORM.split, &with_years(&FORM.split_columns, 2), styled(&p.split));
        split.over = Some((2, FORM.noted(FORM.value, Note::SplitYears)));
        o.table(split);
        some(o, FORM.shares, &columns(&FORM.share_columns, WORDS), &p.shares);
    }
}

fn rest(o: &mut Outline, p: &OfferPaper) {
    part(o, "VI", FORM.part_6);
    for (no, label, said) in [
        ("1", FORM.payment, or_none(&p.payment)),
        ("2", FORM.representation, maybe(p.representation.as_ref())),
        ("3", FORM.other, maybe(p.other.as_ref())),
    ] {
        o.heading(2, numbered(no, label));
        o.paragraph(said);
    }
    part(o, "VII", &FORM.noted(FORM.part_7, Note::Declarations));
    if p.declarations.is_empty() {
        o.paragraph("Oświadczenia składa się razem z ofertą.");
    }
    for it in &p.declarations {
        declared(o, it);
    }
    o.heading(2, FORM.footnotes);
    FORM.footnote_lines().into_iter().for_each(|line| o.paragraph(line));
}

fn declared(o: &mut Outline, d: &Declared) {
    if let Some(offeror) = &d.offeror {
        o.heading(2, offeror.clone());
    }
    o.paragraph(FORM.declare);
    o.list(d.texts.clone());
    let at = d.signed_at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
    o.paragraph(format!("Oświadczenia złożył(a): {}{at}", maybe(d.signed_by.as_ref())));
}

/// `oferta PAI-2-2026-O-7 wersja 2.docx`.
#[must_use]
pub fn file_name(about: About<'_>, on: Instant, ending: &str) -> String {
    match about.receipt {
        Some(r) if r.no > 1 => format!("oferta {} wersja {}.{ending}", r.number.replace('/', "-"), r.no),
        Some(r) => format!("oferta {}.{ending}", r.number.replace('/', "-")),
        None => format!("oferta wersja robocza {}.{ending}", show_date(warsaw_date(on))),
    }
}
