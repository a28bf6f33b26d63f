//! A local programme: the same procedure on the office's own legal basis.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CapBase, Clause, MonthsRule, RuleSet, find, is_statutory};
use crate::law::finding::{Finding, Severity};
use crate::law::minutes::Minutes;

/// What the office enters to make its own rule set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LocalProgramme {
    pub code: String,
    pub name: String,
    /// The legal basis, in words.
    pub act: String,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub cap: CapBase,
    pub cap_basis: String,
    pub group_max: Option<u32>,
    pub week_min_minutes: Option<Minutes>,
    pub day_minutes: Option<Minutes>,
    pub months: Option<MonthsRule>,
    pub individual_hours_count: bool,
    pub participants: String,
    pub offerors: String,
    pub needs_ops: bool,
    pub clauses: Vec<Clause>,
}

/// A local rule set, or everything that is missing, at once.
/// Basis: none of its own: the programme must name the provision it rests on.
/// Date: the day the programme starts.
pub fn local(draft: LocalProgramme) -> Result<RuleSet, Vec<Finding>> {
    let mut findings = missing_texts(&draft);
    findings.extend(bad_code(&draft.code));
    findings.extend(bad_period(&draft));
    findings.extend(bad_cap(&draft));
    findings.extend(bad_sizes(&draft));
    findings.extend(bad_clauses(&draft.clauses));
    match draft.months {
        Some(months) if findings.is_empty() => Ok(rule_set(draft, months)),
        Some(_) => Err(findings),
        None => {
            findings.push(bad("czas trwania", "Nie podano, ile miesięcy trwa edycja."));
            Err(findings)
        }
    }
}

fn rule_set(draft: LocalProgramme, months: MonthsRule) -> RuleSet {
    RuleSet {
        code: draft.code.trim().to_owned(),
        name: draft.name.trim().to_owned(),
        closed_basis: draft.act.trim().to_owned(),
        act: draft.act.trim().to_owned(),
        from: draft.from,
        to: draft.to,
        new_calls_until: draft.to,
        cap: draft.cap,
        cap_basis: draft.cap_basis.trim().to_owned(),
        cap_binds: Severity::Block,
        group_max: draft.group_max,
        week_min_minutes: draft.week_min_minutes,
        day_minutes: draft.day_minutes,
        months,
        individual_hours_count: draft.individual_hours_count,
        profile_iii_required: false,
        participants: draft.participants.trim().to_owned(),
        offerors: draft.offerors.trim().to_owned(),
        needs_ops: draft.needs_ops,
        clauses: draft.clauses,
        marks: vec!["Zasady programu lokalnego wpisał urząd.".to_owned()],
    }
}

fn bad(place: &str, found: &str) -> Finding {
    Finding::block("R-LOC-01")
        .at(format!("program lokalny, {place}"))
        .found(found)
        .hint("Uzupełnij zasady programu lokalnego.")
}

fn missing_texts(draft: &LocalProgramme) -> Vec<Finding> {
    [
        ("nazwa", &draft.name, "Nie podano nazwy programu."),
        ("podstawa prawna", &draft.act, "Nie podano podstawy prawnej."),
        ("uczestnicy", &draft.participants, "Nie podano, do kogo skierowany jest program."),
        ("oferenci", &draft.offerors, "Nie podano, kto może złożyć ofertę."),
    ]
    .into_iter()
    .filter(|(_, text, _)| text.trim().is_empty())
    .map(|(place, _, found)| bad(place, found))
    .collect()
}

fn bad_code(code: &str) -> Option<Finding> {
    let code = code.trim();
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    if code.is_empty() || code.len() > 20 || !code.chars().all(allowed) {
        return Some(bad("kod", "Kod ma od 1 do 20 znaków: wielkie litery A–Z, cyfry i łącznik."));
    }
    let taken = find(code).is_some() || code.split('-').next().is_some_and(is_statutory);
    taken.then(|| bad("kod", "Kody PAI-… i RSD-… są zajęte przez zasady ustawowe."))
}

fn bad_period(draft: &LocalProgramme) -> Option<Finding> {
    let backwards = draft.to.is_some_and(|to| to < draft.from);
    backwards.then(|| bad("okres", "Program kończy się przed swoim początkiem."))
}

fn bad_cap(draft: &LocalProgramme) -> Vec<Finding> {
    let positive = match draft.cap {
        CapBase::PerGroupHour { rate, group } => rate.grosze() > 0 && group > 0,
        CapBase::PerTrainerHour { rate } => rate.grosze() > 0,
        CapBase::WagePercentPerTrainerHour { percent_x100 } => (1..=10_000).contains(&percent_x100),
        CapBase::Uncapped => true,
    };
    let unnamed = draft.cap != CapBase::Uncapped && draft.cap_basis.trim().is_empty();
    let wrong = (!positive).then(|| bad("limit stawki", "Limit stawki musi być większy od zera."));
    let baseless = unnamed.then(|| bad("limit stawki", "Nie podano podstawy limitu stawki."));
    wrong.into_iter().chain(baseless).collect()
}

fn bad_sizes(draft: &LocalProgramme) -> Vec<Finding> {
    let empty = |m: Option<Minutes>| m.is_some_and(|m| m <= Minutes::ZERO);
    let months = draft.months.map(|rule| match rule {
        MonthsRule::Exactly(n) | MonthsRule::AtMost(n) => n,
    });
    [
        (draft.group_max == Some(0), "wielkość grupy", "Największa grupa nie może mieć zera osób."),
        (empty(draft.week_min_minutes), "godziny w tygodniu", "Liczba godzin w tygodniu musi być większa od zera."),
        (empty(draft.day_minutes), "godziny dziennie", "Liczba godzin dziennie musi być większa od zera."),
        (months.is_some_and(|n| n == 0 || n > 60), "czas trwania", "Edycja trwa od 1 do 60 miesięcy."),
    ]
    .into_iter()
    .filter(|(wrong, ..)| *wrong)
    .map(|(_, place, found)| bad(place, found))
    .collect()
}

fn bad_clauses(clauses: &[Clause]) -> Vec<Finding> {
    let mut findings = Vec::new();
    if clauses.is_empty() {
        findings.push(bad("klauzule umowy", "Nie podano żadnej klauzuli, którą umowa musi zawierać."));
    }
    for (i, clause) in clauses.iter().enumerate() {
        let place = format!("klauzula {}", i + 1);
        if [&clause.key, &clause.title, &clause.demand].iter().any(|text| text.trim().is_empty()) {
            findings.push(bad(&place, "Klauzula potrzebuje klucza, tytułu i treści wymagania."));
        }
        if clauses.iter().take(i).any(|earlier| earlier.key == clause.key) {
            findings.push(bad(&place, "Klucz klauzuli powtarza się."));
        }
    }
    findings
}
