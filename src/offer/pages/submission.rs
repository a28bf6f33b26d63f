//! Submitting: one page says what is missing, what will be frozen, who may sign and how long there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::attempts::submitting;
use super::hub::{Task, blocking, tasks};
use super::outlined::FileOffer;
use super::policy::{Case, LeadOffer};
use super::tasks::is_gap;
use super::view::{self, CapView, Deadline};
use crate::account::{self, OrgRole, Organisation, Person};
use crate::audit;
use crate::error::AppError;
use crate::law::{Finding, blocks, show_instant_seconds};
use crate::offer::joint::frozen_files;
use crate::offer::model::{Declarations, OfferState};
use crate::offer::{Shown, hand_in_at, rest_digest, rules, wording};
use crate::web::{
    Allowed, Ctx, ErrorLink, Fact, Fields, FindingView, Flash, PostedWhole, Problems, Waiting, error_links, error_map,
    fact, sort_problems,
};

#[derive(Serialize)]
struct Asking {
    id: String,
    action: String,
    version: i64,
    /// The digest of what is frozen beside the text.
    rest: String,
    /// Number of the version in force that this submission replaces; 0 for the first one.
    replaces: i64,
    band: String,
    waiting: Waiting,
    deadline: Option<Deadline>,
    /// By which decision it is later than everybody's; empty for none.
    extended: String,
    now: String,
    blocking: String,
    ready: bool,
    may_sign: bool,
    open: bool,
    signatories: Vec<String>,
    represents: Vec<Fact>,
    frozen: Vec<Fact>,
    tasks: Vec<Task>,
    /// Fields that are not filled in.
    gaps: Vec<ErrorLink>,
    findings: Vec<FindingView>,
    /// What was looked at where nothing was found at all; otherwise empty.
    checked: &'static str,
    cap: Option<CapView>,
    /// SHA-256 of the announcement whose declarations are shown.
    terms: String,
    /// The seven sentences of part VII.
    words: [String; 7],
    /// What arrears mean in this contest.
    arrears: &'static str,
    extra: Vec<String>,
    /// The names of all offerors; empty for an offer of one organisation.
    joint: String,
    /// When the offer was changed while the page was open, and by whom; empty when it was not.
    newer: String,
    newer_by: String,
    f: BTreeMap<String, String>,
    e: BTreeMap<String, String>,
    errors: Vec<ErrorLink>,
}

/// `GET /oferty/{offer}/zlozenie`; an offer with nothing to submit has a receipt instead.
///
/// # Errors
/// Those of the database.
pub async fn ask(may: Allowed<LeadOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    if !case.may_file(ctx.arrived) {
        return Ok(ctx.see_other(&receipt_url(&case), None));
    }
    let mut fields = Fields::default();
    if let Some(first) = case.org.content.representatives.first() {
        fields.set("signed_by", [first.name.as_str(), first.function.as_str()].join(", ").trim_matches([',', ' ']));
    }
    page(&ctx, &case, &fields, Said::default()).await
}

fn receipt_url(case: &Case) -> String {
    let page = if case.offer.state == OfferState::Withdrawn { "" } else { "/potwierdzenie" };
    format!("/oferty/{}{page}", case.offer.id)
}

