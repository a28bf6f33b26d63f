//! The form of the three places: day, hour and proof of each, the proof being a link, a mark or a scan.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use chrono::NaiveTime;
use serde::Serialize;

use super::evidence::{Chosen, check_scan, chosen};
use crate::call::{Place, Publication, rules};
use crate::document::{AttachmentKind, shortened};
use crate::error::{AppError, FieldErrors};
use crate::law::{Instant, parse_time, show_time, warsaw, warsaw_date};
use crate::programme::pages::conflict::{Conflict, plainly};
use crate::programme::pages::kit::{date, iso};
use crate::web::{Fields, Posted, Problems, Upload};

/// The rows of the three places, for `call/_places.html`.
#[derive(Serialize)]
pub struct PlaceField {
    #[serde(skip)]
    place: Place,
    code: &'static str,
    label: &'static str,
    pub(super) short: &'static str,
    /// What proves a publication there besides a scan, in the accusative.
    #[serde(skip)]
    proof: &'static str,
}

impl PlaceField {
    fn wants_proof(&self) -> String {
        format!("{}: brakuje dowodu publikacji. Wpisz {} albo dołącz skan.", self.short, self.proof)
    }

    /// A page is proven by its address, a note on the board by its mark.
    fn proven_by(&self, evidence: &str) -> bool {
        let address = ["https://", "http://"].iter().filter_map(|begin| evidence.strip_prefix(begin));
        self.place == Place::Board || address.into_iter().any(|rest| rest.contains('.') && !rest.contains(' '))
    }

    fn wants_address(&self, evidence: &str) -> String {
        format!(
            "{}: „{}” to nie adres strony. Wpisz cały adres, z https:// na początku, albo dołącz skan.",
            self.short,
            shortened(evidence)
        )
    }

    /// The name of its file input.
    pub(super) fn file(&self) -> String {
        format!("{}_file", self.code)
    }
}

pub fn place_fields() -> Vec<PlaceField> {
    let field = |place: Place| {
        let (label, short, proof) = match place {
            Place::Bip => ("Biuletyn Informacji Publicznej", "BIP", "adres strony"),
            Place::Board => ("Tablica ogłoszeń w siedzibie organu", "Tablica ogłoszeń", "znak adnotacji albo zdjęcia"),
            Place::Website => ("Strona internetowa organu", "Strona internetowa", "adres strony"),
        };
        PlaceField { place, code: place.code(), label, short, proof }
    };
    Place::ALL.map(field).into_iter().collect()
}

/// What a scan may be, for the file input.
pub const ACCEPT: &str = AttachmentKind::ACCEPT;

/// An empty form: today, the hour that it is, and `by` as who did it.
pub fn today(version: i64, by: &str, now: Instant) -> Fields {
    let mut fields = Fields::default();
    for place in Place::ALL {
        fields.set(format!("{}_on", place.code()), iso(warsaw_date(now)));
        fields.set(format!("{}_time", place.code()), warsaw(now).format("%H:%M").to_string());
        fields.set(format!("{}_by", place.code()), by);
    }
    fields.set("version", version.to_string());
    fields
}

/// The places that are recorded beside those that were typed. A scan that was chosen is not kept ([`Chosen`]).
pub fn conflict(title: &str, saved: &[Publication], typed: &[Publication]) -> Conflict {
    Conflict::of(title, &values(saved), &values(typed), |name, value| {
        let (code, end) = name.split_once('_')?;
        let field = place_fields().into_iter().find(|field| field.code == code)?;
        let label = match end {
            "on" => "data publikacji",
            "time" => "godzina publikacji",
            "by" => "kto umieścił",
            _ => "dowód publikacji",
        };
        Some((format!("{}: {label}", field.short), plainly(value)))
    })
}

/// The places as their form holds them.
fn values(places: &[Publication]) -> Fields {
    let mut fields = Fields::default();
    for p in places {
        let code = p.place.code();
        let proof = p.file.as_ref().filter(|_| p.evidence.is_empty()).map(|file| file.name.clone());
        fields.set(format!("{code}_on"), iso(p.on));
        fields.set(format!("{code}_time"), p.time.map(show_time).unwrap_or_default());
        fields.set(format!("{code}_by"), &p.by);
        fields.set(format!("{code}_evidence"), proof.unwrap_or_else(|| p.evidence.clone()));
    }
    fields
}

/// A form of places, with files or without.
pub struct Placed(pub Upload);

impl FromRequest for Placed {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if kind.starts_with("multipart/") {
            let coming = Upload::from_request(req, payload);
            return Box::pin(async move { coming.await.map(Placed) });
        }
        let coming = Posted::from_request(req, payload);
        Box::pin(async move {
            let Posted(fields) = coming.await?;
            Ok(Placed(Upload { fields, files: Vec::new() }))
        })
    }
}

/// The three places as typed, or all that is wrong with them at once: fields, scans, days and hours that have not come.
/// `more` adds the errors of other fields.
///
/// # Errors
/// Those problems; the scans that were sent must be chosen again.
pub fn typed(
    upload: &Upload,
    (rule, by): (&'static str, &str),
    now: Instant,
    more: impl FnOnce(&mut FieldErrors),
) -> Result<Vec<Publication>, Problems> {
    let mut errors = FieldErrors::new();
    let places = places_of(upload, by, &mut errors);
    more(&mut errors);
    if errors.is_empty() {
        return Ok(places);
    }
    let findings = rules::check_days(rule, &places, now);
    Err(Chosen::of(upload).again(Problems { errors, findings }))
}

/// The publications out of a form: `bip_on`, `bip_time`, `bip_by`, `bip_evidence`, `bip_file` and so on; who
/// acts did it where nobody else is named.
pub fn places_of(upload: &Upload, by: &str, e: &mut FieldErrors) -> Vec<Publication> {
    let form = &upload.fields;
    let mut out = Vec::new();
    for field in place_fields() {
        let name = |end: &str| format!("{}_{end}", field.code);
        let on = date(form.text(&name("on")), &name("on"), &format!("{}: data publikacji", field.short), e);
        let time = hour_at(form, &name("time"), &format!("{}: ", field.short), e);
        let evidence = form.text(&name("evidence"));
        match chosen(upload, &name("file")) {
            Some(file) => check_scan(file, field.short, e),
            None if evidence.is_empty() => e.add(name("evidence"), field.wants_proof()),
            None if !field.proven_by(evidence) => e.add(name("evidence"), field.wants_address(evidence)),
            None => {}
        }
        let who = Some(form.text(&name("by"))).filter(|typed| !typed.is_empty()).unwrap_or(by);
        out.extend(on.map(|on| Publication { time, ..Publication::new(field.place, on, who, evidence) }));
    }
    out
}

/// An hour as typed; it must be there.
pub fn hour(form: &Fields, name: &str, e: &mut FieldErrors) -> Option<NaiveTime> {
    hour_at(form, name, "", e)
}

fn hour_at(form: &Fields, name: &str, place: &str, e: &mut FieldErrors) -> Option<NaiveTime> {
    let typed = form.text(name);
    if typed.is_empty() {
        let ask = if place.is_empty() { "Podaj godzinę" } else { "podaj godzinę" };
        e.add(name, format!("{place}{ask}, np. 10:15."));
        return None;
    }
    e.take(name, parse_time(typed).map_err(|wrong| format!("{place}{wrong}")))
}
