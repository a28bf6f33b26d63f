//! What must hold before a contract is drawn up, printed, signed and paid. Pure.

use chrono::{Datelike, NaiveDate};

use super::model::ContractContent;
use crate::award::{Award, AwardLine, AwardState, Outcome};
use crate::error::FieldErrors;
use crate::law::rules::check_clauses;
use crate::law::{CapScope, Finding, Money, Nrb, add_days, cap, check_grant, edition_end, show_date, warsaw_date};
use crate::offer::{Offer, OfferState};

mod payment;
pub use payment::{check_paid_to, is_paid, next_tranche, payable, return_errors};

/// Longest contract in months.
const LONGEST: u32 = 60;
/// Days after the results in which a contract is signed without a word of explanation.
const SOON: u32 = 14;
/// Days after the time for use in which unused money comes back.
pub const RETURN_DAYS: u32 = 15;
/// Days after the conclusion in which a single payment is made.
pub const PAY_DAYS: u32 = 30;
/// Days after the end of the task in which its costs may still be paid.
pub const USE_DAYS: u32 = 14;

/// A contract follows a selected offer and public results (R-CON-01).
/// Basis: art. 15 ust. 4 UDPP. Date: the publication of the results.
///
/// # Errors
/// The finding that says what is missing.
pub fn award_line(offer: &Offer, award: Option<&Award>) -> Result<AwardLine, Finding> {
    let refuse = |found: &str| {
        Finding::block("R-CON-01")
            .at(format!("oferta {}", offer.number.as_deref().unwrap_or_default()))
            .found(found)
            .limit("Umowę zawiera się z oferentem, którego ofertę wybrano, po ogłoszeniu wyników.")
            .basis("art. 15 ust. 4 UDPP")
            .hint("Najpierw ogłoś wyniki konkursu.")
    };
    let Some(award) = award.filter(|a| a.state == AwardState::Published) else {
        return Err(refuse("Wyniki konkursu nie są jeszcze ogłoszone."));
    };
    let line = award.content.lines.iter().find(|l| l.offer == offer.id && l.outcome == Outcome::Selected);
    match line {
        Some(line) if offer.state == OfferState::Selected => Ok(line.clone()),
        _ => Err(refuse("Ta oferta nie jest wybrana.")),
    }
}

/// Everything that stands in the way of printing the contract, and what is worth knowing.
#[must_use]
pub fn check(content: &ContractContent, awarded: Money) -> Vec<Finding> {
    let mut out = Vec::new();
    out.extend(check_term(content));
    out.extend(check_use(content));
    out.extend(check_clauses(&content.rules, |key| content.clause(key).map(|c| c.text.clone())));
    out.extend(check_tranches(content));
    out.extend(check_award(content, awarded));
    out.extend(check_cap(content));
    out.extend(check_account(content.account.as_ref()));
    out.extend(check_costs(content));
    out
}

/// A contract lasts at most five years (R-CON-02).
/// Basis: art. 16 ust. 3 UDPP. Dates: the first and the last day of the task.
#[must_use]
pub fn check_term(content: &ContractContent) -> Option<Finding> {
    let last = edition_end(content.starts, LONGEST);
    (content.ends > last).then(|| {
        Finding::block("R-CON-02")
            .at("§ 2, termin realizacji")
            .found(format!("Od {} do {}.", show_date(content.starts), show_date(content.ends)))
            .limit(format!("Najwyżej 5 lat, czyli do {}.", show_date(last)))
            .basis("art. 16 ust. 3 UDPP")
            .hint("Skróć termin realizacji.")
    })
}

/// The grant is used by 31 December of its budget year (R-CON-03).
/// Basis: art. 221 ust. 3 pkt 3 ufp. Date: the last day of use; of a task over
/// several years, the year in which it ends (each earlier year is cut by § 2).
#[must_use]
pub fn check_use(content: &ContractContent) -> Option<Finding> {
    let year = content.ends.year();
    let last = NaiveDate::from_ymd_opt(year, 12, 31)?;
    (content.use_until > last).then(|| {
        Finding::block("R-CON-03")
            .at("§ 2, termin wykorzystania dotacji")
            .found(format!("Dotację można wydawać do {}.", show_date(content.use_until)))
            .limit(format!("Najpóźniej {}.", show_date(last)))
            .basis("art. 221 ust. 3 pkt 3 ufp")
            .hint("Skróć termin wykorzystania dotacji do końca roku budżetowego.")
    })
}

/// The tranches make up the grant (R-PAY-01).
/// Basis: § 3 of the contract. Date: none.
#[must_use]
pub fn check_tranches(content: &ContractContent) -> Option<Finding> {
    let sum = Money::sum(content.tranches.iter().map(|t| t.amount));
    let empty = content.tranches.iter().any(|t| t.amount.is_zero());
    if sum == Some(content.grant) && !empty {
        return None;
    }
    let found = match sum {
        Some(_) if empty => "Jedna z transz ma kwotę 0,00 zł.".to_owned(),
        Some(sum) => format!("Suma transz: {sum}."),
        None => "Suma transz jest zbyt duża.".to_owned(),
    };
    Some(
        Finding::block("R-PAY-01")
            .at("§ 3, transze")
            .found(found)
            .limit(format!("Dotacja: {}.", content.grant))
            .basis("§ 3 umowy")
            .hint("Popraw kwoty transz, tak aby razem dały kwotę dotacji."),
    )
}

