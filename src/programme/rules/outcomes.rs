//! The checker of the report on a programme, C-01 … C-12: what adds up, what is missing, what is only
//! assumed. Every point answers, also with "agrees", so that the list is complete.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::super::model::{Outcomes, ProgrammeContent, ReportFacts};
use super::readings::days;
use crate::law::rules::pai_on;
use crate::law::{CapBase, Finding, Money, RuleSet, Severity, is_working_day, plural, show_date, show_date_weekday};

/// The remarks on the recorded outcomes; nothing while there are none.
#[must_use]
pub fn check_outcomes(content: &ProgrammeContent, rules: &RuleSet, report_facts: &ReportFacts) -> Vec<Finding> {
    let Some(outcomes) = &content.outcomes else { return Vec::new() };
    let mut findings = vec![
        people(content, outcomes),
        planned(content, outcomes, report_facts),
        hours(content, outcomes, rules, report_facts),
        gminas_and_editions(content),
        money(outcomes, report_facts),
        assignment(content, report_facts),
    ];
    findings.extend(citations(content, report_facts));
    findings.push(versions(content));
    findings.push(psu(outcomes, report_facts));
    findings.push(dropouts(content, outcomes, report_facts));
    findings.push(measures(rules, report_facts));
    findings.extend(free_days(content));
    findings
}

fn finding(rule: &'static str, severity: Severity, place: &str, found: String) -> Finding {
    Finding::new(rule, severity).at(place).found(found)
}

fn persons(n: u32) -> String {
    format!("{n} {}", plural(n.into(), "osoba", "osoby", "osób"))
}

/// Every participant has an outcome (C-01).
/// Basis: arithmetic of the report. Date: the end of the last edition.
fn people(content: &ProgrammeContent, o: &Outcomes) -> Finding {
    let (all, known) = (content.persons(), o.improved + o.unchanged + o.deregistered);
    let sum = format!("{} + {} + {} = {known}", o.improved, o.unchanged, o.deregistered);
    if all == known {
        return finding("C-01", Severity::Info, "efekty", format!("Efekty obejmują wszystkich: {sum}."));
    }
    let missing = all.abs_diff(known);
    finding(
        "C-01",
        Severity::Block,
        "efekty",
        format!("Efekty: {sum}, uczestnicy: {all}. Różnica: {}.", persons(missing)),
    )
    .limit("Każdy uczestnik ma jeden wynik.")
    .hint("Ustal, co stało się z tymi osobami, i popraw liczby.")
}

/// People planned and people who finished are told apart (C-02).
/// Basis: upz art. 62a ust. 11 pkt 3. Date: the end of the last edition.
fn planned(content: &ProgrammeContent, o: &Outcomes, facts: &ReportFacts) -> Finding {
    if let Some(completed) = facts.completed {
        let found = format!("Zaplanowano {}, program ukończyło {}.", persons(content.persons()), persons(completed));
        return finding("C-02", Severity::Info, "uczestnicy", found);
    }
    let (again, least) = (o.improved + o.unchanged, content.persons().saturating_sub(o.deregistered));
    let found = format!(
        "Podano tylko liczbę planowaną ({}). Wynik ma {}, więc ukończyło {} albo {}.",
        content.persons(),
        persons(again),
        again.min(least),
        again.max(least)
    );
    finding("C-02", Severity::Warn, "uczestnicy", found)
        .limit("Sprawozdanie podaje osobno osoby planowane i te, które ukończyły program.")
        .hint("Dopisz liczbę osób, które ukończyły program.")
}

/// Hours, groups and rate are there, so that the cap can be computed (C-03).
/// Basis: upz art. 62c ust. 3 and 62a ust. 5. Date: the rule set of the programme.
fn hours(content: &ProgrammeContent, o: &Outcomes, rules: &RuleSet, facts: &ReportFacts) -> Finding {
    if let (Some(hours), Some(rate)) = (facts.hours_per_group, facts.rate) {
        let found = format!("Grupy: {}, godziny grupy: {hours}, stawka: {rate}.", content.groups.len());
        return finding("C-03", Severity::Info, "godziny i stawka", found);
    }
    let mut limit = "Do sprawdzenia limitu potrzebne są godziny każdej grupy, liczba grup i stawka.".to_owned();
    if let Some((at_cap, least, most)) = bounds(content, o, rules) {
        limit = format!(
            "Przy {} grupach limit zachowuje co najmniej {at_cap} godz. na grupę, a minimum tygodniowe: od {least} do {most} godz.",
            content.groups.len()
        );
    }
    finding("C-03", Severity::Block, "godziny i stawka", "Nie podano godzin grup ani stawki trenera.".into())
        .limit(limit)
        .basis(rules.cap_basis.clone())
        .hint("Dopisz godziny grup z dzienników zajęć; bez nich nie wiadomo, czy wydatek mieści się w limicie.")
}

