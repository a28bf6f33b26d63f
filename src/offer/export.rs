//! The offer taken out by its organisation: the words of the printed form as a document to edit, its tables
//! as a workbook.

use super::document::{About, offer_paper};
use super::model::FrozenOffer;
use crate::document::{
    Answer, Declared, OfferPaper, Outline, OutlineColumn, OutlineRow, OutlineTable, RowStyle, TableRow,
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
    OutlineTable { caption: caption.to_owned(), columns: columns.iter().map(column).collect(), rows }
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

fn head(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, "I. Podstawowe informacje o złożonej ofercie");
    o.facts([
        ("1. Organ administracji publicznej, do którego jest adresowana oferta", or_none(&p.organ)),
        ("2. Rodzaj zadania publicznego", or_none(&p.task_kind)),
    ]);
    o.heading(1, "II. Dane oferenta");
    for it in &p.offerors {
        o.facts([
            ("1. Nazwa oferenta", or_none(&it.name)),
            ("Forma prawna", maybe(it.legal_form.as_ref())),
            ("Numer w KRS lub innej ewidencji", maybe(it.register.as_ref())),
            ("Adres siedziby", maybe(it.address.as_ref())),
            ("Strona www", maybe(it.website.as_ref())),
            ("Adres do korespondencji", maybe(it.correspondence.as_ref())),
            ("Adres e-mail", maybe(it.email.as_ref())),
            ("Numer telefonu", maybe(it.phone.as_ref())),
        ]);
    }
    o.facts([
        ("2. Osoba upoważniona do składania wyjaśnień", or_none(&p.contact.name)),
        ("Telefon", maybe(p.contact.phone.as_ref())),
        ("E-mail", maybe(p.contact.email.as_ref())),
    ]);
}

fn task(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, "III. Opis zadania");
    o.facts([
        ("1. Tytuł zadania publicznego", or_none(&p.task_title)),
        ("2. Data rozpoczęcia", or_none(&p.starts_on)),
        ("Data zakończenia", or_none(&p.ends_on)),
    ]);
    o.heading(2, "3. Syntetyczny opis zadania");
    answers(o, &p.summary);
    let columns = [
        ("Lp.", false),
        ("Nazwa działania", false),
        ("Opis", false),
        ("Grupa docelowa", false),
        ("Planowany termin", false),
        ("Zakres realizowany przez inny podmiot", false),
    ];
    for year in &p.plan {
        o.heading(2, format!("4. Plan i harmonogram działań na rok {}", year.year));
        o.table(table(&format!("Działania w roku {}", year.year), &columns, plain(&year.rows)));
    }
    o.heading(2, "5. Opis zakładanych rezultatów realizacji zadania publicznego");
    answers(o, &p.results);
    o.heading(2, "6. Dodatkowe informacje dotyczące rezultatów");
    let columns = [("Nazwa rezultatu", false), ("Wartość docelowa", false), ("Sposób monitorowania", false)];
    o.table(table("Rezultaty", &columns, plain(&p.indicators)));
}

fn offeror(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, "IV. Charakterystyka oferenta");
    o.heading(2, "1. Informacja o wcześniejszej działalności oferenta");
    o.paragraph(or_none(&p.experience));
    o.heading(2, "2. Zasoby kadrowe, rzeczowe i finansowe");
    o.paragraph(or_none(&p.resources));
    if !p.trainers.is_empty() {
        let columns = [("Imię i nazwisko", false), ("Kwalifikacje", false)];
        o.table(table("Trenerzy", &columns, plain(&p.trainers)));
    }
}

/// The task annex: groups, hours by topic, classes by day, what is measured in each person.
fn annex(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, "Załącznik: opis zajęć");
    o.heading(2, "1. Grupy i godziny");
    let columns = [("Grupa", false), ("Liczba osób", true), ("Godziny grupowe", true), ("Godziny indywidualne", true)];
    some(o, "Grupy i godziny zajęć", &columns, &p.groups);
    o.heading(2, "2. Program zajęć");
    if p.programme.is_empty() && p.groups.is_empty() {
        o.paragraph(NONE);
    } else if p.programme.is_empty() {
        o.paragraph("Bez programu według dni; godziny grup stoją w tabeli wyżej.");
    } else {
        some(o, "Godziny według tematów, wszystkie grupy", &[("Temat", false), ("Godziny", true)], &p.topics);
        let columns = ["Grupa", "Data", "Godziny", "Temat", "Trener", "Rodzaj"].map(|label| (label, false));
        some(o, "Program zajęć według dni", &columns, &p.programme);
    }
    o.heading(2, "3. Mierniki efektów u pojedynczej osoby");
    some(o, "Mierniki", &["Co mierzymy", "Jak", "Kiedy"].map(|label| (label, false)), &p.measures);
}

fn some<T: AsRef<[String]>>(o: &mut Outline, caption: &str, columns: &[(&str, bool)], rows: &[T]) {
    if rows.is_empty() {
        o.paragraph(NONE);
    } else {
        o.table(table(caption, columns, plain(rows)));
    }
}

fn money(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, "V. Kalkulacja przewidywanych kosztów realizacji zadania publicznego");
    let mut columns = vec![
        ("Lp.", false),
        ("Rodzaj kosztu", false),
        ("Rodzaj miary", false),
        ("Koszt jednostkowy", true),
        ("Liczba jednostek", true),
        ("Razem", true),
    ];
    columns.extend(p.cost_years.iter().map(|year| (year.as_str(), true)));
    o.table(table("V.A. Zestawienie kosztów realizacji zadania (kwoty w PLN)", &columns, styled(&p.costs)));
    let columns = [("Lp.", false), ("Nazwa źródła", false), ("Wartość [PLN]", true), ("Udział [%]", true)];
    o.table(table("V.B. Źródła finansowania kosztów realizacji zadania", &columns, styled(&p.sources)));
    o.heading(2, "V.C. Podział kosztów realizacji zadania pomiędzy oferentów");
    if p.split.is_empty() {
        o.paragraph(NONE);
    } else {
        let mut columns = vec![("Lp.", false), ("Oferent", false), ("Razem", true)];
        columns.extend(p.cost_years.iter().map(|year| (year.as_str(), true)));
        o.table(table("Podział kosztów (kwoty w PLN)", &columns, styled(&p.split)));
    }
}

fn rest(o: &mut Outline, p: &OfferPaper) {
    o.heading(1, "VI. Inne informacje");
    o.facts([
        ("1. Deklaracja o zamiarze odpłatnego lub nieodpłatnego wykonania zadania", or_none(&p.payment)),
        ("2. Sposób reprezentacji podmiotów (oferta wspólna)", maybe(p.representation.as_ref())),
    ]);
    o.heading(2, "3. Inne działania, które mogą mieć znaczenie przy ocenie oferty");
    o.paragraph(maybe(p.other.as_ref()));
    o.heading(1, "VII. Oświadczenia");
    if p.declarations.is_empty() {
        o.paragraph("Oświadczenia składa się razem z ofertą.");
    }
    for it in &p.declarations {
        declared(o, it);
    }
}

fn declared(o: &mut Outline, d: &Declared) {
    if let Some(offeror) = &d.offeror {
        o.heading(2, offeror.clone());
    }
    o.paragraph("Oświadczam(my), że:");
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
