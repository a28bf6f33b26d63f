//! Styles and scripts, built into the program.

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use super::ctx::Ctx;
use crate::error::AppError;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

/// One file of `static/`.
///
/// # Errors
/// `NotFound` for a name that is not there.
pub async fn asset(req: HttpRequest, _ctx: Ctx) -> Result<HttpResponse, AppError> {
    let name = req.match_info().query("name");
    let file = Static::get(name).ok_or(AppError::NotFound)?;
    let tag = format!("\"{}\"", crate::store::digest_bytes(&file.metadata.sha256_hash()));
    let same = req.headers().get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()) == Some(tag.as_str());
    let mut out = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    out.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, "public, max-age=600"));
    if same {
        return Ok(out.finish());
    }
    Ok(out.content_type(media_type(name)).body(file.data.into_owned()))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
