//! Somebody new to the program, who has no mouse: from the registration to the receipt, every part of the form on the
//! way, in Chromium with keys alone. What has the focus can be seen at every stop.

use chrono::NaiveTime;
use konkurs::account::{self, OrganisationContent};
use konkurs::call::{self, AskedAttachment, Call};
use konkurs::law::{Minutes, Money};
use konkurs::offer::{OfferContent, OfferState, store};
use konkurs::programme::{Edition, Group};
use konkurs::store::OfferId;

use super::{day, find};
use crate::support::browser::{Driver, Person};
use crate::support::{PASSWORD, TestApp, sample};

/// A file that an announcement asks for.
pub fn statute() -> AskedAttachment {
    AskedAttachment { key: "statut".into(), name: "Statut".into(), required: true, note: String::new() }
}

/// One group with one class, so that every part of the form is short; a statute is asked for.
fn short_call(app: &TestApp) -> Call {
    let mut call = sample::pai_call(app);
    let c = &mut call.content;
    c.rules.week_min_minutes = None;
    c.editions = vec![Edition { no: 1, from: day("2027-01-11"), to: day("2027-01-15"), persons: 10 }];
    c.groups = vec![Group { code: "E1-G1".into(), edition: 1, gmina: "Gmina Choceń".into(), persons: 10 }];
    c.attachments = vec![statute()];
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    call
}

async fn type_all(who: &Person, fields: &[(&str, &str)]) {
    for (name, text) in fields {
        who.type_into(name, text).await;
    }
}

async fn register(anna: &Person, nip: &str) {
    anna.open("/").await;
    anna.follow("Zarejestruj organizację").await;
    anna.skip_head().await;
    type_all(
        anna,
        &[
            ("org_name", "Klawisz"),
            ("legal_form", "fundacja"),
            ("nip", nip),
            ("krs", "0000249506"),
            ("street", "ul. Długa 1"),
            ("postal_code", "87-800"),
            ("town", "Włocławek"),
            ("phone", "54 000 00 00"),
            ("status", " "),
            ("statute_clause", "§ 7 pkt 2: integracja społeczna"),
            ("account", "61 1090 1014 0000 0712 1981 2874"),
            ("representative.0.name", "Anna Prezes"),
            ("representative.0.function", "prezes"),
            ("person_name", "Anna Prezes"),
            ("email", "anna@klawisz.example"),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
            ("consent", " "),
        ],
    )
    .await;
    anna.follow("Załóż konto organizacji").await;
    assert_eq!(anna.path().await, "/oferty");
    anna.told("Konto założone. Możesz przygotować ofertę.").await;
}

/// What is kept once for every offer: how the organisation is represented, and with whom it works.
async fn describe_the_organisation(anna: &Person) {
    anna.follow("Organizacja").await;
    anna.type_into("representation", "prezes samodzielnie").await;
    anna.follow("Zapisz dane organizacji").await;
    anna.told("Dane zapisane. Złożonych już ofert to nie zmienia.").await;
    anna.follow("Doświadczenie, zasoby i kadra").await;
    let kept = [
        ("experience", "od 2008 r."),
        ("resources", "dwie sale"),
        ("staff.0.name", "Ewa Trener"),
        ("staff.0.qualifications", "psycholog"),
    ];
    type_all(anna, &kept).await;
    anna.follow("Zapisz do kolejnych ofert").await;
    anna.told("Zapisane. Przejdzie do każdej nowej oferty; w już rozpoczętych zmień to w ofercie.").await;
}

async fn task_and_plan(anna: &Person) {
    anna.skip_head().await;
    anna.type_into("title", "Razem").await;
    anna.tab_to("starts").await;
    // Back in a field, what stands there is chosen and typed anew.
    anna.back_to("title").await;
    anna.type_text("Razem łatwiej").await;
    let rest = [("target_group", "10 osób"), ("problem", "bierność"), ("complementarity", "prace gminy")];
    type_all(anna, &rest).await;
    anna.follow("Zapisz i przejdź dalej").await;
    anna.told("Zapisano: Zadanie i osoba do kontaktu. Oferta nie jest jeszcze złożona.").await;

    anna.skip_head().await;
    let row = ["name", "description", "target_group"].map(|field| format!("activities.0.{field}"));
    for (name, text) in row.iter().zip(["Warsztaty", "zajęcia", "wszyscy"]) {
        anna.type_into(name, text).await;
    }
    anna.type_day("activities.0.from", day("2027-01-11")).await;
    anna.type_day("activities.0.to", day("2027-01-15")).await;
    // A row comes and goes, and the focus goes along.
    anna.tab_to("Dodaj działanie").await;
    anna.strike().await;
    assert_eq!(anna.focus().await, "activities.1.name");
    anna.tab_to("Usuń Działanie 2").await;
    anna.strike().await;
    assert_eq!(anna.focus().await, "activities.0.name");
    anna.follow("Zapisz i przejdź dalej").await;
}

async fn results_and_people(anna: &Person) {
    anna.skip_head().await;
    type_all(
        anna,
        &[
            ("effect_direct", "4 godziny zajęć"),
            ("effect_change", "aktywność"),
            ("effect_durable", "grupa wsparcia"),
            ("results.0.name", "Ukończą"),
            ("results.0.target", "9"),
            ("results.0.monitoring", "listy"),
            ("measures.0.name", "gotowość"),
            ("measures.0.how", "ankieta"),
            ("measures.0.when", "na końcu"),
        ],
    )
    .await;
    anna.follow("Zapisz i przejdź dalej").await;
    anna.skip_head().await;
    // What is kept stands there already.
    assert_eq!(anna.value("trainers.0.name").await, "Ewa Trener");
    anna.type_into("hours.0.minutes", "4").await;
    anna.follow("Zapisz i przejdź dalej").await;
}

