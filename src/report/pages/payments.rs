//! Finance pays a tranche.

use actix_web::HttpResponse;

use crate::contract::pages::{PayContract, pay_with};
use crate::error::AppError;
use crate::report::pay_tranche;
use crate::web::{Allowed, Posted};

/// Records a payment. Policy: `PayContract`.
///
/// # Errors
/// Those of the database; what the page can show is shown.
pub async fn pay(may: Allowed<PayContract>, form: Posted) -> Result<HttpResponse, AppError> {
    pay_with(may, form, pay_tranche).await
}
