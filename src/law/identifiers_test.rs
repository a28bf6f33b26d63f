use proptest::prelude::*;

use super::*;

fn said<T>(result: Result<T, BadIdentifier>) -> String {
    result.err().unwrap().to_string()
}

#[test]
fn good_numbers_pass_and_are_shown_grouped() {
    assert_eq!(Nip::parse("123-456-32-18").unwrap().as_str(), "1234563218");
    assert_eq!(Nip::parse("PL 5252248481").unwrap().to_string(), "525-224-84-81");
    assert_eq!(Regon::parse("123456785").unwrap().to_string(), "123456785");
    assert_eq!(Regon::parse("12345678512347").unwrap().as_str(), "12345678512347");
    assert_eq!(Krs::parse("0000249506").unwrap().to_string(), "0000249506");
    assert_eq!(Nrb::parse("PL61109010140000071219812874").unwrap().to_string(), "61 1090 1014 0000 0712 1981 2874");
    assert_eq!(Nrb::parse("27 1140 2004 0000 3002 0135 5387").unwrap().as_str(), "27114020040000300201355387");
}

#[test]
fn bad_numbers_say_what_is_wrong() {
    assert!(said(Nip::parse("1234567890")).contains("nie zgadza się ostatnia cyfra"));
    assert!(said(Nip::parse("123456321")).contains("(9 cyfr). Numer NIP ma 10 cyfr"));
    assert!(said(Nip::parse("12345632I8")).contains("z samych cyfr"));
    assert!(said(Nip::parse(" ")).contains("Nie podano danych: Numer NIP"));
    assert!(said(Regon::parse("123456789")).contains("cyfra kontrolna"));
    assert!(said(Regon::parse("12345678512346")).contains("cyfra kontrolna"));
    assert!(said(Regon::parse("12")).contains("(2 cyfry). Numer REGON ma 9 albo 14 cyfr"));
    assert!(said(Krs::parse("0000000000")).contains("z samych zer"));
    assert!(said(Krs::parse("249506")).contains("wpisz 0000249506"));
    assert!(said(Nrb::parse("61109010140000071219812875")).contains("suma kontrolna"));
    assert!(said(Nrb::parse("61 1090")).contains("(6 cyfr). Numer rachunku ma 26 cyfr"));
}

#[test]
fn an_account_of_no_bank_is_refused_though_its_sum_agrees() {
    let account = "109010150000071219812874";
    let nrb = (0..100).map(|check| format!("{check:02}{account}")).find(|nrb| checksum::mod97(nrb)).unwrap();
    assert!(said(Nrb::parse(&nrb)).contains("numer banku"));
}

#[test]
fn json_is_a_plain_string_and_is_checked() {
    let nip: Nip = serde_json::from_str("\"123-456-32-18\"").unwrap();
    assert_eq!(serde_json::to_string(&nip).unwrap(), "\"1234563218\"");
    assert!(serde_json::from_str::<Nip>("\"1234567890\"").is_err());
}

#[test]
fn postal_codes_and_addresses() {
    assert_eq!(postal_code(" 87-800 ").unwrap(), "87-800");
    assert_eq!(postal_code("87800").unwrap(), "87-800");
    for bad in ["", "8780", "878-00", "87 800", "ab-cde"] {
        assert!(said(postal_code(bad)).contains("87-800"), "{bad}");
    }
    assert_eq!(email(" biuro@fundacja.pl ").unwrap(), "biuro@fundacja.pl");
    for bad in ["", "biuro", "@a.pl", "a@b", "a@.pl", "a@b.", "a b@c.pl", "a@b@c.pl", "a@b.pl,c@d.pl"] {
        assert!(said(email(bad)).contains("adres e-mail"), "{bad}");
    }
}

proptest! {
    #[test]
    fn one_wrong_digit_never_passes(at in 0usize..10, up in 1u32..10) {
        let changed: String = "1234563218".chars().enumerate()
            .map(|(i, c)| match c.to_digit(10) {
                Some(d) if i == at => char::from_digit((d + up) % 10, 10).unwrap(),
                _ => c,
            }).collect();
        prop_assert!(Nip::parse(&changed).is_err());
    }

    #[test]
    fn no_text_breaks_the_readers(typed in ".{0,40}") {
        let _ = (Nip::parse(&typed), Regon::parse(&typed), Krs::parse(&typed), Nrb::parse(&typed));
        let _ = (postal_code(&typed), email(&typed));
    }
}
