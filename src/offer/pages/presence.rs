//! Who is in which part of the form: a sign from the page every half a minute, and what it says of others.
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
use crate::offer::{Present, present, tick as mark};
use crate::store::OrgId;
use crate::web::{Allowed, Ctx, Posted};

/// The part of a joint offer that one offeror fills: `podzial/{org}`.
fn is_share(case: &Case, section: &str) -> bool {
    let org = section.strip_prefix("podzial/").and_then(OrgId::parse);
    org.is_some_and(|org| case.offer.working().joint.as_ref().is_some_and(|joint| joint.share(&org).is_some()))
}

/// `Anna Nowak pisze teraz w tej części, od 12:03.`; empty when nobody else is there.
pub fn in_section(here: &[Present], section: &str, me: &Actor) -> String {
    let others = here.iter().filter(|p| p.section == section && me.person_id() != Some(&p.person));
    let said =
        others.map(|p| format!("{} pisze teraz w tej części, od {}.", p.name, show_time(warsaw(p.since).time())));
    said.collect::<Vec<_>>().join(" ")
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
    let part = |slug: &str| (format!("/oferty/{}/{slug}", case.offer.id), in_section(&here, slug, &ctx.actor));
    let parts = Section::ALL.into_iter().map(|section| part(section.slug())).collect();
    Ok(ctx.json(StatusCode::OK, &Everywhere { parts }))
}

#[derive(Serialize)]
struct Here {
    said: String,
}

/// `POST /oferty/{offer}/obecnosc` with `section`: the reader is in that part; who else is there.
///
/// # Errors
/// `Forbidden` when the offer cannot be changed any more, `NotFound` for a part that is not there.
pub async fn tick(may: Allowed<OwnOffer>, Posted(form): Posted) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    if !case.may_edit(ctx.arrived) {
        return Err(AppError::forbidden("Tej oferty nie można już zmieniać."));
    }
    let section = form.text("section").to_owned();
    if !is_share(&case, &section) && !Section::ALL.into_iter().any(|s| s.slug() == section) {
        return Err(AppError::NotFound);
    }
    let (id, slug) = (case.offer.id.clone(), section.clone());
    let here = ctx
        .work(move |state, who, now| {
            state.store.write(|tx| {
                mark(tx, who, &id, &slug, now)?;
                present(tx, &id, now)
            })
        })
        .await?;
    Ok(ctx.json(StatusCode::OK, &Here { said: in_section(&here, &section, &ctx.actor) }))
}

/// A save is a sign too, for who has no script. That it fails takes nothing from the save.
pub async fn saved_here(ctx: &Ctx, case: &Case, section: &str) {
    let (id, section) = (case.offer.id.clone(), section.to_owned());
    let marked = ctx.work(move |state, who, now| state.store.write(|tx| mark(tx, who, &id, &section, now))).await;
    if let Err(e) = marked {
        tracing::warn!(error = %e, "a save could not be shown as presence");
    }
}
