//! Money rules that the office sets itself, the committee's regulations, and who may announce.

use super::super::model::{CallContent, Mode, Preparer};
use crate::law::Finding;
use crate::programme::ProgrammeState;
use crate::store::PersonId;

/// Planned tranches make up the whole grant (R-PAY-01), no offer may ask for more than there is (R-OFF-10),
/// own money is asked for only when the task is supported (R-MODE-04).
/// Basis: UDPP art. 11 ust. 1, art. 13 ust. 2 pkt 2 and 3. Date: the announcement.
pub fn money(content: &CallContent) -> Vec<Finding> {
    let mut findings = tranches(content);
    let pool = content.elements.allocation;
    if let Some(max) = content.terms.offer_max.filter(|max| *max > pool) {
        findings.push(
            Finding::block("R-OFF-10")
                .at("najwyższa dotacja na ofertę")
                .found(format!("Najwyższa dotacja: {max}."))
                .limit(format!("Pula konkursu: {pool}."))
                .basis("art. 13 ust. 2 pkt 2 UDPP")
                .hint("Zmniejsz najwyższą dotację albo zostaw pole puste."),
        );
    }
    findings.extend(own_share(content));
    findings.extend(grant_share(content));
    findings
}

fn tranches(content: &CallContent) -> Vec<Finding> {
    let planned = &content.money.tranches;
    let sum: u32 = planned.iter().map(|t| t.share).fold(0, u32::saturating_add);
    if planned.is_empty() || sum == 100 {
        return Vec::new();
    }
    vec![
        Finding::block("R-PAY-01")
            .at("planowane transze")
            .found(format!("Udziały transz dają razem {sum}% dotacji."))
            .limit("Suma transz równa się kwocie dotacji (100%).")
            .basis("art. 13 ust. 2 pkt 3 UDPP; § 3 wzoru umowy")
            .hint("Popraw udziały transz."),
    ]
}

fn own_share(content: &CallContent) -> Option<Finding> {
    let asked = content.money.min_own_percent.filter(|percent| *percent > 0);
    let finding = match (content.mode, asked) {
        (Mode::Entrusting, Some(percent)) => Finding::block("R-MODE-04")
            .found(format!("Przy powierzeniu wymagany jest wkład własny: {percent}%."))
            .hint("Usuń wymagany wkład albo ogłoś konkurs jako wspieranie."),
        (Mode::Supporting, None) => Finding::warn("R-MODE-04")
            .found("Przy wspieraniu nie podano wymaganego wkładu własnego.")
            .hint("Podaj najmniejszy wkład własny, choćby 1%."),
        (Mode::Entrusting, None) | (Mode::Supporting, Some(_)) => return None,
    };
    Some(
        finding
            .at("wkład własny")
            .limit("Przy powierzeniu dotacja pokrywa wszystkie koszty; przy wspieraniu ogłoszenie podaje wkład własny.")
            .basis("art. 11 ust. 1 i art. 15 ust. 1 pkt 4 UDPP"),
    )
}

/// A largest share of the grant below the whole asks for other money, which only a call that supports the task may do.
fn grant_share(content: &CallContent) -> Option<Finding> {
    let percent = content.money.max_grant_percent.filter(|percent| *percent < 100)?;
    (content.mode == Mode::Entrusting).then(|| {
        Finding::block("R-MODE-04")
            .at("udział dotacji")
            .found(format!("Przy powierzeniu dotacja pokrywa najwyżej {percent}% kosztów."))
            .limit("Przy powierzeniu dotacja pokrywa wszystkie koszty.")
            .basis("art. 11 ust. 1 i art. 15 ust. 1 pkt 4 UDPP")
            .hint("Usuń granicę udziału dotacji albo ogłoś konkurs jako wspieranie.")
    })
}

/// The committee's regulations are there, have a quorum (R-COM-05) and name the yearly co-operation
/// programme they follow (R-COM-06).
/// Basis: UDPP art. 5a ust. 4 pkt 11, art. 15 ust. 2a–2f. Date: the announcement.
pub fn committee(content: &CallContent) -> Vec<Finding> {
    let rules = &content.committee_rules;
    let mut findings = Vec::new();
    if rules.quorum < 3 {
        findings.push(
            Finding::warn("R-COM-05")
                .at("kworum komisji")
                .found(format!("Kworum: {}.", rules.quorum))
                .limit("Połowa oceniających, nie mniej niż 3 osoby.")
                .basis("art. 15 ust. 2b UDPP; regulamin pracy komisji")
                .hint("Podaj kworum co najmniej 3."),
        );
    }
    let gaps = [
        (rules.text.trim().is_empty(), "Nie wpisano regulaminu pracy komisji."),
        (
            rules.programme.trim().is_empty(),
            "Nie wskazano rocznego programu współpracy, z którym regulamin ma być zgodny.",
        ),
    ];
    for (_, found) in gaps.into_iter().filter(|(missing, _)| *missing) {
        findings.push(
            Finding::warn("R-COM-06")
                .at("regulamin komisji")
                .found(found)
                .limit("Zasady powoływania i pracy komisji wynikają z rocznego programu współpracy.")
                .basis("art. 5a ust. 4 pkt 11 UDPP")
                .hint("Wpisz regulamin oraz numer i datę uchwały z programem współpracy."),
        );
    }
    findings
}

/// The programme is confirmed: a change of it asks for a new confirmation (R-PRE-06).
/// Basis: a decision of this product. Date: the announcement.
#[must_use]
pub fn confirmed(state: ProgrammeState) -> Option<Finding> {
    (state != ProgrammeState::Ready).then(|| {
        Finding::block("R-PRE-06")
            .at("program")
            .found(format!("Program jest w stanie „{}”.", state.label()))
            .limit("Konkurs przygotowuje się i ogłasza z zatwierdzonego programu.")
            .basis("ustalenie przyjęte w programie Konkurs")
            .hint("Uzupełnij i zatwierdź program.")
    })
}

/// Whoever prepared a call does not announce it (R-PUB-01). `others` are the names of those who may.
/// Basis: a decision of this product (four eyes); UDPP art. 11 ust. 2b makes it an act of the organ.
/// Date: the announcement.
#[must_use]
pub fn four_eyes(prepared_by: &[Preparer], who: Option<&PersonId>, others: &[String]) -> Option<Finding> {
    let own = prepared_by.iter().find(|p| Some(&p.person) == who)?;
    let hint = if others.is_empty() {
        "Poproś administratora, żeby nadał rolę organu osobie, która nie przygotowywała tego konkursu.".to_owned()
    } else {
        format!("Ogłosić może: {}.", others.join(", "))
    };
    Some(
        Finding::block("R-PUB-01")
            .at("ogłoszenie konkursu")
            .found(format!("Projekt zapisywała też osoba, która chce go ogłosić: {}.", own.name))
            .limit("Konkurs zatwierdza i ogłasza osoba, która go nie przygotowywała.")
            .basis("zasada dwóch par oczu przyjęta w programie; art. 11 ust. 2b UDPP")
            .hint(hint),
    )
}

/// The finding of [`four_eyes`] about somebody who prepared only the programme.
#[must_use]
pub fn of_programme(finding: Finding, who: &str) -> Finding {
    finding
        .found(format!("Program konkursu zapisywała albo zatwierdzała osoba, która chce go ogłosić: {who}."))
        .limit("Konkurs zatwierdza i ogłasza osoba, która nie przygotowywała ani jego, ani programu.")
}
