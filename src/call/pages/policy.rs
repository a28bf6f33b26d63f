//! Who may see and do what with calls. Later stages reuse the policies that load a call.

use crate::account::{self, Actor, Organisation, Role};
use crate::call::store::questions;
use crate::call::{Call, Question, QuestionState, question_token, store};
use crate::error::AppError;
use crate::law::Instant;
use crate::programme::{self, Programme};
use crate::store::{CallId, OrgId, ProgrammeId, QuestionId, Read};
use crate::web::{Decision, PathIds, Policy};

/// Anyone, an announced call.
pub struct PublicCall;

impl Policy for PublicCall {
    const NAME: &'static str = "call.public";
    const PUBLIC: bool = true;
    type Object = Call;

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        store::find_public(r, &path.id("call", CallId::parse)?)
    }

    fn decide(_: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Whoever holds the link of a question that waits for its address to be confirmed.
pub struct AskedByLink;

impl Policy for AskedByLink {
    const NAME: &'static str = "call.ask.confirm";
    const PUBLIC: bool = true;
    type Object = (Call, Question);

    fn load(r: &mut Read<'_>, _: &Actor, path: &PathIds, _: Instant) -> Result<(Call, Question), AppError> {
        let call = store::find_public(r, &path.id("call", CallId::parse)?)?;
        let question = questions::by_token(r, &question_token(path.text("link")?))?;
        if question.call == call.id { Ok((call, question)) } else { Err(AppError::NotFound) }
    }

    fn decide(_: &Actor, _: &(Call, Question), _: Instant) -> Decision {
        Decision::Yes
    }
}

/// Anyone, the list of announced calls.
pub struct PublicCalls;

impl Policy for PublicCalls {
    const NAME: &'static str = "call.public_list";
    const PUBLIC: bool = true;
    type Object = ();

    fn known() -> Option<()> {
        Some(())
    }

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(_: &Actor, (): &(), _: Instant) -> Decision {
        Decision::Yes
    }
}

/// The office's list of calls.
pub struct OfficeCalls;

impl Policy for OfficeCalls {
    const NAME: &'static str = "call.list";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        Decision::when(who.reads_cases(), "Konkursy urzędu widzą jego pracownicy.")
    }
}

fn visible(r: &mut Read<'_>, who: &Actor, path: &PathIds) -> Result<Call, AppError> {
    if !who.reads_cases() {
        return Err(AppError::NotFound);
    }
    store::find(r, &path.id("call", CallId::parse)?)
}

/// Whoever reads the office's cases, any call.
pub struct OfficeCall;

impl Policy for OfficeCall {
    const NAME: &'static str = "call.read";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        visible(r, who, path)
    }

    fn decide(_: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::Yes
    }
}

/// An officer, any call.
pub struct EditCall;

impl Policy for EditCall {
    const NAME: &'static str = "call.edit";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        visible(r, who, path)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::when(who.has(Role::Officer), "Konkursy przygotowuje pracownik merytoryczny urzędu.")
    }
}

/// An officer answers a question that the office has.
pub struct AnswerQuestion;

impl Policy for AnswerQuestion {
    const NAME: &'static str = "call.answer";
    type Object = (Call, Question);

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<(Call, Question), AppError> {
        let call = visible(r, who, path)?;
        let question = questions::find(r, &path.id("question", QuestionId::parse)?)?;
        let there = question.call == call.id && question.state != QuestionState::Unconfirmed;
        if there { Ok((call, question)) } else { Err(AppError::NotFound) }
    }

    fn decide(who: &Actor, _: &(Call, Question), _: Instant) -> Decision {
        Decision::when(who.has(Role::Officer), "Na pytania odpowiada pracownik merytoryczny urzędu.")
    }
}

/// The organ, any call: announcing and cancelling are its own acts (UDPP art. 11 ust. 2b).
pub struct AnnounceCall;

impl Policy for AnnounceCall {
    const NAME: &'static str = "call.announce";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        visible(r, who, path)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::when(who.has(Role::Organ), "Konkurs ogłasza i unieważnia tylko organ.")
    }
}

const ORGAN_EXTENDS: &str = "Termin dla jednej organizacji wyznacza tylko organ.";

/// The organ chooses whom it gives a later deadline.
pub struct ExtendCall;

impl Policy for ExtendCall {
    const NAME: &'static str = "call.extend";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        visible(r, who, path)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        Decision::when(who.has(Role::Organ), ORGAN_EXTENDS)
    }
}

/// The organ gives an organisation a later deadline: any that could offer in this call, whether or not it does.
pub struct ExtendFor;

impl Policy for ExtendFor {
    const NAME: &'static str = "call.extend.for";
    type Object = (Call, Organisation);

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<(Call, Organisation), AppError> {
        let call = visible(r, who, path)?;
        let org = account::store::organisation(r, &path.id("org", OrgId::parse)?)?;
        if org.test == call.content.test { Ok((call, org)) } else { Err(AppError::NotFound) }
    }

    fn decide(who: &Actor, _: &(Call, Organisation), _: Instant) -> Decision {
        Decision::when(who.has(Role::Organ), ORGAN_EXTENDS)
    }
}

/// Who records the three places of an announcement: the organ or an officer; that the organ approved the text is asked by
/// the deed, so that what was typed stays in its form.
pub struct PublishCall;

impl Policy for PublishCall {
    const NAME: &'static str = "call.publish";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        visible(r, who, path)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        let may = who.has_any(&[Role::Organ, Role::Officer]);
        Decision::when(may, "Miejsca ogłoszenia zapisuje organ albo pracownik merytoryczny.")
    }
}

/// An officer or the organ opens the offers.
pub struct OpenOffers;

impl Policy for OpenOffers {
    const NAME: &'static str = "call.open_offers";
    type Object = Call;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Call, AppError> {
        visible(r, who, path)
    }

    fn decide(who: &Actor, _: &Call, _: Instant) -> Decision {
        let may = who.has_any(&[Role::Officer, Role::Organ]);
        Decision::when(may, "Oferty otwiera pracownik merytoryczny albo organ.")
    }
}

/// An officer begins a call from a programme.
pub struct CreateCall;

impl Policy for CreateCall {
    const NAME: &'static str = "call.create";
    type Object = Programme;

    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, _: Instant) -> Result<Programme, AppError> {
        if !who.reads_cases() {
            return Err(AppError::NotFound);
        }
        programme::store::find(r, &path.id("programme", ProgrammeId::parse)?)
    }

    fn decide(who: &Actor, _: &Programme, _: Instant) -> Decision {
        Decision::when(who.has(Role::Officer), "Konkursy przygotowuje pracownik merytoryczny urzędu.")
    }
}

/// Whoever answers for the service and the procedure, the ledger of outages.
pub struct Outages;

impl Policy for Outages {
    const NAME: &'static str = "outage.list";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        let may = who.has_any(&[Role::Admin, Role::Officer, Role::Organ, Role::Finance, Role::Auditor]);
        Decision::when(may, "Rejestr przerw widzą pracownicy urzędu.")
    }
}

/// An officer or the administrator adds an outage that the program could not notice.
pub struct ReportOutage;

impl Policy for ReportOutage {
    const NAME: &'static str = "outage.report";
    type Object = ();

    fn load(_: &mut Read<'_>, _: &Actor, _: &PathIds, _: Instant) -> Result<(), AppError> {
        Ok(())
    }

    fn decide(who: &Actor, (): &(), _: Instant) -> Decision {
        let may = who.has_any(&[Role::Admin, Role::Officer]);
        Decision::when(may, "Przerwę dopisuje pracownik merytoryczny albo administrator.")
    }
}
