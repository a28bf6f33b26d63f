//! What one field takes: the number of units of a cost as people write it, and how long a text may be.

use rust_decimal::Decimal;

/// Characters of one field, typed on a page or read from a workbook.
pub const LONGEST_TEXT: usize = 20_000;

/// A number of units: up to two decimals, up to a million.
///
/// # Errors
/// A sentence with what was typed and what is allowed.
pub fn parse_units(typed: &str) -> Result<Decimal, String> {
    let bad = |why: &str| format!("Wpisano „{typed}”. {why} Wpisz np. 90 albo 2,5.");
    let bare: String = typed.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let plain = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let n: Decimal = Some(bare.replace(',', "."))
        .filter(|_| plain)
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| bad("To nie jest liczba jednostek."))?;
    if n.normalize().scale() > 2 {
        return Err(bad("Liczba jednostek ma najwyżej dwie cyfry po przecinku."));
    }
    if n > Decimal::from(1_000_000) {
        return Err(bad("Największa dozwolona liczba to 1 000 000."));
    }
    Ok(n.normalize())
}
