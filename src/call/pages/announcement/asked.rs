//! What the announcement asks of offers, and how the office will treat them.

use serde::Serialize;

use super::outline::{pairs, put_table};
use crate::call::{CORRECTABLE, CallContent, Mode};
use crate::document::Outline;
use crate::law::plural;
use crate::programme::pages::kit::lines;
use crate::web::{Fact, fact};

#[derive(Serialize)]
struct AttachmentRow {
    name: String,
    required: &'static str,
    note: String,
}

#[derive(Serialize)]
struct QuestionRow {
    no: usize,
    text: String,
    correctable: &'static str,
}

#[derive(Serialize)]
struct TrancheRow {
    no: usize,
    share: String,
    condition: String,
}

#[derive(Serialize)]
pub struct Asked {
    attachments: Vec<AttachmentRow>,
    confirmation: String,
    formal: Vec<QuestionRow>,
    correction: Vec<Fact>,
    tranches: Vec<TrancheRow>,
    own_share: String,
    ineligible: Vec<String>,
    regulations: Vec<String>,
    committee: Vec<Fact>,
}

impl Asked {
    pub fn of(c: &CallContent) -> Asked {
        let attachment = |a: &crate::call::AskedAttachment| AttachmentRow {
            name: a.name.clone(),
            required: if a.required { "zawsze" } else { "w podanych przypadkach" },
            note: a.note.clone(),
        };
        Asked {
            attachments: c.attachments.iter().map(attachment).collect(),
            confirmation: confirmation(c),
            formal: questions(c),
            correction: correction(c),
            tranches: tranches(c),
            own_share: own_share(c),
            ineligible: c.money.ineligible.clone(),
            regulations: lines(&c.committee_rules.text),
            committee: vec![
                fact("Kworum", format!("{} {}", c.committee_rules.quorum, persons_word(c.committee_rules.quorum))),
                fact("Program współpracy", c.committee_rules.programme.clone()),
            ],
        }
    }
}

impl Asked {
    /// The same for the documents.
    pub(super) fn put_into(&self, o: &mut Outline) {
        o.heading(1, "Zasady dla ofert");
        o.heading(2, "Załączniki");
        if self.attachments.is_empty() {
            o.paragraph("Ogłoszenie nie prosi o załączniki.");
        } else {
            let rows = self.attachments.iter().map(|a| vec![a.name.clone(), a.required.to_owned(), a.note.clone()]);
            let columns = [("Załącznik", false), ("Wymagany", false), ("Uwagi", false)];
            put_table(o, "Załączniki do oferty", &columns, rows.collect());
        }
        o.paragraph(self.confirmation.clone());
        o.heading(2, "Ocena formalna i uzupełnianie braków");
        let rows = self.formal.iter().map(|q| vec![q.no.to_string(), q.text.clone(), q.correctable.to_owned()]);
        let columns = [("Nr", false), ("Pytanie", false), ("Brak można uzupełnić", false)];
        put_table(o, "Karta oceny formalnej", &columns, rows.collect());
        o.facts(pairs(&self.correction));
        o.heading(2, "Pieniądze");
        if !self.tranches.is_empty() {
            let rows = self.tranches.iter().map(|t| vec![t.no.to_string(), t.condition.clone(), t.share.clone()]);
            let columns = [("Nr", false), ("Warunek wypłaty transzy", false), ("Udział", true)];
            put_table(o, "Planowane transze", &columns, rows.collect());
        }
        o.paragraph(format!("Wkład własny: {}.", self.own_share));
        if !self.ineligible.is_empty() {
            o.paragraph("Dotacja nie pokrywa:");
            o.list(self.ineligible.clone());
        }
        if !self.regulations.is_empty() {
            o.heading(2, "Regulamin pracy komisji");
            o.facts(pairs(&self.committee));
            self.regulations.iter().for_each(|line| o.paragraph(line.clone()));
        }
    }
}

fn persons_word(n: u32) -> &'static str {
    plural(n.into(), "osoba", "osoby", "osób")
}

fn working_days(n: u32) -> String {
    format!("{n} {}", plural(n.into(), "dzień roboczy", "dni robocze", "dni roboczych"))
}

fn confirmation(c: &CallContent) -> String {
    match c.confirmation {
        None => "Złożenie oferty w serwisie wystarcza; papierowego potwierdzenia się nie składa.".to_owned(),
        Some(k) => format!(
            "Po złożeniu oferty trzeba dosłać podpisane potwierdzenie (plik PDF albo skan): {} po terminie składania ofert.",
            working_days(k.days)
        ),
    }
}

fn questions(c: &CallContent) -> Vec<QuestionRow> {
    (1..)
        .zip(&c.formal)
        .map(|(no, q)| QuestionRow { no, text: q.text.clone(), correctable: if q.correctable { "tak" } else { "nie" } })
        .collect()
}

fn correction(c: &CallContent) -> Vec<Fact> {
    let allowed: Vec<&str> =
        CORRECTABLE.iter().filter(|p| c.correction.allowed.iter().any(|key| key == p.key)).map(|p| p.label).collect();
    let what = if allowed.is_empty() { "nic".to_owned() } else { allowed.join("; ") };
    vec![
        fact("Co można uzupełnić", what),
        fact("Czas na uzupełnienie", format!("{} od wezwania w serwisie", working_days(c.correction.days))),
        fact(
            "Wezwania",
            if c.correction.once { "jedno do każdej oferty, na tych samych zasadach" } else { "może być kilka" },
        ),
        fact("Czego zmienić nie można", "zakresu zadania, kosztów i dotacji, osób"),
    ]
}

fn tranches(c: &CallContent) -> Vec<TrancheRow> {
    (1..)
        .zip(&c.money.tranches)
        .map(|(no, t)| TrancheRow { no, share: format!("{}%", t.share), condition: t.condition.clone() })
        .collect()
}

fn own_share(c: &CallContent) -> String {
    let own = match (c.mode, c.money.min_own_percent) {
        (Mode::Entrusting, _) => return "nie jest wymagany: dotacja pokrywa wszystkie koszty".to_owned(),
        (Mode::Supporting, Some(percent)) => format!("co najmniej {percent}% kosztów"),
        (Mode::Supporting, None) => "wymagany; ogłoszenie nie podaje najmniejszego udziału".to_owned(),
    };
    let grant = c.money.max_grant_percent.map(|percent| format!("; dotacja najwyżej {percent}% kosztów"));
    own + &grant.unwrap_or_default()
}
