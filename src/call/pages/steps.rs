//! The parts of a draft call, one page each; a save touches its own part only.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::choices::{Choices, choices, said};
use super::form::{fields_of, name_of, tables};
use super::office::url;
use super::policy::EditCall;
use super::sources::sources;
use super::view::{approved_text, part_waiting};
use crate::call::{self, AskedAttachment, CORRECTABLE, Call, CallContent, CallState, Part};
use crate::error::AppError;
use crate::law::{Finding, Mark, warsaw_date};
use crate::programme::Programme;
use crate::programme::pages::conflict::Conflict;
use crate::programme::pages::kit::{Shown, row_numbers};
use crate::programme::pages::{GminaRow, before_a_call, gminas};
use crate::web::{Allowed, Ctx, Fact, Fields, FindingView, Problems, Waiting, fact, findings_view};

#[derive(Serialize)]
struct ProgrammeView {
    href: String,
    facts: Vec<Fact>,
    gminas: Vec<GminaRow>,
    shows_ops: bool,
    shows_psu: bool,
    asks_ops: bool,
}

/// A part of an offer that a correction may touch, or may not.
#[derive(Serialize)]
struct PartChoice {
    name: String,
    label: &'static str,
    lawful: bool,
}

#[derive(Serialize)]
struct StepPage {
    action: String,
    back: String,
    no: usize,
    of: usize,
    last: bool,
    draft: bool,
    /// A part of a change of the announcement, not of a draft call.
    amending: bool,
    waiting: Option<Waiting>,
    /// Who approved the text of this draft and when: a save takes it back.
    approved: String,
    seen: String,
    f: BTreeMap<String, String>,
    rows: BTreeMap<&'static str, Vec<usize>>,
    o: Choices,
    checks: Vec<FindingView>,
    conflict: Option<Conflict>,
    programme: ProgrammeView,
    parts: Vec<PartChoice>,
    /// The call of a local programme, which chooses more.
    local: bool,
    /// What the rules count: a rate, a rate for a group of some size, hours in a week.
    capped: bool,
    by_group: bool,
    /// Attachments that may be ticked beside those that are asked for.
    usual: Vec<AskedAttachment>,
    by_week: bool,
    /// What an empty field of hours a week means.
    week_hint: String,
    /// What the act fixes instead of the announcement.
    fixed: Vec<Fact>,
    next: String,
    #[serde(flatten)]
    shown: Shown,
}

/// The findings that this part mends.
pub fn own(part: Part, findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(move |f| Part::of_finding(f) == Some(part))
}

fn programme_view(p: &Programme, call: &Call) -> ProgrammeView {
    let c = &call.content;
    let sizes: Vec<String> = c.groups.iter().map(|g| format!("{} ({})", g.code, g.persons)).collect();
    let whom = if c.applies().classes {
        fact("Grupy w konkursie (osoby)", sizes.join(", "))
    } else {
        fact("Odbiorcy", format!("{} ({})", c.persons(), c.gmina_names().join(", ")))
    };
    let mut facts = vec![
        fact("Program", p.content.title.clone()),
        fact("Stan programu", p.state.label()),
        fact("Zasady", format!("{} – {}", c.rules.code, c.rules.name)),
        fact("Podstawa prawna", c.rules.act.clone()),
        fact("Edycje w konkursie", c.editions.len().to_string()),
        whom,
    ];
    facts.extend(before_a_call(&p.content, &c.rules));
    ProgrammeView {
        href: format!("/urzad/programy/{}", call.programme),
        facts,
        gminas: gminas(&p.content),
        shows_ops: p.content.shows_ops(&c.rules),
        shows_psu: p.content.shows_psu(&c.rules),
        asks_ops: c.rules.needs_ops,
    }
}

fn fixed(c: &CallContent) -> Vec<Fact> {
    let said = |f: &crate::law::rules::Fixed| {
        let doubt = if f.mark == Mark::Memory { format!(" ({})", f.mark) } else { String::new() };
        fact(f.matter.label(), format!("{}. Podstawa: {}{doubt}.", f.said, f.basis))
    };
    c.rules.fixed().iter().map(said).collect()
}

/// What an empty field of hours a week means.
fn week_hint(c: &CallContent) -> String {
    let rules = &c.rules;
    let own = rules
        .day_minutes
        .map(|day| format!(" Dzień zajęć trwa {day}, więc wpisz wielokrotność {day}."))
        .unwrap_or_default();
    match rules.week_min_minutes {
        Some(least) => format!("Puste znaczy minimum z przepisów: {least}. Ogłoszenie może żądać więcej.{own}"),
        None => format!("Puste znaczy, że ogłoszenie nie żąda określonej liczby godzin w tygodniu.{own}"),
    }
}

fn parts() -> Vec<PartChoice> {
    let choice =
        |p: &call::CorrectionPart| PartChoice { name: format!("allowed_{}", p.key), label: p.label, lawful: p.lawful };
    CORRECTABLE.iter().map(choice).collect()
}

/// What a page shows beside the call itself.
pub struct Typed<'a> {
    pub fields: &'a Fields,
    pub seen: String,
    pub problems: Problems,
    pub conflict: Option<Conflict>,
}

