//! Finance closes the settlement of a contract.

use super::figures::figures;
use super::model::{Figures, Settlement, SettlementState};
use super::store;
use crate::account::Actor;
use crate::audit::{self, Deed};
use crate::contract::{self, ContractState};
use crate::error::AppError;
use crate::law::{Finding, Instant};
use crate::report::{self, Report, ReportKind, ReportState};
use crate::store::{ContractId, SettlementId, Tx, digest, to_json};

/// Closes the settlement: the final report is accepted, no other is under way, and the money is back.
/// A second closing leads to the same settlement.
///
/// # Errors
/// `Refused` with what is missing; `Forbidden` while the contract is not in force.
pub fn close(tx: &mut Tx<'_>, by: &Actor, id: &ContractId, now: Instant) -> Result<SettlementId, AppError> {
    let contract = contract::store::find(tx, id)?;
    if let Some(there) = store::of_contract(tx, id)? {
        return Ok(there.id);
    }
    if contract.state != ContractState::Signed {
        return Err(AppError::forbidden("Rozliczyć można tylko umowę zawartą i jeszcze nierozliczoną."));
    }
    let figures = figures(tx, &contract)?;
    let missing = missing(&report::store::of_contract(tx, id)?, &figures);
    if !missing.is_empty() {
        return Err(AppError::Refused(missing));
    }
    let settlement = Settlement {
        id: SettlementId::new(),
        contract: id.clone(),
        state: SettlementState::Closed,
        version: 0,
        figures,
        closed_at: Some(now),
        closed_by: by.log_name().to_owned(),
    };
    // The contract's version is compared first, so of two closings one is told that it came second.
    contract::settle(tx, by, id, contract.version, now)?;
    store::insert(tx, &settlement)?;
    let f = &settlement.figures;
    let deed = Deed {
        actor: by.log_name(),
        deed: "settlement.close",
        object_kind: "contract",
        object_id: id.as_str(),
        before: String::new(),
        after: digest(&to_json(f)?),
        detail: format!(
            "Zamknięto rozliczenie umowy {}: wypłacono {}, wykorzystano {}, do zwrotu {}, zwrócono {}.",
            contract.number, f.paid, f.used, f.to_return, f.returned
        ),
    };
    audit::append(tx, deed, now);
    Ok(settlement.id)
}

/// What still keeps the settlement open.
#[must_use]
pub fn missing(reports: &[Report], figures: &Figures) -> Vec<Finding> {
    let mut all = Vec::new();
    let accepted = |r: &&Report| r.kind == ReportKind::Final && r.state == ReportState::Accepted;
    if !reports.iter().any(|r| accepted(&r)) {
        all.push(
            Finding::block("R-REP-01")
                .at("sprawozdanie końcowe")
                .found("Sprawozdanie końcowe nie jest przyjęte.")
                .limit("Rozliczenie zamyka się po przyjęciu sprawozdania końcowego.")
                .basis("art. 18 UDPP; § 9 umowy")
                .hint("Poczekaj na przyjęcie sprawozdania przez pracownika merytorycznego."),
        );
    }
    let under_way = reports.iter().filter(|r| matches!(r.state, ReportState::Submitted | ReportState::SentBack));
    all.extend(under_way.map(|r| {
        Finding::block("R-REP-16")
            .at(r.name())
            .found(format!("Sprawozdanie jest w toku: {}.", r.state.label()))
            .limit("Wszystkie złożone sprawozdania są przyjęte.")
            .basis("§ 9 umowy")
            .hint("Przyjmij to sprawozdanie albo poczekaj na jego poprawę.")
    }));
    let still = figures.to_return.saturating_sub_floor0(figures.returned);
    if !still.is_zero() {
        all.push(
            Finding::block("R-REP-13")
                .at("zwrot dotacji")
                .found(format!("Do zwrotu jest {}, zwrócono {}.", figures.to_return, figures.returned))
                .limit("Cała kwota do zwrotu wpłynęła na rachunek urzędu.")
                .basis("§ 10 umowy")
                .hint("Po wpływie zapisz zwrot na stronie umowy i zamknij rozliczenie.")
                .amount(still),
        );
    }
    all
}
