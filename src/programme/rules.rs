//! What must stand before a contest may be announced, and what the report on the programme shows.

use super::model::{Edition, Gmina, Group, OpsAnswer, ProgrammeContent};
use crate::law::hours::{check_edition, group_size};
use crate::law::{Finding, RuleSet, Severity, plural, show_date};

mod outcomes;
mod readings;

pub use outcomes::check_outcomes;
pub use readings::{Reading, readings};

/// Every check of a programme.
#[must_use]
pub fn check(content: &ProgrammeContent, rules: &RuleSet) -> Vec<Finding> {
    let mut findings = opinion(content, rules);
    findings.extend(ops_answers(content, rules));
    findings.extend(cooperation(content, rules));
    findings.extend(psu(content, rules));
    findings.extend(plan(content, rules));
    findings.extend(sums(content, rules));
    findings.extend(editions(&content.editions, rules));
    findings.extend(groups(&content.groups, rules, false));
    findings
}

/// The county labour-market council gave its opinion (R-PRE-01); its date is compared at announcement.
/// Basis: upz art. 62a ust. 3; for RSD the opinion is on the yearly plan, so its lack is a warning; a local
/// programme asks for none.
/// Date: the day of the opinion.
fn opinion(content: &ProgrammeContent, rules: &RuleSet) -> Vec<Finding> {
    let Some((severity, basis)) = opinion_asked(rules) else { return Vec::new() };
    if content.prrp.is_some() {
        return Vec::new();
    }
    vec![
        Finding::new("R-PRE-01", severity)
            .at("opinia powiatowej rady rynku pracy")
            .found("Nie zapisano opinii rady.")
            .limit("Opinia jest wydana przed ogłoszeniem konkursu; jej treść nie wiąże.")
            .basis(basis)
            .hint("Wpisz numer, datę i wynik opinii."),
    ]
}

/// How much the opinion of the council weighs under a rule set, and by which provision; nothing where none is asked for.
#[must_use]
pub fn opinion_asked(rules: &RuleSet) -> Option<(Severity, &'static str)> {
    match rules.family() {
        "PAI" => Some((Severity::Block, "art. 62a ust. 3 ustawy z 20.04.2004")),
        "RSD" => Some((Severity::Warn, "art. 268 ustawy z 20.03.2025 (opinia do podziału środków, raz na plan)")),
        _ => None,
    }
}

/// In every gmina of the programme no agreement with the OPS (or CUS) was made (R-PRE-02).
/// Basis: upz art. 62a ust. 9; only where the rule set asks the OPS first.
/// Date: the day of the answer, or of the lapse of its term.
fn ops_answers(content: &ProgrammeContent, rules: &RuleSet) -> Vec<Finding> {
    if !rules.needs_ops {
        return Vec::new();
    }
    content.gminas.iter().filter_map(|gmina| ops_answer(gmina, rules)).collect()
}

/// The provision by which the OPS is asked first; a local programme names its own.
#[must_use]
pub fn ops_basis(rules: &RuleSet) -> String {
    if rules.is_local() { rules.act.clone() } else { "art. 62a ust. 9 ustawy z 20.04.2004".to_owned() }
}

fn ops_answer(gmina: &Gmina, rules: &RuleSet) -> Option<Finding> {
    let finding = |found: String| {
        Finding::block("R-PRE-02")
            .at(format!("gmina {}", gmina.name))
            .found(found)
            .limit("Dla każdej gminy konkursu jest zapisane, że nie zawarto porozumienia z OPS lub CUS.")
            .basis(ops_basis(rules))
    };
    let who = gmina.centre();
    match &gmina.ops {
        None => {
            Some(finding(format!("Nie zapisano odpowiedzi {who}.")).hint(format!(
                "Wpisz datę zapytania i odpowiedź {who} albo dzień, w którym minął termin na odpowiedź."
            )))
        }
        Some(ops) if ops.answer == OpsAnswer::Concluded => Some(
            finding(format!("{who} zawarł porozumienie {}.", show_date(ops.answered_on)))
                .hint(format!("Usuń tę gminę z programu: tam działania prowadzi {who}.")),
        ),
        Some(_) => None,
    }
}