/// Least hours of a group by the cap, and by the weekly minimum (by days, by calendar weeks).
fn bounds(content: &ProgrammeContent, o: &Outcomes, rules: &RuleSet) -> Option<(i64, i64, i64)> {
    let CapBase::PerGroupHour { rate, .. } = rules.cap else { return None };
    let hour_of_all = rate.checked_mul(i64::try_from(content.groups.len()).ok()?)?.grosze();
    let at_cap = o.workshops.grosze().checked_add(hour_of_all)?.checked_sub(1)?.checked_div(hour_of_all)?;
    let weekly = rules.week_min_minutes?.get().checked_div(60)?;
    let days = days(content)?;
    Some((at_cap, weekly.checked_mul(days)?.checked_div(7)?, weekly.checked_mul(days.checked_add(6)?.checked_div(7)?)?))
}

/// Gminas and editions count the same people (C-04).
/// Basis: arithmetic of the report. Date: none.
fn gminas_and_editions(content: &ProgrammeContent) -> Finding {
    let (gminas, editions) = (content.persons(), content.editions.iter().map(|e| e.persons).sum::<u32>());
    if gminas == editions {
        return finding(
            "C-04",
            Severity::Info,
            "gminy i edycje",
            format!("Zgadza się: gminy {gminas}, edycje {editions}."),
        );
    }
    finding("C-04", Severity::Block, "gminy i edycje", format!("Gminy dają {gminas}, edycje {editions}."))
        .limit("Obie sumy są równe.")
        .hint("Popraw liczby osób.")
}

/// The money adds up (C-05).
/// Basis: arithmetic of the report. Date: none.
fn money(o: &Outcomes, facts: &ReportFacts) -> Finding {
    let sum = Money::sum([o.workshops, o.psu]).unwrap_or_default();
    let parts = format!("zajęcia {} + prace społecznie użyteczne {} = {sum}", o.workshops, o.psu);
    match facts.total {
        Some(total) if total != sum => {
            finding("C-05", Severity::Block, "kwoty", format!("Policzono: {parts}. W sprawozdaniu podano {total}."))
                .limit("Suma równa się składnikom.")
                .hint("Popraw sumę albo składniki.")
        }
        Some(_) => finding("C-05", Severity::Info, "kwoty", format!("Zgadza się: {parts}.")),
        None => finding("C-05", Severity::Info, "kwoty", format!("Sumy nie podano; z części wynika: {parts}.")),
    }
}

/// It is known from which gmina people came in which edition (C-06).
/// Basis: upz art. 62a ust. 11 pkt 1. Date: none.
fn assignment(content: &ProgrammeContent, facts: &ReportFacts) -> Finding {
    let gminas = content.gminas.len();
    if facts.gminas_by_edition {
        return finding(
            "C-06",
            Severity::Info,
            "gminy w edycjach",
            format!("Podano podział na edycje dla wszystkich gmin ({gminas})."),
        );
    }
    let found = format!("Nie podano, z której gminy są osoby w której edycji. Gmin na liście: {gminas}.");
    finding("C-06", Severity::Info, "gminy w edycjach", found).hint("Dopisz podział gmin na edycje.")
}

/// Acts are cited in the text that was in force at the time of the facts (C-07).
/// Basis: rules of legislative technique. Date: the first day of the first edition.
fn citations(content: &ProgrammeContent, facts: &ReportFacts) -> Vec<Finding> {
    let wrong: Vec<String> = facts.cited.iter().filter_map(|cited| wrong_citation(content, cited)).collect();
    if wrong.is_empty() {
        let found = "Powołane akty mają tekst obowiązujący w czasie programu albo żadnego nie podano.".to_owned();
        return vec![finding("C-07", Severity::Info, "podstawa prawna", found)];
    }
    vec![
        finding("C-07", Severity::Warn, "podstawa prawna", wrong.join(" "))
            .limit("Akt powołuje się w tekście, który obowiązywał w czasie zdarzeń.")
            .hint("Popraw numery Dziennika Ustaw."),
    ]
}

fn wrong_citation(content: &ProgrammeContent, cited: &super::super::model::CitedAct) -> Option<String> {
    let year = content.editions.iter().map(|e| e.from.year()).min()?;
    if let Some(in_force) = &cited.in_force {
        return Some(format!("{}: podano {}, obowiązywał {in_force}.", cited.act, cited.journal));
    }
    (cited.year > year).then(|| {
        format!(
            "{}: podano {}, a zdarzenia są z {year} r., kiedy tego tekstu jeszcze nie było.",
            cited.act, cited.journal
        )
    })
}

