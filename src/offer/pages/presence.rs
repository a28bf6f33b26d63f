//! Who is in which part of the form: a sign from the page every half a minute, and what it says of others and of other
//! cards of the same person.
//! Without a script only a save is a sign. None of it counts as activity of the session.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::policy::{Case, OwnOffer};
use super::section::Section;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::{show_time, warsaw};
use crate::offer::{Present, Sign, close_tab, present, tick as mark};
use crate::store::{OrgId, PersonId};
use crate::web::{Allowed, Ctx, Posted};

/// The part of a joint offer that one offeror fills: `podzial/{org}`.
fn is_share(case: &Case, section: &str) -> bool {
    let org = section.strip_prefix("podzial/").and_then(OrgId::parse);
    org.is_some_and(|org| case.offer.working().joint.as_ref().is_some_and(|joint| joint.share(&org).is_some()))
}

/// `Anna Nowak pisze teraz w tej części, od 12:03.`, each person once; empty when nobody else is there.
pub fn in_section(here: &[Present], section: &str, me: &Actor) -> String {
    let mut told: Vec<&PersonId> = Vec::new();
    let mut said = Vec::new();
    for p in here.iter().filter(|p| p.section == section && p.shown && me.person_id() != Some(&p.person)) {
        if !told.contains(&&p.person) {
            told.push(&p.person);
            said.push(format!("{} pisze teraz w tej części, od {}.", p.name, show_time(warsaw(p.since).time())));
        }
    }
    said.join(" ")
}

/// The same, and whether the reader has the part open in another card; `tab` is the reader's own, empty where that is
/// no part of the offer.
fn all_in_section(here: &[Present], section: &str, me: &Actor, tab: &str) -> String {
    let own = |p: &&Present| me.person_id() == Some(&p.person) && !p.tab.is_empty() && p.tab != tab;
    let twice = here.iter().filter(|p| p.section == section).find(own).map(|p| {
        let also = if tab.is_empty() { "" } else { " także" };
        let since = show_time(warsaw(p.since).time());
        format!("Ta część jest otwarta{also} w innej Twojej karcie, od {since}. Pisz tylko w jednej z nich.")
    });
    let others = in_section(here, section, me);
    [twice.unwrap_or_default(), others].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a page calls itself; nothing for what no page would.
fn tab_of(text: &str) -> String {
    let fits = text.len() <= 36 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits { text.to_owned() } else { String::new() }
}

#[derive(Serialize)]
struct Everywhere {
    /// Who is in each part, by the address of the part.
    parts: BTreeMap<String, String>,
}

/// `GET /oferty/{offer}/obecnosc`: who is where, for the page of the offer.
///
/// # Errors
/// Those of the database.
pub async fn look(may: Allowed<OwnOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (id, now) = (case.offer.id.clone(), ctx.arrived);
    let here = ctx.read(move |r| present(r, &id, now)).await?;
    let part = |slug: &str| (format!("/oferty/{}/{slug}", case.offer.id), all_in_section(&here, slug, &ctx.actor, ""));
    let parts = Section::ALL.into_iter().map(|section| part(section.slug())).collect();
    Ok(ctx.json(StatusCode::OK, &Everywhere { parts }))
}

#[derive(Serialize)]
struct Here {
    said: String,
}

/// `POST /oferty/{offer}/obecnosc` with `section`: the reader has that part in the card `tab`, and looks at it unless
/// `hidden`; who else is there. `left` is what this card showed before; with `gone` it shows nothing of the offer any more.
///
/// # Errors
/// `Forbidden` when the offer cannot be changed any more, `NotFound` for a part that is not there.
pub async fn tick(may: Allowed<OwnOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let (tab, left) = (tab_of(form.text("tab")), tab_of(form.text("left")));
    if !form.text("gone").is_empty() {
        ctx.work(move |state, who, _| state.store.write(|tx| close_tab(tx, who, &tab))).await?;
        return Ok(ctx.json(StatusCode::OK, &Here { said: String::new() }));
    }
    if !case.may_edit(ctx.arrived) {
        return Err(AppError::forbidden("Tej oferty nie można już zmieniać."));
    }
    let section = form.text("section").to_owned();
    if !is_share(&case, &section) && !Section::ALL.into_iter().any(|s| s.slug() == section) {
        return Err(AppError::NotFound);
    }
    let id = case.offer.id.clone();
    let sign = Sign { section: section.clone(), tab: tab.clone(), shown: form.text("hidden").is_empty() };
    let here = ctx
        .work(move |state, who, now| {
            state.store.write(|tx| {
                close_tab(tx, who, &left)?;
                mark(tx, who, &id, &sign, now)?;
                present(tx, &id, now)
            })
        })
        .await?;
    Ok(ctx.json(StatusCode::OK, &Here { said: all_in_section(&here, &section, &ctx.actor, &tab) }))
}

/// A save is a sign too, for who has no script. That it fails takes nothing from the save.
pub async fn saved_here(ctx: &Ctx, case: &Case, section: &str) {
    let (id, sign) = (case.offer.id.clone(), Sign::save(section));
    let marked = ctx.work(move |state, who, now| state.store.write(|tx| mark(tx, who, &id, &sign, now))).await;
    if let Err(e) = marked {
        tracing::warn!(error = %e, "a save could not be shown as presence");
    }
}