/// `POST /oferty/{offer}/zlozenie`. It arrived when all of it was there; whether the sender may sign is
/// decided by the deed, so that an attempt of who may not is logged too.
///
/// # Errors
/// `Stale` when the offer changed after the page was shown; what the page can show is shown.
pub async fn submit(
    may: Allowed<FileOffer>,
    PostedWhole(form, whole_at): PostedWhole,
) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: outline, path } = may;
    let (ctx, id) = (ctx.arrived_whole(whole_at), outline.id);
    let shown = Shown {
        version: form.text("version").to_owned(),
        replaces: form.text("replaces").parse().unwrap_or(0),
        rest: form.text("rest").to_owned(),
    };
    let declared = Declarations {
        organ: ctx.state.config.office.organ.clone(),
        terms: Some(form.text("terms").to_owned()),
        ..declarations(&form, extra_sent(&form))
    };
    let doing = submitting(&id);
    match ctx.work_deed(doing, move |state, who, now| hand_in_at(&state.store, who, &id, &shown, declared, now)).await {
        Ok(receipt) => {
            let said = match receipt.no {
                1 => format!("Oferta jest złożona pod numerem {}.", receipt.number),
                n => format!("Obowiązuje wersja {n} oferty {}.", receipt.number),
            };
            Ok(ctx.see_other(&format!("/oferty/{}/potwierdzenie", receipt.offer), Some(Flash::ok(said))))
        }
        Err(e) => {
            let newer = matches!(e, AppError::Stale);
            let problems = if newer { Problems::default() } else { sort_problems(e)? };
            let who = Arc::clone(&ctx.actor);
            let case = ctx.read(move |r| Case::own(r, &who, &path)).await?;
            let form = unticked(form, case.call.terms_hash.as_deref().unwrap_or_default());
            let ctx = ctx.about_trial(case.call.content.test);
            page(&ctx, &case, &form, Said { refused: true, newer, problems }).await
        }
    }
}

/// What the announcement adds, and what arrears mean in it, is read again when another one is `in_force` than the
/// form was filled under: no answer is carried over to other words.
fn unticked(form: Fields, in_force: &str) -> Fields {
    if form.text("terms") == in_force {
        return form;
    }
    let other = |name: &str| name.starts_with("extra.") || name.ends_with("_arrears");
    let kept = form.pairs().iter().filter(|(name, _)| !other(name));
    Fields::from_pairs(kept.cloned().collect())
}

/// Up to which of the call's own declarations the form answers; the deed knows how many there are.
fn extra_sent(form: &Fields) -> usize {
    (0_usize..100).rev().find(|at| form.checked(&format!("extra.{at}"))).map_or(0, |last| last + 1)
}

/// Part VII as it was answered.
pub(crate) fn declarations(form: &Fields, extra: usize) -> Declarations {
    let answer = |name: &str| match form.text(name) {
        "no" => Some(false),
        "yes" => Some(true),
        _ => None,
    };
    Declarations {
        public_benefit_only: form.checked("public_benefit_only"),
        paid_activity_only: form.checked("paid_activity_only"),
        tax_arrears: answer("tax_arrears"),
        social_arrears: answer("social_arrears"),
        data_agree: form.checked("data_agree"),
        all_true: form.checked("all_true"),
        data_protection: form.checked("data_protection"),
        extra: (0..extra).map(|at| form.checked(&format!("extra.{at}"))).collect(),
        signed_by: form.text("signed_by").to_owned(),
        ..Declarations::default()
    }
}

/// What became of the attempt that the page answers.
#[derive(Default)]
struct Said {
    refused: bool,
    /// The offer was changed after the page was shown.
    newer: bool,
    problems: Problems,
}

