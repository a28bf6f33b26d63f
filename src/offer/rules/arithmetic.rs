//! Part V: values, years, sums, sources (R-OFF-01 … 07, 09, 13).

use rust_decimal::Decimal;

use crate::law::{Finding, Money};
use crate::offer::calculation::{SourceTable, numbers, plain_number, plain_share, sources};
use crate::offer::model::{CostLine, OfferContent};

const V_A: &str = "oferta, część V.A (Dz.U. 2018 poz. 2057)";
const V_B: &str = "oferta, część V.B (Dz.U. 2018 poz. 2057)";

/// The sums of the form agree: values, years, blocks, sources, shares.
/// Basis: annex 1 to the regulation of 24.10.2018 (Dz.U. 2018 poz. 2057), parts V.A and V.B.
/// Date: none; the years are the calendar years that III.2 touches.
#[must_use]
pub fn arithmetic(content: &OfferContent) -> Vec<Finding> {
    let years = content.years();
    let mut out = Vec::new();
    for (no, line) in numbers(content).iter().zip(&content.costs) {
        let place = format!("V.A, wiersz {no}");
        out.extend(home(content, line, &place));
        out.extend(positive(line, &place));
        out.extend(value(line, &place));
        out.extend(by_year(line, &years, &place));
    }
    match sources(content) {
        Some(table) => out.extend(check_sources(&table, content.total().unwrap_or_default())),
        None if content.costs.iter().all(|line| line.value().is_some()) => out.push(too_large()),
        None => {}
    }
    out
}

/// Every cost of block I belongs to an activity of III.4 (R-OFF-09).
/// Basis: annex 1, parts III.4 and V.A. Date: none.
fn home(content: &OfferContent, line: &CostLine, place: &str) -> Option<Finding> {
    let n = usize::try_from(line.activity?).unwrap_or(usize::MAX);
    (n == 0 || n > content.activities.len()).then(|| {
        Finding::block("R-OFF-09")
            .at(place)
            .found("Koszt nie jest przypisany do żadnego działania z harmonogramu (III.4).")
            .limit("Każdy koszt należy do działania albo do kosztów administracyjnych.")
            .basis("oferta, część III.4 i V.A (Dz.U. 2018 poz. 2057)")
            .hint("Wybierz działanie w tym wierszu.")
    })
}

/// Unit cost and number of units are above zero (R-OFF-13).
/// Basis: arithmetic of annex 1, part V.A. Date: none.
fn positive(line: &CostLine, place: &str) -> Option<Finding> {
    let bad = line.unit_cost <= Money::ZERO || line.units <= Decimal::ZERO;
    bad.then(|| {
        Finding::block("R-OFF-13")
            .at(place)
            .found(format!("Koszt jednostkowy: {}, liczba jednostek: {}.", line.unit_cost, plain_number(line.units)))
            .limit("Obie wartości są większe od zera.")
            .basis(V_A)
            .hint("Wpisz brakującą wartość albo usuń wiersz.")
    })
}

/// The value is unit cost × units, half-up to the grosz, and fits (R-OFF-01).
/// Basis: annex 1, part V.A. Date: none.
fn value(line: &CostLine, place: &str) -> Option<Finding> {
    let fine = line.value().is_some() && line.units.scale() <= 2;
    (!fine).then(|| {
        Finding::block("R-OFF-01")
            .at(place)
            .found(format!("{} × {}.", line.unit_cost, plain_number(line.units)))
            .limit("Liczba jednostek ma najwyżej dwie cyfry po przecinku, a wartość mieści się w zakresie kwot.")
            .basis(V_A)
            .hint("Popraw liczbę jednostek albo koszt jednostkowy.")
    })
}

