//! The edition form: content into fields, fields into content, all errors at once.

use chrono::NaiveDate;

use crate::contract::{ContractContent, Tranche};
use crate::error::{AppError, FieldErrors};
use crate::law::{Money, Nrb, parse_date};
use crate::store::TrancheId;
use crate::web::Fields;

const DATES: [&str; 4] = ["starts", "ends", "use_until", "return_until"];
const CELLS: [&str; 3] = ["due_on", "amount", "condition"];
/// Longest single line and longest clause, in characters.
const LINE: usize = 300;
const CLAUSE: usize = 10_000;

pub fn fields_of(c: &ContractContent, version: i64) -> Fields {
    let mut out = Fields::default();
    out.set("version", version.to_string());
    for (name, day) in DATES.into_iter().zip([c.starts, c.ends, c.use_until, c.return_until]) {
        out.set(name, day.to_string());
    }
    out.set("account", c.account.as_ref().map(ToString::to_string).unwrap_or_default());
    out.set("represented_by", c.contractor.represented_by.clone());
    out.set("office_signatory", c.office_signatory.clone());
    for (at, t) in c.tranches.iter().enumerate() {
        out.set(format!("tranches.{at}.due_on"), t.due_on.to_string());
        out.set(format!("tranches.{at}.amount"), t.amount.plain());
        out.set(format!("tranches.{at}.condition"), t.condition.clone());
    }
    for clause in &c.clauses {
        out.set(format!("clause.{}", clause.key), clause.text.clone());
    }
    out
}

/// The content with what was typed; everything else as in `base`.
///
/// # Errors
/// `Invalid` with every error of the form.
pub fn content_of(form: &Fields, base: &ContractContent) -> Result<ContractContent, AppError> {
    let mut errors = FieldErrors::new();
    let mut out = base.clone();
    let [starts, ends, use_until, return_until] = DATES.map(|name| errors.take(name, parse_date(form.text(name))));
    out.account = match form.text("account") {
        "" => None,
        typed => errors.take("account", Nrb::parse(typed)),
    };
    out.contractor.represented_by = line(
        form.required("represented_by", "Zleceniobiorcę reprezentuje", &mut errors),
        "represented_by",
        &mut errors,
    );
    out.office_signatory = line(form.text("office_signatory").to_owned(), "office_signatory", &mut errors);
    out.tranches = tranches(form, base, &mut errors);
    for clause in &mut out.clauses {
        let name = format!("clause.{}", clause.key);
        clause.text = form.text(&name).to_owned();
        if clause.text.chars().count() > CLAUSE {
            errors.add(name, format!("Klauzula ma najwyżej {CLAUSE} znaków."));
        }
    }
    let dates = (|| Some((starts?, ends?, use_until?, return_until?)))();
    let (starts, ends, use_until, return_until) = errors.finish(dates)?;
    Ok(ContractContent { starts, ends, use_until, return_until, ..out })
}

fn line(text: String, name: &str, errors: &mut FieldErrors) -> String {
    if text.chars().count() > LINE {
        errors.add(name, format!("To pole ma najwyżej {LINE} znaków."));
    }
    text
}

fn tranches(form: &Fields, base: &ContractContent, errors: &mut FieldErrors) -> Vec<Tranche> {
    let mut out: Vec<Tranche> = Vec::new();
    for row in form.rows("tranches").iter().filter(|row| !form.row_is_empty("tranches", row)) {
        let name = |cell: &str| format!("tranches.{row}.{cell}");
        let due_on: Option<NaiveDate> = errors.take(&name("due_on"), parse_date(form.cell("tranches", row, "due_on")));
        let amount = errors.take(&name("amount"), Money::parse_pl(form.cell("tranches", row, "amount")));
        let condition = form.cell("tranches", row, "condition").to_owned();
        if condition.is_empty() {
            errors.add(name("condition"), "Napisz, po spełnieniu jakiego warunku wypłaca się transzę.");
        }
        let condition = line(condition, &name("condition"), errors);
        if let (Some(due_on), Some(amount)) = (due_on, amount) {
            let no = u32::try_from(out.len()).unwrap_or(u32::MAX).saturating_add(1);
            let id = base.tranche(no).map_or_else(TrancheId::new, |t| t.id.clone());
            out.push(Tranche { id, no, due_on, amount, condition });
        }
    }
    if out.is_empty() && errors.is_empty() {
        errors.add("tranches", "Umowa ma co najmniej jedną transzę.");
    }
    out
}

/// The form with a tranche more (`_add`) or less (`_remove`), rows numbered from 0;
/// `None` when neither button was pressed.
pub fn with_rows(form: &Fields) -> Option<Fields> {
    let (add, remove) = (form.text("_add"), form.text("_remove"));
    if add.is_empty() && remove.is_empty() {
        return None;
    }
    let gone = remove.strip_prefix("tranches.").unwrap_or_default();
    let mut out = Fields::default();
    for (name, value) in form.pairs().iter().filter(|(k, _)| !k.starts_with("tranches.") && !k.starts_with('_')) {
        out.set(name.clone(), value.clone());
    }
    let rows: Vec<String> = form.rows("tranches").into_iter().filter(|row| row != gone).collect();
    for (at, row) in rows.iter().enumerate() {
        for cell in CELLS {
            out.set(format!("tranches.{at}.{cell}"), form.cell("tranches", row, cell));
        }
    }
    if !add.is_empty() {
        for cell in CELLS {
            out.set(format!("tranches.{}.{cell}", rows.len()), "");
        }
    }
    Some(out)
}
