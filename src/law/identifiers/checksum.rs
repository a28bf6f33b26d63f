//! Check digits. Every function takes digits of the right length and answers yes or no.

/// Weights 6 5 7 2 3 4 5 6 7 modulo 11; a remainder of ten is never given out.
pub(super) fn nip(digits: &str) -> bool {
    let sum = weighted(digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
    sum < 10 && Some(sum) == digit(digits, 9)
}

/// Nine digits, and for a local unit five more with their own check digit.
pub(super) fn regon(digits: &str) -> bool {
    let short = weighted(digits, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10;
    let long = weighted(digits, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10;
    let long_right = digits.len() == 9 || Some(long) == digit(digits, 13);
    Some(short) == digit(digits, 8) && long_right
}

/// ISO 7064: the account, then `PL` as 2521, then the two check digits, leave 1 of 97.
pub(super) fn mod97(nrb: &str) -> bool {
    let account = values(nrb).skip(2);
    let country = [2, 5, 2, 1];
    let check = values(nrb).take(2);
    account.chain(country).chain(check).fold(0, |rest, d| (rest * 10 + d) % 97) == 1
}

/// The bank's sort code, digits 3 to 10, carries its own check digit.
pub(super) fn bank(nrb: &str) -> bool {
    let code: String = nrb.chars().skip(2).take(8).collect();
    let check = (10 - weighted(&code, &[3, 9, 7, 1, 3, 9, 7]) % 10) % 10;
    Some(check) == digit(&code, 7)
}

fn weighted(digits: &str, weights: &[u32]) -> u32 {
    values(digits).zip(weights).map(|(d, w)| d * w).sum()
}

fn values(digits: &str) -> impl Iterator<Item = u32> {
    digits.chars().filter_map(|c| c.to_digit(10))
}

fn digit(digits: &str, at: usize) -> Option<u32> {
    values(digits).nth(at)
}
