//! What a call must say and prove before it is announced, and what cancels it.

use chrono::NaiveDate;

use super::model::{CallContent, Mode};
use crate::law::{CapTerms, Finding, Money, RuleSet, Severity, Tables, check_new_call, show_date};
use crate::programme::{self, Gmina, OpsAnswer, ProgrammeContent};

mod agreement;
mod amendment;
mod announcement;
mod approval;
mod asked;
mod basis;
mod cancelling;
mod card;
mod dates;
mod extension;
mod lines;
mod local;
mod money;
mod naming;
mod office;
pub mod outage;
mod places;
mod weekly;

pub use amendment::{Amending, AmendmentKind, FieldChange, changes, check_amendment, earliest_deadline, only_deadline};
pub use announcement::element_7_as_approved;
pub use approval::{check_approver, check_same_programme, check_same_text, unapproved};
pub use cancelling::{check_cancel, obstacle, possible_reasons, reserved};
pub use card::check_card;
pub use dates::{Ready, check_days, check_hours, check_places, check_ready, deadline_instant, deadline_passed};
pub use extension::{LEAST_WHY, NAMED, check_extension};
pub use lines::Weight;
pub use money::{hours_text, resolve_cap};
pub use naming::gives_away;
pub use office::{confirmed, four_eyes, of_programme};
pub use places::{AfterPublication, Gap, Longer, check_facts, check_notice, check_restored, in_force};

/// Every check of a call that would be announced on `announced_on`. `committed` is the money of the
/// programme's other calls.
#[must_use]
pub fn check(
    content: &CallContent,
    programme: &ProgrammeContent,
    announced_on: NaiveDate,
    tables: &Tables,
    committed: Money,
) -> Vec<Finding> {
    let mut findings = check_new_call(&content.rules, announced_on, content.other_basis.as_ref());
    findings.extend(no_small_grant(content));
    findings.extend(preconditions(content, programme, announced_on));
    findings.extend(money::allocation(content, programme, committed));
    findings.extend(announcement::elements(content, announced_on));
    findings.extend(announcement::conditions(content));
    findings.extend(weekly::weekly(content));
    findings.extend(announcement::editions_later(content));
    findings.extend(announcement::as_in_programme(content, programme));
    findings.extend(local::chosen(content));
    findings.extend(agreement::texts(content));
    findings.extend(dates::deadline(content, announced_on));
    findings.extend(check_card(&content.card, content.mode));
    findings.extend(mode(content));
    findings.extend(asked::attachments(&content.attachments));
    findings.extend(asked::formal(&content.formal));
    findings.extend(asked::correction(content));
    findings.extend(reserved(content));
    findings.extend(office::money(content));
    findings.extend(office::committee(content));
    findings.extend(programme::rules::editions(&content.editions, &content.rules));
    if content.applies().classes {
        findings.extend(programme::rules::groups(&content.groups, &content.rules, larger_allowed(content)));
    }
    findings.extend(money::planned(content, announced_on, tables));
    findings
}

/// What stops a call from opening for offers on `today`, the day on which its places are recorded: too few days up to the
/// deadline (R-ANN-03), a law that new calls may not use any more (R-LAW).
/// Basis: UDPP art. 13 ust. 1; the law of the task. Date: `today`.
#[must_use]
pub fn check_opening(content: &CallContent, today: NaiveDate) -> Vec<Finding> {
    let law = check_new_call(&content.rules, today, content.other_basis.as_ref());
    dates::opening(content, today).into_iter().chain(law.into_iter().filter(is_blocking)).collect()
}

/// The announcement says that groups may be larger than the law's.
fn larger_allowed(content: &CallContent) -> bool {
    content.rules.group_max.is_some_and(|max| content.terms.group_max > max)
}

/// The programme's preconditions stand, and the council's opinion is not later than the announcement.
/// For RSD a late opinion is a warning, a local programme asks for none.
/// Basis: upz art. 62a ust. 3 and 9, art. 268 of the act of 20.03.2025; R-PRE-01, R-PRE-02, R-PRE-05, R-PRE-06.
/// Date: the announcement.
fn preconditions(content: &CallContent, programme: &ProgrammeContent, announced_on: NaiveDate) -> Vec<Finding> {
    let mut findings: Vec<Finding> = programme::rules::check(programme, &content.rules)
        .into_iter()
        .filter(|f| f.rule.as_str().starts_with("R-PRE"))
        .collect();
    let late = programme.prrp.as_ref().filter(|prrp| prrp.date > announced_on);
    findings.extend(late.zip(programme::rules::opinion_asked(&content.rules)).map(|(prrp, (severity, basis))| {
        Finding::new("R-PRE-01", severity)
            .at("opinia powiatowej rady rynku pracy")
            .found(format!("Opinia jest z {}, a ogłoszenie z {}.", show_date(prrp.date), show_date(announced_on)))
            .limit("Opinia jest wydana najpóźniej w dniu ogłoszenia konkursu.")
            .basis(basis)
            .hint("Ogłoś konkurs po wydaniu opinii.")
    }));
    let asked = programme.gminas.iter().filter(|_| content.rules.needs_ops);
    findings.extend(asked.filter_map(|gmina| late_answer(gmina, &content.rules, announced_on)));
    findings
}

