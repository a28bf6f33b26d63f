//! Names of cells and columns as Excel writes them.

/// `0` is `A`, `25` is `Z`, `26` is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut left = column.saturating_add(1);
    let mut letters = Vec::new();
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.push(char::from_digit(digit + 10, 36).map_or('?', |c| c.to_ascii_uppercase()));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Zero-based row and column to `B7`.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), row.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_like_in_excel() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(column), letters);
        }
        assert_eq!(cell_name(6, 1), "B7");
        assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
    }
}