async fn classes_and_costs(anna: &Person) {
    anna.skip_head().await;
    anna.follow("E1-G1").await;
    anna.skip_head().await;
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    anna.type_day("programme.0.day", day("2027-01-12")).await;
    anna.type_hour("programme.0.from", at(9)).await;
    anna.type_hour("programme.0.to", at(13)).await;
    type_all(anna, &[("programme.0.topic", "praca nad motywacją"), ("programme.0.trainer", "Ewa Trener")]).await;
    anna.follow("Zapisz i wróć do grup").await;
    anna.told("Zapisano: Program zajęć. Oferta nie jest jeszcze złożona.").await;
    anna.skip_head().await;
    anna.follow("Wróć do oferty").await;
    anna.follow("Koszty i źródła finansowania").await;
    anna.skip_head().await;
    type_all(
        anna,
        &[
            ("costs.0.activity", "I.1"),
            ("costs.0.name", "Trener"),
            ("costs.0.unit", "godzina"),
            ("costs.0.unit_cost", "60,50"),
            ("costs.0.units", "4"),
            ("costs.0.trainer", " "),
            ("grant", "242"),
        ],
    )
    .await;
    anna.follow("Zapisz i przejdź dalej").await;
    anna.skip_head().await;
    anna.type_into("other", "Pisane bez myszy.").await;
    anna.until("zapisano 12:00:00").await;
    anna.follow("Zapisz i wróć do oferty").await;
    anna.told("Zapisano: Inne informacje. Oferta nie jest jeszcze złożona.").await;
}

async fn attach(anna: &Person, file: &std::path::Path) {
    anna.follow("Załączniki").await;
    anna.skip_head().await;
    anna.type_into("file", &file.to_string_lossy()).await;
    anna.tab_to("Dołącz plik: Statut").await;
    anna.strike().await;
    anna.until("statut.pdf (").await;
    anna.says("statut.pdf (1 kB) dołączony").await;
    anna.follow("Wróć do oferty").await;
}

async fn declare_and_submit(anna: &Person) {
    anna.follow("Sprawdź i złóż ofertę").await;
    anna.skip_head().await;
    // The first answer of each question is the one an organisation without arrears gives.
    for name in [
        "public_benefit_only",
        "paid_activity_only",
        "tax_arrears",
        "social_arrears",
        "data_agree",
        "all_true",
        "data_protection",
    ] {
        anna.tick(name).await;
    }
    anna.type_into("signed_by", "Anna Prezes, prezes").await;
    anna.follow("Złóż ofertę").await;
}

fn is_what_was_typed(c: &OfferContent, org: &OrganisationContent) {
    assert_eq!((c.title.as_str(), c.place.as_str(), c.problem.as_str()), ("Razem łatwiej", "Gmina Choceń", "bierność"));
    let [activity] = c.activities.as_slice() else { panic!("{:?}", c.activities) };
    assert_eq!((activity.from, activity.to), (Some(day("2027-01-11")), Some(day("2027-01-15"))));
    assert_eq!((c.results.len(), c.measures.len(), c.experience.as_str()), (1, 1, "od 2008 r."));
    let [class] = c.programme.as_slice() else { panic!("{:?}", c.programme) };
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    assert_eq!((class.day, class.from, class.to), (Some(day("2027-01-12")), hour(9), hour(13)));
    assert_eq!(c.hours[0].minutes, Minutes::from_hours(4));
    assert_eq!((c.costs[0].activity, c.costs[0].trainer), (Some(1), true));
    assert_eq!((c.costs[0].value(), c.sources.grant), (Some(Money::zl(242)), Money::zl(242)));
    assert_eq!((c.other.as_str(), org.representation.as_str()), ("Pisane bez myszy.", "prezes samodzielnie"));
}

#[actix_web::test]
async fn a_newcomer_goes_from_the_registration_to_the_receipt_by_keyboard_alone() {
    let app = TestApp::new().await;
    short_call(&app);
    let (site, driver) = (app.site(), Driver::start());
    let anna = site.stranger(&driver, "anna").await;
    register(&anna, &sample::nip(77)).await;
    describe_the_organisation(&anna).await;
    anna.follow("Konkursy").await;
    anna.follow("LOK/1/").await;
    anna.follow("Przygotuj ofertę").await;
    anna.says("WERSJA ROBOCZA – NIEZŁOŻONA").await;
    let hub = anna.path().await;
    anna.follow("Zadanie i osoba do kontaktu").await;
    task_and_plan(&anna).await;
    results_and_people(&anna).await;
    classes_and_costs(&anna).await;
    let statute = app.state.config.data.join("statut.pdf");
    std::fs::write(&statute, b"%PDF-1.7 statut").unwrap();
    attach(&anna, &statute).await;
    anna.says("Oferta jest kompletna i można ją złożyć.").await;
    declare_and_submit(&anna).await;
    assert_eq!(anna.path().await, format!("{hub}/potwierdzenie"));
    anna.told("Oferta jest złożona pod numerem LOK/1/2026/O-1.").await;
    anna.says("Oferta jest złożona").await;
    anna.says("23.11.2026, 12:00:00").await;
    anna.check().await;

    let offer = find(&app, &OfferId::parse(&anna.id_in_path().await).unwrap());
    let files = app.state.store.read(|r| store::attachments(r, &offer.id)).unwrap();
    assert_eq!((offer.state, offer.frozen_no, files.len()), (OfferState::Submitted, 1, 1));
    let org = app.state.store.read(|r| account::store::organisation(r, &offer.org)).unwrap();
    is_what_was_typed(&offer.content, &org.content);
    app.new_mail();
}
