//! What machines ask: is it well, and how much is there. No personal data.

use actix_web::HttpResponse;

use crate::audit;
use crate::error::AppError;
use crate::mail;
use crate::store::{Apart, SET_CLOCKS};
use crate::web::Ctx;

/// 200 when the database answers, else 503. A clock that is wrong is told beside it: sending people elsewhere would
/// help nobody when the database's own clock is the wrong one.
pub async fn healthz(ctx: Ctx) -> HttpResponse {
    match ctx.work(|state, _, _| state.store.ping()).await {
        Ok(()) => {
            let far = ctx.state.compared.get().filter(Apart::is_far);
            let clock = far.map(|far| format!("zegar: {}. {SET_CLOCKS}\n", far.words())).unwrap_or_default();
            HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(format!("ok\n{clock}"))
        }
        Err(e) => {
            tracing::warn!(error = %e, "not healthy");
            HttpResponse::ServiceUnavailable()
                .insert_header((actix_web::http::header::RETRY_AFTER, "5"))
                .content_type("text/plain; charset=utf-8")
                .body("baza danych nie odpowiada\n")
        }
    }
}

/// Counts in the text format of Prometheus.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn metrics(ctx: Ctx) -> Result<HttpResponse, AppError> {
    let (pending, dead, deeds) =
        ctx.read(|r| Ok((mail::pending_count(r)?, mail::dead_count(r)?, audit::count(r)?))).await?;
    let lines = [
        ("konkurs_statements_total", "counter", ctx.state.store.queries().to_string()),
        ("konkurs_mail_pending", "gauge", pending.to_string()),
        ("konkurs_mail_dead", "gauge", dead.to_string()),
        ("konkurs_audit_rows_total", "counter", deeds.to_string()),
    ];
    let ahead = ctx.state.compared.get().and_then(|apart| apart.ahead.num_microseconds());
    let clock = ahead.map(|ahead| ("konkurs_clock_ahead_microseconds", "gauge", ahead.to_string()));
    let mut text = String::new();
    for (name, kind, value) in lines.into_iter().chain(clock) {
        text.push_str(&format!("# TYPE {name} {kind}\n{name} {value}\n"));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}