impl Typed<'_> {
    /// A form as it stands, without errors.
    pub fn plain(fields: &Fields, seen: String) -> Typed<'_> {
        Typed { fields, seen, problems: Problems::default(), conflict: None }
    }
}

/// Where a step stands: in a draft call, or in a change of an announcement.
pub struct Setting {
    /// The page of the steps; a step is one piece further.
    pub root: String,
    pub parts: Vec<Part>,
    pub waiting: Option<Waiting>,
    pub open: Vec<Finding>,
    pub amending: bool,
}

impl Setting {
    /// The part after this one.
    pub fn next(&self, part: Part) -> Option<Part> {
        let at = self.parts.iter().position(|p| *p == part)?;
        self.parts.get(at + 1).copied()
    }
}

/// One step of `call`, whose content may be that of a change.
pub fn render(
    ctx: &Ctx,
    call: &Call,
    programme: &Programme,
    setting: Setting,
    (part, status): (Part, StatusCode),
    typed: Typed<'_>,
) -> Result<HttpResponse, AppError> {
    let next = setting.next(part);
    let view = StepPage {
        action: format!("{}/{}", setting.root, part.slug()),
        back: setting.root.clone(),
        no: setting.parts.iter().position(|p| *p == part).map_or(0, |at| at + 1),
        of: setting.parts.len(),
        last: next.is_none(),
        draft: !setting.amending,
        amending: setting.amending,
        waiting: setting.waiting,
        approved: if setting.amending { String::new() } else { approved_text(call) },
        seen: typed.seen,
        f: typed.fields.map(),
        rows: row_numbers(typed.fields, tables(part)),
        o: choices(),
        checks: findings_view(&setting.open),
        conflict: typed.conflict,
        programme: programme_view(programme, call),
        parts: parts(),
        local: call.content.rules.is_local(),
        capped: call.content.rules.has_cap(),
        by_group: call.content.rules.caps_groups(),
        usual: if part == Part::Attachments { call::usual_attachments(&call.content) } else { Vec::new() },
        by_week: call.content.weekly().is_some() || (call.content.rules.is_local() && call.content.applies().classes),
        week_hint: if part == Part::Terms { week_hint(&call.content) } else { String::new() },
        fixed: if part == Part::Terms { fixed(&call.content) } else { Vec::new() },
        next: next.map_or_else(|| setting.root.clone(), |next| format!("{}/{}", setting.root, next.slug())),
        shown: Shown::of(&typed.problems),
    };
    let error = if status == StatusCode::OK { "" } else { "Błąd: " };
    let template = format!("call/step_{}.html", part.slug().replace('-', "_"));
    let title = if view.amending && part == Part::Programme { "Nazwa i kontakt" } else { part.title() };
    ctx.page_as(status, &template, &format!("{error}{title}"), &view)
}

/// The step of the saved call.
pub async fn page(
    may: &Allowed<EditCall>,
    part: Part,
    status: StatusCode,
    typed: Typed<'_>,
) -> Result<HttpResponse, AppError> {
    page_of(may, &may.object, part, status, typed).await
}

/// The page of `call`, which may say what is typed and not saved yet.
pub async fn page_of(
    may: &Allowed<EditCall>,
    call: &Call,
    part: Part,
    status: StatusCode,
    typed: Typed<'_>,
) -> Result<HttpResponse, AppError> {
    let sources = sources(&may.ctx, call).await?;
    // Findings of the saved text would say nothing of a form that cannot be read.
    let (open, waiting) = if status == StatusCode::UNPROCESSABLE_ENTITY {
        (Vec::new(), Some(unread()))
    } else {
        let findings = sources.findings(&may.ctx, call);
        let open: Vec<Finding> = own(part, &findings).cloned().collect();
        (open.clone(), part_waiting(&open))
    };
    let setting = Setting { root: url(call), parts: Part::ALL.to_vec(), waiting, open, amending: false };
    render(&may.ctx, call, &sources.programme, setting, (part, status), typed)
}

/// Whose move it is when a form could not be read.
pub fn unread() -> Waiting {
    let what = "Popraw pola wskazane poniżej i zapisz; potem program sprawdzi ten krok.";
    Waiting { whose: "pracownika merytorycznego urzędu".into(), what: what.into(), ..Waiting::default() }
}

/// The part that a path names, of a call that may still change.
pub fn part_of(may: &Allowed<EditCall>) -> Result<Part, AppError> {
    if may.object.state != CallState::Draft {
        return Err(AppError::forbidden("Konkurs jest ogłoszony; jego warunków nie można zmienić."));
    }
    Part::of_path(&may.ctx.path)
}

/// `GET /urzad/konkursy/{call}/{krok}`
pub async fn show(may: Allowed<EditCall>) -> Result<HttpResponse, AppError> {
    let part = part_of(&may)?;
    let content = &may.object.content;
    let fields = fields_of(part, content, warsaw_date(may.ctx.arrived));
    page(&may, part, StatusCode::OK, Typed::plain(&fields, part.mark(content)?)).await
}

/// The fields of a step in which two forms differ.
pub fn conflict(saved: &Fields, typed: &Fields) -> Conflict {
    let choices = choices();
    let said = |name: &str, value: &str| Some((name_of(name)?, said(&choices, name, value)));
    Conflict::of("Ktoś zapisał ten krok w międzyczasie", saved, typed, said)
}