impl Said {
    fn status(&self) -> StatusCode {
        match (self.refused, self.newer) {
            (false, _) => StatusCode::OK,
            (true, true) => StatusCode::CONFLICT,
            (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

async fn page(ctx: &Ctx, case: &Case, fields: &Fields, said: Said) -> Result<HttpResponse, AppError> {
    let (offer, call) = (&case.offer, &case.call);
    let (org, id) = (offer.org.clone(), offer.id.clone());
    let (members, last) =
        ctx.read(move |r| Ok((account::store::members(r, &org)?, audit::last_of(r, id.as_str())?))).await?;
    let status = said.status();
    let Problems { errors, findings: refused } = said.problems;
    let content = offer.working();
    let checked = case.findings();
    // Deadline, state and what was shown are not rules of the content.
    let late = refused.into_iter().filter(|f| ["R-OFF-TERM", "R-OFF-16", "R-OFF-21"].contains(&f.rule.as_str()));
    let ready = !blocks(&checked);
    let signatory = rules::signatory(fields.text("signed_by"), &case.org.content);
    let findings: Vec<Finding> = late.chain(checked).chain(signatory).collect();
    let (gaps, rest): (Vec<Finding>, Vec<Finding>) = findings.iter().cloned().partition(is_gap);
    let view = Asking {
        id: offer.id.to_string(),
        action: format!("/oferty/{}/zlozenie", offer.id),
        version: offer.version,
        rest: rest_digest(&case.org, &case.files),
        replaces: if offer.state == OfferState::Draft { 0 } else { offer.frozen_no },
        band: view::band(offer),
        waiting: view::waiting(case, ctx.arrived),
        deadline: view::deadline(call, &offer.org, ctx.arrived),
        extended: view::extended(case),
        now: show_instant_seconds(ctx.arrived),
        blocking: blocking(&findings),
        ready,
        may_sign: ctx.actor.member_of(&offer.org).is_some_and(|m| m.role.signs()),
        open: case.is_open(ctx.arrived),
        signatories: signatories(&members),
        represents: represents(&case.org),
        frozen: frozen_facts(case),
        tasks: tasks(case, &findings),
        gaps: view::gaps(offer, content, &gaps),
        checked: looked_at(findings.is_empty(), call.content.applies().classes),
        findings: view::linked(offer, content, &rest),
        cap: view::cap_view(content, &call.content),
        terms: call.terms_hash.clone().unwrap_or_default(),
        words: wording::asked(wording::register(case.org.krs.is_some())),
        arrears: call.content.terms.arrears.label(),
        extra: call.content.terms.extra_declarations.clone(),
        joint: if offer.working().joint.is_some() { case.whole().offeror_names() } else { String::new() },
        newer: if said.newer { show_instant_seconds(offer.updated_at) } else { String::new() },
        newer_by: last.map(|row| row.actor).unwrap_or_default(),
        f: fields.map(),
        e: error_map(&errors),
        errors: error_links(&errors),
    };
    let title = if status.is_success() { "Złożenie oferty" } else { "Błąd: Złożenie oferty" };
    ctx.page_as(status, "offer/submit.html", title, &view)
}

fn looked_at(nothing: bool, classes: bool) -> &'static str {
    match (nothing, classes) {
        (false, _) => "",
        (true, true) => "Sprawdziliśmy sumy, godziny i limity. Uwag nie ma.",
        (true, false) => "Sprawdziliśmy sumy i limity. Uwag nie ma.",
    }
}

fn signatories(members: &[(Person, OrgRole)]) -> Vec<String> {
    let may = members.iter().filter(|(person, role)| role.signs() && person.active);
    may.map(|(person, role)| format!("{} ({})", person.name, role.label())).collect()
}

/// Who signs for the organisation outside this system, as it says of itself.
fn represents(org: &Organisation) -> Vec<Fact> {
    let people = org.content.representatives.iter().filter(|r| !r.name.trim().is_empty());
    let names: Vec<String> =
        people.map(|r| format!("{} – {}", r.name, r.function).trim_end_matches([' ', '–']).to_owned()).collect();
    vec![
        fact("Osoby uprawnione do reprezentacji", names.join("; ")),
        fact("Sposób reprezentacji", org.content.representation.clone()),
    ]
}

fn frozen_facts(case: &Case) -> Vec<Fact> {
    let c = case.offer.working();
    let total = c.total().map(|t| t.to_string()).unwrap_or_default();
    let mut facts = vec![
        fact("Oferent", case.org.name.clone()),
        fact("Tytuł zadania", c.title.clone()),
        fact("Suma kosztów", total),
        fact("Planowana dotacja", c.sources.grant.to_string()),
    ];
    if case.call.content.applies().classes {
        facts.push(fact("Grupy", c.hours.len().to_string()));
    }
    facts.push(fact("Załączniki", files(case)));
    facts.push(fact("Ostatni zapis", show_instant_seconds(case.offer.updated_at)));
    facts
}

fn files(case: &Case) -> String {
    let names: Vec<&str> = frozen_files(&case.files).map(|f| f.name.as_str()).collect();
    if names.is_empty() { "brak".to_owned() } else { names.join(", ") }
}