/// In every gmina there is a co-operation agreement with the OPS (R-PRE-03); before the first referral it
/// must stand, at publication its lack is a warning.
/// Basis: upz art. 62a ust. 12; only where the rule set asks the OPS first.
/// Date: the announcement.
fn cooperation(content: &ProgrammeContent, rules: &RuleSet) -> Option<Finding> {
    let lacking = gminas_without(content, rules.needs_ops, |g| g.cooperation.is_some())?;
    Some(
        Finding::warn("R-PRE-03")
            .at("porozumienie o współpracy z OPS")
            .found(format!("Nie zapisano go dla: {lacking}."))
            .limit("Porozumienie określa kryteria wyboru bezrobotnych i wymianę informacji; musi być przed pierwszym skierowaniem.")
            .basis(if rules.family() == "PAI" { "art. 62a ust. 12 ustawy z 20.04.2004" } else { rules.act.as_str() })
            .hint("Wpisz numer i datę porozumienia albo zawrzyj je przed skierowaniem pierwszej osoby."),
    )
}

/// In every gmina of PAI there is an agreement on socially useful work (R-PRE-04).
/// Basis: upz art. 73a ust. 2. Date: the announcement.
fn psu(content: &ProgrammeContent, rules: &RuleSet) -> Option<Finding> {
    let lacking = gminas_without(content, rules.family() == "PAI", |g| g.psu.is_some())?;
    Some(
        Finding::warn("R-PRE-04")
            .at("porozumienie o pracach społecznie użytecznych")
            .found(format!("Nie zapisano go dla: {lacking}."))
            .limit("Blok aktywizacji programu opiera się na porozumieniu starosty z gminą.")
            .basis("art. 73a ust. 2 ustawy z 20.04.2004")
            .hint("Wpisz numer i datę porozumienia z gminą."),
    )
}

