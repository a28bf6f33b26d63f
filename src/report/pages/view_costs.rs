//! Part II of the form on a page: the costs, the sources, the shares.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::contract::ContractContent;
use crate::error::AppError;
use crate::law::Money;
use crate::report::performed::{from_grant, sum};
use crate::report::{Part, ReportContent, fees};
use crate::web::{Fact, fact};

#[derive(Serialize)]
pub struct CostRow {
    pub item: String,
    pub name: String,
    pub planned: String,
    pub actual: String,
    pub from_grant: String,
}

#[derive(Serialize)]
pub struct CostTable {
    pub rows: Vec<CostRow>,
    pub planned: String,
    pub actual: String,
    pub from_grant: String,
    pub sources: Vec<Fact>,
    /// 4 to 6 of part II.2, in percent.
    pub shares: Vec<Fact>,
    /// II.3 in a sentence.
    pub charged: String,
}

fn percent(part: Money, whole: Money) -> String {
    let share: Option<Decimal> = part.percent_of(whole);
    share.map_or_else(|| "–".to_owned(), |p| format!("{p:.2}%").replace('.', ","))
}

/// Part II of the form, counted.
pub fn cost_table(part: &Part, contract: &ContractContent) -> Result<CostTable, AppError> {
    let (costs, content) = (&part.costs, &part.report.content);
    let (planned, actual) = (sum(costs.iter().map(|c| c.planned))?, sum(costs.iter().map(|c| c.actual))?);
    let grant = from_grant(costs)?;
    let charged = content.fees.as_ref().map(|f| f.spent).unwrap_or_default();
    let other = sum([content.own_financial, charged])?;
    let row = |c: &crate::report::CostReport| CostRow {
        item: c.item.clone(),
        name: c.name.clone(),
        planned: c.planned.to_string(),
        actual: c.actual.to_string(),
        from_grant: c.from_grant.to_string(),
    };
    Ok(CostTable {
        rows: costs.iter().map(row).collect(),
        planned: planned.to_string(),
        actual: actual.to_string(),
        from_grant: grant.to_string(),
        sources: sources(content, grant, other),
        shares: vec![
            fact("4 Udział dotacji w całkowitych kosztach", percent(grant, actual)),
            fact("5 Udział innych środków w stosunku do dotacji", percent(other, grant)),
            fact("6 Udział wkładu osobowego i rzeczowego w stosunku do dotacji", percent(content.in_kind, grant)),
        ],
        charged: fees::charged(contract, content.fees.as_ref()),
    })
}

/// 1 to 3 of part II.2; payments of recipients stand in a row of their own where there are any.
fn sources(content: &ReportContent, grant: Money, other: Money) -> Vec<Fact> {
    let mut out = vec![
        fact("1.1 Kwota dotacji", grant.to_string()),
        fact("1.2 Odsetki bankowe od dotacji", content.bank_interest.to_string()),
        fact("1.3 Inne przychody", content.other_income.to_string()),
        fact("2 Inne środki finansowe", other.to_string()),
    ];
    if let Some(fees) = &content.fees {
        out.push(fact("2.2 w tym świadczenia pieniężne od odbiorców", fees.spent.to_string()));
    }
    out.push(fact("3 Wkład osobowy i rzeczowy", content.in_kind.to_string()));
    out
}
