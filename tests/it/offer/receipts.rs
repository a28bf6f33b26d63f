//! Receipts prove themselves: on the public page, as a print, and without a network.

use konkurs::document::Qr;
use konkurs::offer::{Checked, check_file, check_url};

use super::{declarations, draft, find, form, post};
use crate::support::{Answer, Client, TestApp, sample};

async fn filed(app: &TestApp, ngo: &Client) -> String {
    let call = sample::pai_call(app);
    let offer = draft(app, &call, ngo);
    post(ngo, &format!("/oferty/{}/zlozenie", offer.id), declarations(app, &offer.id), &[]).await.expect(303);
    app.new_mail();
    format!("/oferty/{}", offer.id)
}

/// The hash that the page of the receipt shows.
fn hash_of(page: &Answer) -> String {
    let said = page.between("Suma kontrolna (SHA-256)", "Oferent");
    said.split_whitespace().find(|word| word.len() == 64).unwrap().to_owned()
}

fn query(number: &str, hash: &str) -> String {
    check_url("", number, hash)
}

#[actix_web::test]
async fn anyone_checks_a_receipt_and_learns_nothing_else() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &ngo).await;
    let page = ngo.page(&format!("{path}/potwierdzenie")).await;
    let first = hash_of(&page);
    let number = "LOK/1/2026/O-1";
    let link = query(number, &first);
    assert!(page.html().contains(&link.replace('&', "&amp;")) || page.html().contains(&link), "{link}");
    let code = Qr::of(&check_url(&app.state.config.base_url, number, &first)).unwrap();
    assert!(page.html().contains(&code.path), "the code on the page leads to the check");

    let stranger = app.stranger();
    let (known, statements) = app.queries(stranger.page(&link)).await;
    assert!(statements <= 12, "{statements} statements");
    known
        .says("Potwierdzenie jest prawdziwe")
        .says("Numer LOK/1/2026/O-1 Data i godzina 23.11.2026, 12:00:00")
        .says(&first)
        .says_not("Wersja")
        .says_not("Promyk")
        .says_not("Warsztaty")
        .says_not("85 050");
    let wrapped = format!("{} {}", &first[..32], first[32..].to_uppercase());
    stranger.page(&query("lok/1/2026/o-1", &wrapped)).await.says("Potwierdzenie jest prawdziwe");
    for unknown in [query("LOK/1/2026/O-2", &first), query(number, &"0".repeat(64))] {
        stranger.page(&unknown).await.says("Nie znamy takiego potwierdzenia.").says_not("23.11.2026, 12:00:00");
    }
    stranger
        .get(&query(number, "abc"))
        .await
        .expect(422)
        .says("Suma kontrolna ma 64 znaki: cyfry i litery od a do f. Wpisano znaków: 3.");
    stranger.get(&query("", &first)).await.expect(422).says("Wpisz numer oferty z potwierdzenia");
    stranger
        .page("/sprawdz")
        .await
        .says("Nie pokazujemy, kto złożył ofertę, co w niej jest ani czy ją potem zmieniono albo wycofano.");

    let version = find_version(&ngo, &path).await;
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&ngo, &format!("{path}/inne"), fields, &[]).await.expect(303);
    let asked = ngo.page(&format!("{path}/zlozenie")).await;
    let mut fields = declared();
    for name in ["version", "replaces", "terms"] {
        fields.push((name.into(), asked.value_of(name).unwrap()));
    }
    post(&ngo, &format!("{path}/zlozenie"), fields, &[]).await.expect(303);
    let second = hash_of(&ngo.page(&format!("{path}/potwierdzenie")).await);
    assert_ne!(first, second);
    let told = |page: &Answer| page.between("Numer LOK/1/2026/O-1", "Na potwierdzeniu złożenia oferty");
    let nothing_else = |hash: &str| format!("Data i godzina 23.11.2026, 12:00:00 Suma kontrolna (SHA-256) {hash}");
    assert_eq!(
        told(&stranger.page(&query(number, &first)).await),
        nothing_else(&first),
        "replaced: nobody else's business"
    );
    assert_eq!(told(&stranger.page(&query(number, &second)).await), nothing_else(&second));
    let version = ngo.page(&format!("{path}/wycofanie")).await.value_of("version").unwrap();
    ngo.post(&format!("{path}/wycofanie"), &[("version", &version)]).await.expect(303);
    assert_eq!(
        told(&stranger.page(&query(number, &second)).await),
        nothing_else(&second),
        "withdrawn: the same answer"
    );
    app.new_mail();
}

async fn find_version(ngo: &Client, path: &str) -> String {
    ngo.page(&format!("{path}/inne")).await.value_of("version").unwrap()
}

