//! The whole announcement as the skeleton of its documents: PDF, DOCX and plain text say what the page says.

use super::{Announcement, EditionRow, Element, PlaceRow};
use crate::call::document::{About, Metadata};
use crate::document::{Outline, OutlineColumn, OutlineRow, OutlineTable, Rehearsal};
use crate::web::Fact;

/// Label and whether figures stand below it.
pub(super) type Column = (&'static str, bool);

pub(super) fn pairs(facts: &[Fact]) -> Vec<(String, String)> {
    facts.iter().map(|f| (f.label.clone(), f.value.clone())).collect()
}

pub(super) fn put_table(o: &mut Outline, caption: &str, columns: &[Column], rows: Vec<Vec<String>>) {
    let rows = rows.into_iter().map(|cells| OutlineRow { cells, bold: false }).collect();
    put_rows(o, caption, columns, rows);
}

fn put_rows(o: &mut Outline, caption: &str, columns: &[Column], rows: Vec<OutlineRow>) {
    let column = |(label, figures): &Column| OutlineColumn { label: (*label).to_owned(), figures: *figures };
    o.table(OutlineTable {
        caption: caption.to_owned(),
        columns: columns.iter().map(column).collect(),
        rows,
        ..OutlineTable::default()
    });
}

fn sum(cells: [String; 4]) -> OutlineRow {
    OutlineRow { cells: cells.into(), bold: true }
}

/// The caption of editions of a task that is no classes.
const WITHOUT_CLASSES: &str = "Terminy i odbiorcy";

impl Announcement {
    /// Everything of the announcement, with how to submit, the personal-data note and its record.
    pub fn outline(&self, title: &str, about: &About<'_>) -> Outline {
        let mut o = Outline::new(title);
        if let Some(band) = Rehearsal(self.test).band(None) {
            o.paragraph(format!("{band}. To nie jest ogłoszenie: widzi je tylko urząd."));
        }
        o.paragraph(format!(
            "{} ogłasza otwarty konkurs ofert na realizację zadania publicznego „{}”.",
            about.office.acting, about.name
        ));
        if !self.cancelled.is_empty() {
            let basis = if self.withdrawn {
                "zastrzeżenie w ogłoszeniu konkursu"
            } else {
                "art. 18a ust. 1 ustawy o działalności pożytku publicznego i o wolontariacie"
            };
            o.paragraph(format!("Konkurs unieważniono: {}. Podstawa: {basis}.", self.cancelled));
        }
        if !self.assumed.is_empty() {
            o.paragraph("Założenia, które nie wynikają ze źródła:");
            o.list(self.assumed.clone());
        }
        o.heading(1, "Podstawa prawna i tryb");
        o.facts(pairs(&self.legal));
        for element in &self.elements {
            self.put_element(&mut o, element);
        }
        self.asked.put_into(&mut o);
        if !self.declarations.is_empty() {
            o.heading(2, "Dodatkowe oświadczenia oferenta");
            o.list(self.declarations.clone());
        }
        if !self.reservation.is_empty() {
            o.heading(2, "Zastrzeżenie organu");
            self.reservation.iter().for_each(|line| o.paragraph(line.clone()));
        }
        self.put_way(&mut o, about);
        put_places(&mut o, "Gdzie i kiedy ogłoszono", "Miejsca ogłoszenia konkursu", &self.places);
        if !self.result_places.is_empty() {
            put_places(&mut o, "Gdzie i kiedy ogłoszono wyniki", "Miejsca ogłoszenia wyników", &self.result_places);
        }
        put_record(&mut o, about.metadata);
        o
    }

    fn put_element(&self, o: &mut Outline, element: &Element) {
        o.heading(1, format!("{}. {}", element.no, element.title));
        element.lines.iter().for_each(|line| o.paragraph(line.clone()));
        match element.no {
            4 => self.put_conditions(o),
            6 => self.put_card(o),
            7 => {
                let rows = self.earlier.iter().map(|e| vec![e.year.clone(), e.cost.clone(), e.grants.clone()]);
                let columns = [("Rok", false), ("Koszt", true), ("W tym dotacje dla organizacji", true)];
                put_table(o, "Zadania tego samego rodzaju", &columns, rows.collect());
            }
            _ => {}
        }
    }

    fn put_conditions(&self, o: &mut Outline) {
        if !self.editions.is_empty() {
            let row = |e: &EditionRow| OutlineRow {
                cells: vec![
                    e.no.to_string(),
                    format!("od {} do {}", e.from, e.to),
                    e.groups.join(", "),
                    e.persons.to_string(),
                ],
                bold: false,
            };
            let mut rows: Vec<OutlineRow> = self.editions.iter().map(row).collect();
            rows.push(sum(["".into(), "Razem".into(), "".into(), self.persons.to_string()]));
            let (caption, whom) =
                if self.classes { ("Edycje i grupy", "Grupy") } else { (WITHOUT_CLASSES, "Odbiorcy") };
            let columns = [("Nr", false), ("Edycja", false), (whom, false), ("Osoby", true)];
            put_rows(o, caption, &columns, rows);
        }
        if self.classes && !self.topics.is_empty() {
            o.paragraph(format!("Tematy zajęć: {}.", self.topics.join(", ")));
        }
        o.facts(pairs(&self.terms));
    }

    fn put_card(&self, o: &mut Outline) {
        let mut rows: Vec<OutlineRow> = self
            .criteria
            .iter()
            .map(|c| OutlineRow {
                cells: vec![c.name.clone(), format!("pkt {}", c.point), c.max.to_string(), c.neutral.clone()],
                bold: false,
            })
            .collect();
        rows.push(sum(["Razem".into(), "".into(), self.max.to_string(), "".into()]));
        let columns =
            [("Kryterium", false), ("Art. 15 ust. 1", false), ("Najwięcej punktów", true), ("Nowy oferent", true)];
        put_rows(o, "Karta oceny", &columns, rows);
        o.paragraph(format!("Próg: {}% punktów.", self.threshold));
    }

    /// Where and how to submit, questions, personal data, contact.
    fn put_way(&self, o: &mut Outline, about: &About<'_>) {
        o.heading(1, "Gdzie i jak złożyć ofertę");
        o.paragraph(format!(
            "Ofertę przygotowuje się i składa w serwisie internetowym urzędu, na stronie konkursu: {}. Potrzebne jest bezpłatne \
             konto organizacji. Wzór oferty (Dz.U. 2018 poz. 2057, załącznik nr 1) można przeczytać bez konta: {}.",
            about.url, about.form_url
        ));
        o.paragraph(
            "Oferta jest złożona w chwili, w której przyjął ją serwis; potwierdza to numer, data z godziną i suma kontrolna. \
             Do końca terminu złożoną ofertę można zmienić i złożyć ponownie albo wycofać.",
        );
        o.heading(1, "Pytania do konkursu");
        o.paragraph(format!(
            "Zapytać może każdy, w serwisie: {}/pytania. Pytania i odpowiedzi, bez wskazania, kto pytał, są na stronie konkursu. {}",
            about.url, about.questions
        ));
        o.heading(1, "Dane osobowe");
        about.privacy().into_iter().for_each(|line| o.paragraph(line));
        if !self.contact.is_empty() {
            o.heading(1, "Kontakt");
            o.paragraph(self.contact.join("\n"));
        }
    }
}

fn put_places(o: &mut Outline, title: &str, caption: &str, places: &[PlaceRow]) {
    o.heading(1, title);
    if places.is_empty() {
        o.paragraph(
            "Ogłoszenie umieszcza się w Biuletynie Informacji Publicznej, na tablicy ogłoszeń w siedzibie organu i na jego \
             stronie internetowej; dni i godziny są na stronie konkursu.",
        );
        return;
    }
    let rows = places.iter().map(|p| vec![p.place.to_owned(), p.on.clone(), p.by.clone(), p.evidence.clone()]);
    let columns = [("Miejsce", false), ("Data", false), ("Kto", false), ("Dowód", false)];
    put_table(o, caption, &columns, rows.collect());
}

/// Number, version, hash; what changed since.
fn put_record(o: &mut Outline, metadata: &Metadata) {
    o.heading(1, "Metryka");
    o.facts(pairs(&metadata.facts));
    o.heading(1, "Rejestr zmian");
    if metadata.changes.is_empty() {
        o.paragraph("Ogłoszenia nie zmieniano.");
    }
    for change in &metadata.changes {
        o.heading(2, format!("Zmiana nr {} z {}", change.no - 1, change.published));
        o.facts([
            ("Kto", change.by.clone()),
            ("Powód", change.reason.clone()),
            ("Termin składania ofert", change.deadline.clone()),
            ("Suma kontrolna warunków (SHA-256)", change.sha256.clone()),
        ]);
        let rows = change.fields.iter().map(|f| vec![f.label.clone(), f.before.clone(), f.after.clone()]);
        let columns = [("Co", false), ("Było", false), ("Jest", false)];
        if !change.fields.is_empty() {
            put_table(o, "Co się zmieniło", &columns, rows.collect());
        }
    }
}
