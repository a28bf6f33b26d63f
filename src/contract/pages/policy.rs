//! Who may open and do what. Buttons are shown by the same decisions.

use crate::account::{Actor, Role};
use crate::call::{self, Call};
use crate::contract::{Contract, ContractAction, ContractState, store};
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{CallId, ContractId, Read};
use crate::web::{Decision, PathIds, Policy};

const OFFICE: &str = "Ta strona jest dla pracowników urzędu.";
const WRITERS: [Role; 2] = [Role::Officer, Role::Organ];

fn found(r: &mut Read<'_>, path: &PathIds) -> Result<Contract, AppError> {
    store::find(r, &path.id("contract", ContractId::parse)?)
}

/// For people who do not work for the office there is no such page.
fn for_office(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Contract, AppError> {
    if who.reads_cases() { found(r, path) } else { Err(AppError::NotFound) }
}

fn in_state(contract: &Contract, act: ContractAction) -> Decision {
    Decision::when(contract.state.after(act).is_ok(), contract.state.why_not(act))
}

/// A writer of the office, and the state allows it.
fn writes(who: &Actor, contract: &Contract, act: ContractAction) -> Decision {
    if who.has_any(&WRITERS) {
        in_state(contract, act)
    } else {
        Decision::no("Umowę przygotowuje pracownik merytoryczny albo organ.")
    }
}

/// Looks at a contract as the office.
pub struct OfficeContract;
impl Policy for OfficeContract {
    const NAME: &'static str = "contract.office";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        for_office(r, who, path)
    }
    fn decide(_: &Actor, _: &Contract, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Looks at a contract as a member of the contractor.
pub struct NgoContract;
impl Policy for NgoContract {
    const NAME: &'static str = "contract.ngo";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        let contract = found(r, path)?;
        if who.member_of(&contract.org).is_some() { Ok(contract) } else { Err(AppError::NotFound) }
    }
    fn decide(_: &Actor, _: &Contract, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Reads the document: either side.
pub struct AnyContract;
impl Policy for AnyContract {
    const NAME: &'static str = "contract.document";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        let contract = found(r, path)?;
        let party = who.member_of(&contract.org).is_some() && contract.state != ContractState::Draft;
        if who.reads_cases() || party { Ok(contract) } else { Err(AppError::NotFound) }
    }
    fn decide(_: &Actor, _: &Contract, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Changes a contract that is not signed.
pub struct EditContract;
impl Policy for EditContract {
    const NAME: &'static str = "contract.edit";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        for_office(r, who, path)
    }
    fn decide(who: &Actor, c: &Contract, _: Instant) -> Decision {
        writes(who, c, ContractAction::Edit)
    }
}

/// Freezes a contract and prints it.
pub struct GenerateContract;
impl Policy for GenerateContract {
    const NAME: &'static str = "contract.generate";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        for_office(r, who, path)
    }
    fn decide(who: &Actor, c: &Contract, _: Instant) -> Decision {
        writes(who, c, ContractAction::Generate)
    }
}

/// Records that both sides signed.
pub struct SignContract;
impl Policy for SignContract {
    const NAME: &'static str = "contract.sign";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        for_office(r, who, path)
    }
    fn decide(who: &Actor, c: &Contract, _: Instant) -> Decision {
        writes(who, c, ContractAction::Sign)
    }
}

/// Records payments and returns.
pub struct PayContract;
impl Policy for PayContract {
    const NAME: &'static str = "contract.pay";
    type Object = Contract;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Contract, AppError> {
        for_office(r, who, path)
    }
    fn decide(who: &Actor, _: &Contract, _: Instant) -> Decision {
        Decision::when(who.has(Role::Finance), "Wypłaty i zwroty zapisuje pracownik finansów.")
    }
}

/// Looks at all contracts of the office.
pub struct AllContracts;
impl Policy for AllContracts {
    const NAME: &'static str = "contract.list";
    type Object = ();
    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }
    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.reads_cases(), OFFICE)
    }
}

/// Looks at the contracts of the own organisations.
pub struct MyContracts;
impl Policy for MyContracts {
    const NAME: &'static str = "contract.mine";
    type Object = Vec<Contract>;
    fn load(r: &mut Read<'_>, who: &Actor, _: &PathIds, _: Instant) -> Result<Vec<Contract>, AppError> {
        let orgs: Vec<_> = who.memberships.iter().map(|m| m.org.clone()).collect();
        if orgs.is_empty() { Ok(Vec::new()) } else { store::of_orgs(r, &orgs) }
    }
    fn decide(_: &Actor, _: &Vec<Contract>, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Looks at the contracts of one call.
pub struct CallContracts;
impl Policy for CallContracts {
    const NAME: &'static str = "contract.of_call";
    type Object = Call;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        call::store::find(r, &path.id("call", CallId::parse)?)
    }
    fn decide(_: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Draws a contract up.
pub struct DrawUp;
impl Policy for DrawUp {
    const NAME: &'static str = "contract.draw_up";
    type Object = Call;
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Call, AppError> {
        CallContracts::load(r, who, path, now)
    }
    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::when(who.has_any(&WRITERS), "Umowę przygotowuje pracownik merytoryczny albo organ.")
    }
}