/// The names of the gminas that lack something the rule set asks for.
fn gminas_without(content: &ProgrammeContent, asked: bool, has: impl Fn(&Gmina) -> bool) -> Option<String> {
    let names: Vec<&str> = content.gminas.iter().filter(|g| asked && !has(g)).map(|g| g.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The plan of the money, for PAI and RSD that of the Labour Fund, is known (first half of R-PRE-05; a call's money is compared with it later).
/// Basis: upz art. 62c ust. 2; art. 268 of the act of 20.03.2025.
/// Date: the year of the plan.
fn plan(content: &ProgrammeContent, rules: &RuleSet) -> Vec<Finding> {
    let place = if rules.is_local() { "plan środków programu" } else { "plan środków Funduszu Pracy" };
    let finding = |found: &str| {
        Finding::block("R-PRE-05")
            .at(place)
            .found(found)
            .limit("Pula konkursów mieści się w planie środków.")
            .basis(plan_basis(rules))
            .hint("Wpisz numer planu i kwotę.")
    };
    match &content.plan {
        None => vec![finding("Nie podano planu środków.")],
        Some(plan) if plan.amount.is_zero() => vec![finding("Kwota planu wynosi 0,00 zł.")],
        Some(_) => Vec::new(),
    }
}

/// The provision on the money of a rule set's family; a local programme names its own.
#[must_use]
pub fn plan_basis(rules: &RuleSet) -> String {
    match rules.family() {
        "PAI" => "art. 62c ust. 2 ustawy z 20.04.2004".to_owned(),
        "RSD" => "art. 268 ustawy z 20.03.2025".to_owned(),
        _ => rules.act.clone(),
    }
}

/// Persons of the gminas, of the editions and of the groups are the same people (R-PRE-06). A local programme whose
/// rules count no hours needs no groups: its task may be no classes.
/// Basis: a decision of this product. Date: none.
fn sums(content: &ProgrammeContent, rules: &RuleSet) -> Vec<Finding> {
    let gminas = content.persons();
    let editions: u32 = content.editions.iter().map(|e| e.persons).sum();
    if content.groups.is_empty() && rules.may_have_no_classes() {
        let found = format!("W gminach {gminas}, w edycjach {editions}.");
        let unequal = unequal("liczba osób", found, "Te dwie sumy są równe i większe od zera.")
            .hint("Popraw liczby w gminach albo edycjach; grup ten program mieć nie musi.");
        return if gminas == 0 || gminas != editions { vec![unequal] } else { Vec::new() };
    }
    let groups: u32 = content.groups.iter().map(|g| g.persons).sum();
    let mut findings = Vec::new();
    if gminas == 0 || gminas != editions || editions != groups {
        findings.push(unequal(
            "liczba osób",
            format!("W gminach {gminas}, w edycjach {editions}, w grupach {groups}."),
            "Te trzy sumy są równe i większe od zera.",
        ));
    }
    for edition in &content.editions {
        let of_groups: u32 = content.groups.iter().filter(|g| g.edition == edition.no).map(|g| g.persons).sum();
        if of_groups != edition.persons {
            findings.push(unequal(
                &format!("edycja {}", edition.no),
                format!("W edycji {} {}, w jej grupach {of_groups}.", edition.persons, persons_word(edition.persons)),
                "Osoby edycji są podzielone na jej grupy.",
            ));
        }
    }
    findings.extend(strays(content));
    findings
}

/// Groups that name an edition or a gmina the programme does not have, or a code twice.
fn strays(content: &ProgrammeContent) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, group) in content.groups.iter().enumerate() {
        let place = format!("grupa {}", group.code);
        if content.edition(group.edition).is_none() {
            findings.push(unequal(
                &place,
                format!("Edycji {} nie ma w programie.", group.edition),
                "Grupa należy do edycji programu.",
            ));
        }
        if !content.gminas.iter().any(|g| g.name == group.gmina) {
            findings.push(unequal(
                &place,
                format!("Gminy „{}” nie ma w programie.", group.gmina),
                "Grupa należy do gminy programu.",
            ));
        }
        if content.groups.iter().take(i).any(|earlier| earlier.code == group.code) {
            findings.push(unequal(&place, format!("Kod {} powtarza się.", group.code), "Każda grupa ma własny kod."));
        }
    }
    findings
}

fn unequal(place: &str, found: String, limit: &str) -> Finding {
    Finding::block("R-PRE-06")
        .at(place)
        .found(found)
        .limit(limit)
        .basis("ustalenie przyjęte w programie Konkurs")
        .hint("Popraw liczby w gminach, edycjach albo grupach.")
}

fn persons_word(n: u32) -> &'static str {
    plural(n.into(), "osoba", "osoby", "osób")
}

/// Each edition is as long as the rule set says (R-HRS-02): PAI exactly 2 months, RSD at most 6.
/// Basis: upz art. 62b ust. 1; art. 200 ust. 3 of the act of 20.03.2025.
/// Date: the first day of the edition.
#[must_use]
pub fn editions(editions: &[Edition], rules: &RuleSet) -> Vec<Finding> {
    let named = |e: &Edition, mut f: Finding| {
        f.place = format!("edycja {}", e.no);
        f
    };
    editions.iter().flat_map(|e| check_edition(e.from, e.to, rules).into_iter().map(|f| named(e, f))).collect()
}

/// No group is larger than the law's ten; one under six costs much for a person (R-HRS-03).
/// Basis: upz art. 62c ust. 3; `larger_allowed` when the announcement says so.
/// Date: none.
#[must_use]
pub fn groups(groups: &[Group], rules: &RuleSet, larger_allowed: bool) -> Vec<Finding> {
    groups
        .iter()
        .filter_map(|g| group_size(&format!("grupa {}", g.code), &g.code, g.persons, rules, larger_allowed))
        .collect()
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
