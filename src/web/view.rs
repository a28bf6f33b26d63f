//! Pages: the templates, and the shell around every page.

use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Tera};

use super::ctx::Ctx;
use crate::account::{Role, SURE, WARNED};
use crate::config::Office;
use crate::error::AppError;
use crate::law;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// The templates, parsed once.
#[derive(Clone)]
pub struct Views(Arc<Tera>);

impl Views {
    /// # Errors
    /// `Internal` with the template that cannot be read.
    pub fn load() -> Result<Views, AppError> {
        let mut tera = Tera::default();
        let all: Vec<(String, String)> = Templates::iter()
            .filter(|name| name.ends_with(".html"))
            .filter_map(|name| {
                let file = Templates::get(&name)?;
                Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
            })
            .collect();
        tera.add_raw_templates(all).map_err(|e| AppError::internal(format!("templates: {e}")))?;
        Ok(Views(Arc::new(tera)))
    }

    /// # Errors
    /// `Internal` when the template does not fit the view.
    pub fn render<V: Serialize>(&self, template: &str, shell: &Shell, view: &V) -> Result<String, AppError> {
        let mut context = Context::new();
        context.insert("page", shell);
        context.insert("v", view);
        self.0.render(template, &context).map_err(|e| AppError::internal(format!("{template}: {e}")))
    }
}

#[derive(Serialize)]
struct UserView {
    name: String,
    org: String,
    roles: Vec<&'static str>,
}

#[derive(Serialize)]
struct NavItem {
    label: &'static str,
    href: &'static str,
    /// The value of `aria-current`: `page` on the page itself, `true` on the pages below it, else empty.
    current: &'static str,
}

#[derive(Serialize)]
struct OfficeView {
    name: String,
    short: String,
    email: String,
    phone: String,
}

impl OfficeView {
    fn of(office: &Office) -> OfficeView {
        OfficeView {
            name: office.name.clone(),
            short: office.short.clone(),
            email: office.email.clone(),
            phone: office.phone.clone(),
        }
    }
}

#[derive(Serialize)]
struct FlashView {
    tone: String,
    text: String,
}

/// That the password will be asked for again, and when. The bands are hidden until it is near.
#[derive(Serialize)]
pub struct SessionEnd {
    iso: String,
    text: String,
    near: bool,
    /// Seconds after the last deed that the session surely lives.
    idle: i64,
}

impl SessionEnd {
    #[must_use]
    pub fn of(ctx: &Ctx) -> Option<SessionEnd> {
        let ends = ctx.ends?;
        let hour = law::show_time(law::warsaw(ends).time());
        Some(SessionEnd {
            iso: ends.to_rfc3339(),
            text: format!("O {hour} trzeba będzie podać hasło jeszcze raz; to, co zapisane, zostaje."),
            near: ends - ctx.arrived <= WARNED,
            idle: SURE.num_seconds(),
        })
    }
}

/// What stands around every page.
#[derive(Serialize)]
pub struct Shell {
    /// The heading of the page.
    title: String,
    /// The page shows a form that was refused: the title of its window says so first, its heading stays as it was.
    failed: bool,
    user: Option<UserView>,
    nav: Vec<NavItem>,
    flash: Option<FlashView>,
    token: String,
    request_id: String,
    demo: bool,
    /// The page is about a rehearsal.
    trial: bool,
    office: OfficeView,
    now: String,
    now_iso: String,
    session: Option<SessionEnd>,
    wide: bool,
}

impl Shell {
    pub(super) fn new(ctx: &Ctx, title: &str, flash: Option<(String, String)>) -> Shell {
        let actor = &ctx.actor;
        let (failed, title) = title.strip_prefix("Błąd: ").map_or((false, title), |rest| (true, rest));
        let orgs: Vec<&str> = actor.memberships.iter().map(|m| m.org_name.as_str()).collect();
        let org = orgs.join(", ");
        Shell {
            title: title.to_owned(),
            failed,
            user: actor.person.as_ref().map(|p| UserView {
                name: p.name.clone(),
                org,
                roles: p.roles.iter().map(|role| role.label()).collect(),
            }),
            nav: nav(ctx),
            flash: flash.map(|(tone, text)| FlashView { tone, text }),
            token: ctx.token.clone(),
            request_id: ctx.request_id.clone(),
            demo: ctx.state.demo,
            trial: ctx.trial,
            office: OfficeView::of(&ctx.state.config.office),
            now: law::show_instant(ctx.arrived),
            now_iso: ctx.arrived.to_rfc3339(),
            session: SessionEnd::of(ctx),
            wide: ["/urzad", "/komisja", "/finanse"].iter().any(|p| ctx.path.starts_with(p)),
        }
    }
}

/// Pages that are reached through a place whose address they do not begin with.
const REACHED_THROUGH: [(&str, &str); 5] = [
    ("/urzad/oferty", "/urzad/konkursy"),
    ("/urzad/przerwy", "/urzad/konkursy"),
    ("/urzad/sprawozdania", "/urzad/umowy"),
    ("/sprawozdania", "/umowy"),
    ("/urzad/dziennik", "/urzad/administracja"),
];

fn current(href: &str, path: &str) -> &'static str {
    let below = |place: &str| path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/') || rest.is_empty());
    if path == href {
        "page"
    } else if below(href) || REACHED_THROUGH.iter().any(|(pages, place)| *place == href && below(pages)) {
        "true"
    } else {
        ""
    }
}

/// The places a person may go; shown exactly when the page behind would open.
fn nav(ctx: &Ctx) -> Vec<NavItem> {
    let actor = &ctx.actor;
    let mut places: Vec<(&'static str, &'static str)> = vec![("Konkursy", "/konkursy")];
    if !actor.memberships.is_empty() {
        // An officer who rehearses has the office's contracts beside the own ones.
        let contracts = if actor.reads_cases() { "Moje umowy" } else { "Umowy" };
        places.extend([("Moje oferty", "/oferty"), (contracts, "/umowy"), ("Organizacja", "/konto/organizacja")]);
    }
    if actor.reads_cases() {
        places.extend([
            ("Programy", "/urzad/programy"),
            ("Konkursy urzędu", "/urzad/konkursy"),
            ("Umowy", "/urzad/umowy"),
        ]);
    }
    if actor.has_any(&[Role::Committee, Role::Officer, Role::Organ]) {
        places.push(("Komisja", "/komisja"));
    }
    if actor.has_any(&[Role::Finance, Role::Auditor, Role::Admin]) {
        places.push(("Finanse", "/finanse"));
    }
    if actor.has_any(&[Role::Admin, Role::Auditor]) {
        places.push(("Administracja", "/urzad/administracja"));
    }
    places.into_iter().map(|(label, href)| NavItem { label, href, current: current(href, &ctx.path) }).collect()
}
