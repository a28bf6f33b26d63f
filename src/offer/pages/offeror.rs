//! Part II.1: what the offer takes from the organisation, and what of it this call asks to prove.

use actix_web::HttpResponse;
use serde::Serialize;

use super::policy::{Case, LeadOffer};
use super::view;
use crate::error::AppError;
use crate::offer::rules;
use crate::web::{Allowed, Fact, FindingView, Waiting, fact};

#[derive(Serialize)]
struct OfferorPage {
    id: String,
    org: String,
    call: String,
    band: String,
    /// The number of the version in force beside changes that wait; 0 without them.
    pending: i64,
    waiting: Waiting,
    facts: Vec<Fact>,
    standing: Vec<Fact>,
    asked: String,
    findings: Vec<FindingView>,
}

/// `GET /oferty/{offer}/organizacja`.
///
/// # Errors
/// `Internal` when the template does not fit.
pub async fn show(may: Allowed<LeadOffer>) -> Result<HttpResponse, AppError> {
    let Allowed { ctx, object: case, .. } = may;
    let band = view::open_band(&case.offer);
    let all =
        if !band.is_empty() { rules::check(case.offer.working(), &case.org, &case.call.content) } else { Vec::new() };
    let here: Vec<_> = all.into_iter().filter(|f| f.place == "II.1").collect();
    let view = OfferorPage {
        id: case.offer.id.to_string(),
        org: case.offer.org_name.clone(),
        call: format!("{} – {}", case.call.number(), case.call.content.title),
        band,
        pending: if case.offer.draft.is_some() { case.offer.frozen_no } else { 0 },
        waiting: view::waiting(&case, ctx.arrived),
        facts: facts(&case),
        standing: standing(&case),
        asked: case.call.content.rules.offerors.clone(),
        findings: view::linked(&case.offer, case.offer.working(), &here),
    };
    ctx.page("offer/offeror.html", "Dane organizacji w ofercie (II.1)", &view)
}

fn facts(case: &Case) -> Vec<Fact> {
    let (org, o) = (&case.org, &case.org.content);
    let register = org.krs.as_ref().map_or_else(|| o.register_entry(), |krs| format!("KRS {krs}"));
    let people: Vec<String> = o.representatives.iter().map(|r| format!("{}, {}", r.name, r.function)).collect();
    vec![
        fact("Nazwa oferenta", org.name.clone()),
        fact("Forma prawna", o.legal_form.clone()),
        fact("Numer w KRS lub innej ewidencji", register),
        fact("NIP", org.nip.to_string()),
        fact("REGON", org.regon.as_ref().map(ToString::to_string).unwrap_or_default()),
        fact(
            "Adres siedziby",
            format!("{}, {} {}", o.street, o.postal_code, o.town).trim_matches([',', ' ']).to_owned(),
        ),
        fact("Adres do korespondencji", o.post_address.clone()),
        fact("Strona www", o.website.clone()),
        fact("Adres e-mail", o.email.clone()),
        fact("Numer telefonu", o.phone.clone()),
        fact("Osoby reprezentujące", people.join("; ")),
        fact("Sposób reprezentacji", o.representation.clone()),
    ]
}

fn standing(case: &Case) -> Vec<Fact> {
    let o = &case.org.content;
    vec![
        fact("Status", o.status.label().to_owned()),
        fact("Dowód statusu", o.status_proof.clone()),
        fact("Postanowienie statutu", o.statute_clause.clone()),
    ]
}