/// Which version of the law the editions ran under (C-08).
/// Basis: law/rules, versions PAI-1 … PAI-4. Date: first and last day of each edition.
fn versions(content: &ProgrammeContent) -> Finding {
    let mut parts = Vec::new();
    let mut soft = false;
    for edition in &content.editions {
        let (from, to) = (code_on(edition.from), code_on(edition.to));
        soft |= pai_on(edition.from).is_some_and(|set| set.cap_binds == Severity::Warn);
        let said = if from == to { from } else { format!("{from}, od zmiany prawa {to}") };
        parts.push(format!("edycja {}: {said}", edition.no));
    }
    let out = finding("C-08", Severity::Info, "wersja przepisów", format!("Według dat: {}.", parts.join("; ")));
    if !soft {
        return out;
    }
    out.limit(
        "Do 23.10.2015 przepis o limicie 70 zł odsyłał do działań OPS; w konkursie wiązał, gdy podano go w ogłoszeniu.",
    )
}

fn code_on(day: NaiveDate) -> String {
    pai_on(day).map_or_else(|| "poza okresem PAI".to_owned(), |set| set.code)
}

/// It is said whether the money for socially useful work is the refund or the whole benefit (C-09).
/// Basis: upz art. 73a ust. 5. Date: none.
fn psu(o: &Outcomes, facts: &ReportFacts) -> Finding {
    let place = "prace społecznie użyteczne";
    if facts.psu_described || o.psu.is_zero() {
        return finding("C-09", Severity::Info, place, format!("Kwota {} jest opisana.", o.psu));
    }
    finding(
        "C-09",
        Severity::Warn,
        place,
        format!("Kwota {} nie mówi, czy to refundacja z FP, czy całe świadczenia.", o.psu),
    )
    .limit("Fundusz Pracy refunduje gminie do 60% (w szczególnych przypadkach do 100%) świadczenia.")
    .basis("art. 73a ust. 5 i 5b ustawy z 20.04.2004")
    .hint("Dopisz, czego dotyczy kwota.")
}

/// How many left, and whether others came in their place (C-10).
/// Basis: none; worth knowing. Date: none.
fn dropouts(content: &ProgrammeContent, o: &Outcomes, facts: &ReportFacts) -> Finding {
    let percent = percent(o.deregistered, content.persons());
    let found = format!("Przerwało {} z {}, czyli {percent}%.", persons(o.deregistered), content.persons());
    let out = finding("C-10", Severity::Info, "osoby, które przerwały", found);
    if facts.substitutes_described || o.deregistered == 0 {
        return out;
    }
    out.hint("Dopisz, czy na ich miejsce skierowano inne osoby.")
}

/// Two decimals, half up, as people write them.
fn percent(part: u32, whole: u32) -> String {
    let share = Decimal::from(part).checked_mul(Decimal::ONE_HUNDRED).and_then(|p| p.checked_div(Decimal::from(whole)));
    let rounded =
        share.unwrap_or_default().round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    format!("{rounded:.2}").replace('.', ",")
}

/// Effects are measured for each person, not by the profile alone (C-11).
/// Basis: upz art. 62a ust. 11 pkt 3; profiles were abolished on 14.06.2019. Date: the rule set.
fn measures(rules: &RuleSet, facts: &ReportFacts) -> Finding {
    if !facts.measures.is_empty() {
        return finding(
            "C-11",
            Severity::Info,
            "mierniki efektów",
            format!("Mierniki: {}.", facts.measures.join(", ")),
        );
    }
    let limit = if rules.profile_iii_required {
        "Zmiana profilu nie wystarcza (od 14.06.2019 profili nie ma); potrzebne są mierniki efektów indywidualnych."
    } else {
        "Profili pomocy nie ma od 14.06.2019; potrzebne są mierniki efektów indywidualnych."
    };
    finding("C-11", Severity::Warn, "mierniki efektów", "Efekt podano tylko zmianą profilu pomocy.".into())
        .limit(limit)
        .basis("art. 62a ust. 11 pkt 3 ustawy z 20.04.2004")
        .hint("Dopisz mierniki, np. frekwencję, ukończenie programu, podjęcie pracy po 30 i 90 dniach.")
}

/// Editions that end on a day free from work (C-12).
/// Basis: none; the calendar of classes is worth a look. Date: the last day of the edition.
fn free_days(content: &ProgrammeContent) -> Vec<Finding> {
    content
        .editions
        .iter()
        .filter(|e| !is_working_day(e.to))
        .map(|e| {
            let found = format!("Edycja {} kończy się w dzień wolny: {}.", e.no, show_date_weekday(e.to));
            finding("C-12", Severity::Info, &format!("edycja {}, koniec {}", e.no, show_date(e.to)), found)
                .hint("To dozwolone; sprawdź kalendarz zajęć.")
        })
        .collect()
}