/// The value is the sum of its years, a column for each calendar year of the task (R-OFF-02).
/// Basis: annex 1, part V.A with its footnote on longer tasks. Date: the years that III.2 touches.
fn by_year(line: &CostLine, years: &[i32], place: &str) -> Option<Finding> {
    let value = line.value()?;
    if years.is_empty() {
        return None; // without dates there is nothing to divide; III.2 says so itself
    }
    let sum = Money::sum(line.years.iter().copied());
    let fine = line.years.len() == years.len() && sum == Some(value);
    (!fine).then(|| {
        let sum = sum.map_or_else(|| "poza zakresem kwot".to_owned(), |s| s.to_string());
        Finding::block("R-OFF-02")
            .at(place)
            .found(format!("Suma kwot w latach: {sum}, wartość kosztu: {value}."))
            .limit(format!("Kwoty w latach ({}) dają razem wartość kosztu.", years_text(years)))
            .basis(V_A)
            .hint("Popraw podział na lata.")
    })
}

fn years_text(years: &[i32]) -> String {
    years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The sum of all costs can be counted at all (R-OFF-03).
/// Basis: annex 1, part V.A. Date: none.
fn too_large() -> Finding {
    Finding::block("R-OFF-03")
        .at("V.A")
        .found("Sumy kosztów nie da się policzyć: jest za duża.")
        .limit("Suma działań i kosztów administracyjnych mieści się w zakresie kwot.")
        .basis(V_A)
        .hint("Sprawdź koszty jednostkowe i liczby jednostek.")
}

/// V.B agrees with V.A and with itself (R-OFF-04 … 07).
/// Basis: annex 1, part V.B. Date: none.
#[must_use]
pub fn check_sources(t: &SourceTable, grand: Money) -> Vec<Finding> {
    let mut out = Vec::new();
    if t.total != grand {
        out.push(
            Finding::block("R-OFF-04")
                .at("V.B, wiersz 1")
                .found(format!("Suma kosztów w V.B: {}.", t.total))
                .limit(format!("Suma zestawienia V.A: {grand}."))
                .basis("oferta, część V.A i V.B (Dz.U. 2018 poz. 2057)"),
        );
    }
    if t.own_financial.checked_add(t.own_in_kind) != Some(t.own) {
        out.push(
            Finding::block("R-OFF-05")
                .at("V.B, wiersz 3")
                .found(format!("Wkład własny: {}.", t.own))
                .limit(format!("Suma wierszy 3.1 ({}) i 3.2 ({}).", t.own_financial, t.own_in_kind))
                .basis(V_B),
        );
    }
    let paid = Money::sum([t.grant, t.own, t.recipients]);
    if paid != Some(t.total) {
        out.push(unbalanced(t, paid));
    } else if !t.total.is_zero() && !shares_agree(t) {
        let all: Decimal = t.shares.iter().sum();
        out.push(
            Finding::block("R-OFF-07")
                .at("V.B")
                .found(format!("Udziały dają razem {}%.", plain_share(all)))
                .limit("Udziały źródeł dają 100,00% (dopuszczalne 0,02 na zaokrągleniach).")
                .basis(V_B),
        );
    }
    out
}

fn unbalanced(t: &SourceTable, paid: Option<Money>) -> Finding {
    let said = paid.map_or_else(|| "więcej, niż mieści zakres kwot".to_owned(), |p| p.to_string());
    let paid = paid.unwrap_or(t.total);
    let (short, over) = (t.total.saturating_sub_floor0(paid), paid.saturating_sub_floor0(t.total));
    let (hint, amount) = if short.is_zero() {
        (format!("Źródła przewyższają koszty o {over}."), over)
    } else {
        (format!("Brakuje {short}: zwiększ źródła albo zmniejsz koszty."), short)
    };
    Finding::block("R-OFF-06")
        .at("V.B")
        .found(format!("Dotacja, wkład własny i świadczenia od odbiorców: {said}."))
        .limit(format!("Suma wszystkich kosztów realizacji zadania: {}.", t.total))
        .basis(V_B)
        .hint(hint)
        .amount(amount)
}

fn shares_agree(t: &SourceTable) -> bool {
    let all: Decimal = t.shares.iter().sum();
    (all - Decimal::ONE_HUNDRED).abs() <= Decimal::new(2, 2)
}
