//! The task list that leads through the preparation of a call.

use serde::Serialize;

use super::office::url;
use super::steps::own;
use crate::call::{Call, CallContent, Part, rules};
use crate::law::{Finding, Severity, blocks};

#[derive(Serialize)]
pub struct Task {
    label: String,
    href: String,
    state: &'static str,
    tone: &'static str,
    hint: &'static str,
}

fn hint(part: Part, c: &CallContent) -> &'static str {
    let (classes, family) = (c.applies().classes, c.rules.family());
    match part {
        Part::Programme if !classes => "nazwa, kontakt, terminy i gminy, inna podstawa prawna",
        Part::Programme => "nazwa, kontakt, edycje i grupy, inna podstawa prawna",
        Part::Preconditions if c.rules.needs_ops => {
            "opinia rady, OPS lub CUS w każdej gminie, porozumienia, plan środków"
        }
        Part::Preconditions if family == "RSD" => "opinia rady o planie, plan środków",
        Part::Preconditions => "plan środków",
        Part::Terms if !classes => "powierzenie albo wspieranie, opłaty, rezultaty, oświadczenia",
        Part::Elements => "rodzaj, środki, zasady, warunki, terminy, koszty z dwóch lat",
        Part::Terms => "powierzenie albo wspieranie, opłaty, limit, godzina, tydzień, wielkość grupy",
        Part::Card => "kryteria, punkty, próg, nowy oferent",
        Part::Attachments => "o co prosimy; czy trzeba dosłać podpisane potwierdzenie",
        Part::Formal => "pytania oceny formalnej i braki, które można uzupełnić",
        Part::Correction => "co można uzupełnić i w ile dni",
        Part::Money => "najwyższa dotacja, transze, przesunięcia, koszty niekwalifikowane",
        Part::Committee => "kworum, program współpracy, tekst regulaminu",
    }
}

/// The steps of preparing, each with its state; only who may prepare gets links.
/// `approved` when an approval of the text holds.
pub fn tasks(call: &Call, findings: &[Finding], approved: bool, (may_edit, may_announce): (bool, bool)) -> Vec<Task> {
    let link = |may: bool, tail: &str| if may { format!("{}/{tail}", url(call)) } else { String::new() };
    let step = |part: Part| {
        let blocked = own(part, findings).any(rules::is_blocking);
        let warned = own(part, findings).any(|f| f.severity == Severity::Warn);
        let (state, tone) = match (blocked, warned) {
            (false, false) => ("gotowe", "ok"),
            (false, true) => ("do sprawdzenia", "warn"),
            (true, _) => ("do uzupełnienia", "error"),
        };
        let label = format!("{}. {}", part.no(), part.title());
        Task { label, href: link(may_edit, part.slug()), state, tone, hint: hint(part, &call.content) }
    };
    let mut out: Vec<Task> = Part::ALL.into_iter().map(step).collect();
    out.extend(publishing(call, (blocks(findings), approved), (may_edit, may_announce), out.len()));
    out
}

/// The last two steps, after the parts: the text is approved, then its three places are recorded.
fn publishing(
    call: &Call,
    (blocked, approved): (bool, bool),
    (officer, organ): (bool, bool),
    before: usize,
) -> [Task; 2] {
    let link = |may: bool, tail: &str| if may { format!("{}/{tail}", url(call)) } else { String::new() };
    let todo = if blocked { "jeszcze nie można" } else { "przed ogłoszeniem" };
    [
        Task {
            label: format!("{}. Zatwierdzenie treści", before + 1),
            href: link(organ, "zatwierdzenie"),
            state: if approved { "zatwierdzona" } else { todo },
            tone: if approved { "ok" } else { "neutral" },
            hint: "zatwierdza organ: osoba, która nie przygotowywała projektu; potem są pisma z numerem i sumą kontrolną",
        },
        Task {
            label: format!("{}. Publikacja w trzech miejscach", before + 2),
            href: link(approved && (organ || officer), "ogloszenie"),
            state: todo,
            tone: "neutral",
            hint: "gdzie, kiedy i kto umieścił pisma, z dowodem; wtedy otwiera się nabór",
        },
    ]
}