/// The grant is what the organ awarded (R-PAY-01).
/// Basis: art. 15 ust. 2h UDPP. Date: the decision.
#[must_use]
pub fn check_award(content: &ContractContent, awarded: Money) -> Option<Finding> {
    (content.grant != awarded).then(|| {
        Finding::block("R-PAY-01")
            .at("§ 3, kwota dotacji")
            .found(format!("Kwota w umowie: {}.", content.grant))
            .limit(format!("Organ przyznał {awarded}."))
            .basis("art. 15 ust. 2h UDPP")
            .hint("Kwota dotacji w umowie wynika z rozstrzygnięcia konkursu; przygotuj umowę na nowo.")
    })
}

/// The grant fits under the cap over planned hours (R-CAP-01).
/// Basis: the terms' own. Date: the day of the contract, through the terms.
#[must_use]
pub fn check_cap(content: &ContractContent) -> Vec<Finding> {
    if !content.rules.has_cap() {
        return Vec::new();
    }
    let Ok(limit) = cap::cap(&content.cap, &content.group_hours()) else {
        return vec![Finding::block("R-CAP-01").at("załącznik nr 1").found(cap::CapOverflow.to_string())];
    };
    check_grant(&limit, &content.cap, capped(content), content.rules.cap_binds)
}

/// The amount that the cap covers.
fn capped(content: &ContractContent) -> Money {
    match content.cap.scope {
        CapScope::WholeGrant => content.grant,
        CapScope::TrainerLines => {
            let lines = content.costs.iter().filter(|c| c.trainer).filter_map(crate::offer::CostLine::value);
            Money::sum(lines).unwrap_or(content.grant)
        }
    }
}

/// The contract names the account that is paid to (R-PAY-03).
/// Basis: § 3 of the contract. Date: none.
#[must_use]
pub fn check_account(account: Option<&Nrb>) -> Option<Finding> {
    account.is_none().then(|| {
        Finding::block("R-PAY-03")
            .at("§ 3, rachunek")
            .found("Brak numeru rachunku Zleceniobiorcy.")
            .limit("Umowa podaje jeden rachunek, na który idą wszystkie transze.")
            .basis("§ 3 umowy")
            .hint("Wpisz numer rachunku w edycji umowy.")
    })
}

/// Costs above the sources mean that the offer was not brought down to the award (R-OFF-04).
/// Basis: V.A and V.B of the offer. Date: none.
#[must_use]
pub fn check_costs(content: &ContractContent) -> Option<Finding> {
    let asked = content.sources.grant;
    let missing = asked.saturating_sub_floor0(content.grant);
    (!missing.is_zero()).then(|| {
        Finding::warn("R-OFF-04")
            .at("załącznik nr 2, kosztorys")
            .found(format!("Oferta wnioskuje o {asked}, a przyznano {}.", content.grant))
            .limit("Kosztorys i harmonogram odpowiadają przyznanej kwocie.")
            .basis("oferta, część V.A i V.B (Dz.U. 2018 poz. 2057)")
            .hint(if content.applies().classes {
                "Poproś organizację o zaktualizowaną ofertę: koszty i godziny w umowie są jeszcze z pierwotnej."
            } else {
                "Poproś organizację o zaktualizowaną ofertę: koszty w umowie są jeszcze z pierwotnej."
            })
            .amount(missing)
    })
}

/// A contract is signed after the results (R-CON-01), without undue delay (R-CON-05).
/// Basis: art. 15 ust. 4 UDPP. Date: the day of the last signature.
#[must_use]
pub fn check_signing(signed_on: NaiveDate, award: Option<&Award>) -> Vec<Finding> {
    let published = award.and_then(|a| a.published_at).map(warsaw_date);
    let Some(published) = published.filter(|day| *day <= signed_on) else {
        let limit = published.map_or("Wyniki nie są jeszcze ogłoszone.".to_owned(), |day| {
            format!("Nie wcześniej niż {}, w dniu ogłoszenia wyników.", show_date(day))
        });
        return vec![
            Finding::block("R-CON-01")
                .at("data podpisania")
                .found(format!("Data podpisania: {}.", show_date(signed_on)))
                .limit(limit)
                .basis("art. 15 ust. 4 UDPP")
                .hint("Sprawdź datę na podpisanym egzemplarzu."),
        ];
    };
    let soon = add_days(published, SOON);
    let late = (signed_on > soon).then(|| {
        Finding::warn("R-CON-05")
            .at("data podpisania")
            .found(format!("Podpisano {}, wyniki ogłoszono {}.", show_date(signed_on), show_date(published)))
            .limit(format!("Bez zbędnej zwłoki; przyjęto {SOON} dni, do {}.", show_date(soon)))
            .basis("art. 15 ust. 4 UDPP")
            .hint("Przekroczenie zostaje zapisane w historii umowy.")
    });
    late.into_iter().collect()
}

/// The dates of the contract fit each other (art. 221 ust. 3 pkt 3 and 6, art. 251 ust. 3 ufp).
#[must_use]
pub fn date_errors(c: &ContractContent) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if c.ends < c.starts {
        errors.add("ends", "Koniec realizacji nie może być wcześniejszy niż początek.");
    }
    if c.use_until < c.starts {
        errors.add("use_until", "Termin wykorzystania dotacji nie może być wcześniejszy niż początek realizacji.");
    }
    let last = add_days(c.use_until, RETURN_DAYS);
    if c.return_until < c.use_until || c.return_until > last {
        errors.add(
            "return_until",
            format!(
                "Zwrot następuje po terminie wykorzystania i najpóźniej {RETURN_DAYS} dni po nim, czyli do {} \
                 (art. 221 ust. 3 pkt 6 i art. 251 ust. 3 ufp).",
                show_date(last)
            ),
        );
    }
    errors
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