fn declared() -> super::Form {
    let ticked = ["public_benefit_only", "paid_activity_only", "data_agree", "all_true", "data_protection"];
    let mut out: super::Form = ticked.iter().map(|name| ((*name).to_owned(), "true".to_owned())).collect();
    out.extend(form(&[("tax_arrears", "no"), ("social_arrears", "no"), ("signed_by", "Anna Prezes")]));
    out
}

#[actix_web::test]
async fn the_public_check_is_answered_so_often_a_second_and_then_asks_for_patience() {
    let app = TestApp::new().await;
    let (stranger, link) = (app.stranger(), query("LOK/1/2026/O-1", &"0".repeat(64)));
    for _ in 0..50 {
        stranger.get(&link).await.expect(200);
    }
    stranger.get(&link).await.expect(429).says("Teraz sprawdza zbyt wiele osób naraz.");
    app.at("2026-11-23 12:00:01");
    stranger.get(&link).await.expect(200);
}

#[actix_web::test]
async fn the_receipt_as_json_is_checked_without_the_program_that_made_it() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &ngo).await;
    let hash = hash_of(&ngo.page(&format!("{path}/potwierdzenie")).await);
    let file = ngo.page(&format!("{path}/potwierdzenie.json")).await;
    assert!(file.headers["content-disposition"].contains("potwierdzenie_LOK-1-2026-O-1.json"), "{:?}", file.headers);
    let expected = Checked::Receipt {
        number: "LOK/1/2026/O-1".into(),
        version: 1,
        arrived: app.state.clock.now(),
        sha256: hash.clone(),
        faults: vec![],
    };
    assert_eq!(check_file(&file.body), Ok(expected.clone()));
    let offer = ngo.page(&format!("{path}/oferta.json")).await;
    assert_eq!(konkurs::store::digest_bytes(&offer.body), hash, "sha256sum of the file is the hash");
    assert_eq!(check_file(&offer.body), Ok(Checked::Offer { call_number: "LOK/1/2026".into(), sha256: hash }));
    let forged = String::from_utf8(file.body).unwrap().replace("8505000", "9505000");
    let Ok(Checked::Receipt { faults, .. }) = check_file(forged.as_bytes()) else { panic!("not a receipt") };
    assert_eq!(faults.len(), 1, "{faults:?}");
    let pdf = ngo.page(&format!("{path}/potwierdzenie.pdf")).await;
    assert_eq!(check_file(&pdf.body), Ok(expected), "the print carries the same file");
    let other = ngo.page(&format!("{path}/oferta.pdf")).await;
    assert!(check_file(&other.body).unwrap_err().starts_with("Ten plik PDF nie zawiera potwierdzenia"));
}

#[actix_web::test]
async fn the_command_line_checks_a_receipt_with_and_without_a_database() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &ngo).await;
    let text = String::from_utf8(ngo.page(&format!("{path}/potwierdzenie.json")).await.body).unwrap();
    let scratch = app.into_scratch();
    let folder = scratch.folder();
    let (sound, forged) = (folder.join("sound.json"), folder.join("forged.json"));
    std::fs::write(&sound, &text).unwrap();
    std::fs::write(&forged, text.replace("2026-11-23T11:00:00", "2026-11-22T11:00:00")).unwrap();
    let run = |file: &std::path::Path, beside: bool| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_konkurs"));
        command.args(["verify", "receipt"]).arg(file);
        if beside {
            command.arg("--data").arg(&folder).env("KONKURS_DATABASE", scratch.url());
        }
        let out = command.output().unwrap();
        (out.status.success(), String::from_utf8(out.stdout).unwrap())
    };
    let (fits, said) = run(&sound, false);
    assert!(fits, "{said}");
    assert!(said.contains("Numer oferty:  LOK/1/2026/O-1, wersja 1"), "{said}");
    assert!(said.contains("Suma kontrolna zgadza się z treścią oferty"), "{said}");
    assert!(said.contains("Chwilę wpływu zna tylko rejestr"), "{said}");
    let (fits, said) = run(&sound, true);
    assert!(fits && said.contains("Numer, wersja i chwila wpływu zgadzają się z rejestrem."), "{said}");
    assert!(run(&forged, false).0, "the time alone is known to the register only");
    let (fits, said) = run(&forged, true);
    assert!(!fits && said.contains("NIE ZGADZA SIĘ: Według rejestru oferta wpłynęła 2026-11-23T11:00:00"), "{said}");
}

#[actix_web::test]
async fn the_printed_receipt_is_the_same_bytes_every_time() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let path = filed(&app, &ngo).await;
    let first = ngo.page(&format!("{path}/potwierdzenie.pdf")).await;
    app.at("2026-11-25 08:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    assert!(first.body == ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body);
    let offer = app.state.store.read(|r| konkurs::offer::store::of_orgs(r, &[sample::org_of(&app, &ngo).id])).unwrap();
    assert_eq!(find(&app, &offer[0].id).frozen_no, 1);
}
