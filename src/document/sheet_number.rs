//! Whole numbers of the domain as the f64 of a cell, without float arithmetic.
//!
//! Money is divided by writing its digits with a decimal point and parsing them: the parse gives the f64 nearest to the
//! exact decimal, which is what Excel itself stores for a typed `105,01`. A division could round twice.

use super::sheet_cell::Kind;

/// Excel keeps 15 digits; above this a shown amount would not be the true one.
const MOST: i64 = 999_999_999_999_999;

#[derive(Debug, thiserror::Error)]
#[error("{0} has more than the 15 digits that a spreadsheet keeps")]
pub struct NumberTooBig(pub String);

/// Grosze to złote.
pub fn money(grosze: i64) -> Result<f64, NumberTooBig> {
    parse(&text(Kind::Money, grosze)?)
}

/// Minutes to days, Excel's unit of time.
pub fn days(minutes: i64) -> Result<f64, NumberTooBig> {
    parse(&text(Kind::Hours, minutes)?)
}

pub fn whole(n: i64) -> Result<f64, NumberTooBig> {
    parse(&text(Kind::Integer, n)?)
}

/// Percent × 100 to a share of one.
pub fn share(percent_x100: i64) -> Result<f64, NumberTooBig> {
    parse(&text(Kind::Percent, percent_x100)?)
}

/// Seconds since midnight to a part of the day.
pub fn day_part(seconds: u32) -> Result<f64, NumberTooBig> {
    parse(&ratio(i128::from(seconds), 86_400))
}

/// The decimal digits of a cell of `kind`, with a point.
pub fn text(kind: Kind, n: i64) -> Result<String, NumberTooBig> {
    if !(-MOST..=MOST).contains(&n) {
        return Err(NumberTooBig(n.to_string()));
    }
    Ok(match kind {
        Kind::Money => pointed(n, 2),
        Kind::Percent => pointed(n, 4),
        Kind::Hours => ratio(i128::from(n), 1440),
        Kind::Text | Kind::Integer | Kind::Date | Kind::Time => n.to_string(),
    })
}

/// `-10501` with two places is `-105.01`.
fn pointed(n: i64, places: usize) -> String {
    let sign = if n < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", n.unsigned_abs(), width = places.saturating_add(1));
    let (whole, rest) = digits.split_at(digits.len().saturating_sub(places));
    format!("{sign}{whole}.{rest}")
}

/// `n / parts` to 20 places, past what an f64 tells apart.
fn ratio(n: i128, parts: i128) -> String {
    const SCALE: i128 = 100_000_000_000_000_000_000;
    let sign = if n < 0 { "-" } else { "" };
    let scaled = n.abs().saturating_mul(SCALE).saturating_add(parts / 2) / parts;
    format!("{sign}{}.{:020}", scaled / SCALE, scaled % SCALE)
}

fn parse(digits: &str) -> Result<f64, NumberTooBig> {
    digits.parse().map_err(|_| NumberTooBig(digits.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_nearest_to_the_exact_decimal() {
        assert_eq!(money(10_501).unwrap(), 105.01);
        assert_eq!(money(-1).unwrap(), -0.01);
        assert_eq!(money(7).unwrap(), 0.07);
        assert_eq!(text(Kind::Money, 0).unwrap(), "0.00");
        assert_eq!(share(1234).unwrap(), 0.1234);
        assert_eq!(days(90).unwrap(), 0.0625);
        assert_eq!(days(1590).unwrap(), 1590.0 / 1440.0);
        assert_eq!(day_part(30_600).unwrap(), 30_600.0 / 86_400.0);
        assert!(money(i64::MAX).is_err());
        assert!(money(i64::MIN).is_err());
    }
}