/// Where the OPS or CUS is asked first, it has answered, or its time to answer is over, by the announcement (R-PRE-02).
/// Basis: upz art. 62a ust. 9. Date: the announcement.
fn late_answer(gmina: &Gmina, rules: &RuleSet, announced_on: NaiveDate) -> Option<Finding> {
    let ops = gmina.ops.as_ref().filter(|ops| ops.answered_on > announced_on)?;
    let (who, on, announced) = (gmina.centre(), show_date(ops.answered_on), show_date(announced_on));
    let found = match ops.answer {
        OpsAnswer::Silent => format!("Termin na odpowiedź {who} mija {on}, a ogłoszenie jest z {announced}."),
        OpsAnswer::Declined | OpsAnswer::Concluded => {
            format!("Odpowiedź {who} jest z {on}, a ogłoszenie z {announced}.")
        }
    };
    Some(
        Finding::block("R-PRE-02")
            .at(format!("gmina {}", gmina.name))
            .found(found)
            .limit("Konkurs ogłasza się, gdy OPS lub CUS odmówił albo gdy minął jego termin na odpowiedź.")
            .basis(programme::rules::ops_basis(rules))
            .hint("Ogłoś konkurs po tym dniu albo popraw datę w programie."),
    )
}

/// When the task is entrusted, own money is not scored (R-MODE-01).
/// Basis: UDPP art. 15 ust. 1 pkt 4 (only wspieranie).
/// Date: the announcement.
fn mode(content: &CallContent) -> Vec<Finding> {
    let points: u32 = content.card.criteria.iter().filter(|c| c.point == 4).map(|c| c.max).sum();
    if content.mode == Mode::Supporting || points == 0 {
        return Vec::new();
    }
    vec![
        Finding::block("R-MODE-01")
            .at("karta oceny")
            .found(format!("Za wkład własny (pkt 4) można dostać punkty: {points}."))
            .limit("Przy powierzeniu zadania wkładu własnego się nie ocenia.")
            .basis("art. 15 ust. 1 pkt 4 UDPP")
            .hint("Usuń kryterium z pkt 4 albo ogłoś konkurs jako wspieranie."),
    ]
}

/// A small grant without a contest is no basis for this task (R-MODE-03).
/// Basis: UDPP art. 19a; upz art. 62a ust. 10 requires the contest.
/// Date: the announcement.
fn no_small_grant(content: &CallContent) -> Vec<Finding> {
    let Some(other) = content.other_basis.as_ref().filter(|other| basis::names_small_grant(&other.basis)) else {
        return Vec::new();
    };
    vec![
        Finding::block("R-MODE-03")
            .at("inna podstawa prawna")
            .found(format!("Jako podstawę wpisano: {}.", other.basis.trim()))
            .limit("Małych dotacji (art. 19a) nie stosuje się do tego zadania: potrzebny jest konkurs.")
            .basis("art. 19a UDPP; art. 62a ust. 10 ustawy z 20.04.2004")
            .hint("Wskaż inną podstawę albo ogłoś konkurs na zwykłych zasadach."),
    ]
}

/// The cap as the call would freeze it on `day`, for showing; nothing where it cannot be resolved.
#[must_use]
pub fn cap_on(content: &CallContent, day: NaiveDate, tables: &Tables) -> Option<CapTerms> {
    content.cap.clone().or_else(|| resolve_cap(content, day, tables).ok().flatten())
}

/// Whether a finding stops the announcement.
#[must_use]
pub fn is_blocking(finding: &Finding) -> bool {
    finding.severity == Severity::Block
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;

#[cfg(test)]
#[path = "rules/amendment_test.rs"]
mod amendment_test;
#[cfg(test)]
#[path = "rules/law_test.rs"]
mod law_test;
#[cfg(test)]
#[path = "rules/places_test.rs"]
mod places_test;
