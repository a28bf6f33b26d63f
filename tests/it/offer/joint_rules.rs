//! The rules of joint offers, and what is printed of them.

use konkurs::law::{Finding, Money, rule};
use konkurs::offer::{Activity, OfferContent, rules};

use super::joint::{Scene, scene};
use super::{find, org_id};
use crate::support::{Client, sample};

fn findings(s: &Scene, change: impl FnOnce(&mut OfferContent)) -> Vec<(String, String, String)> {
    let mut offer = find(&s.app, &s.id);
    change(&mut offer.content);
    let parties = s.app.state.store.read(|r| konkurs::offer::joint::parties(r, &offer)).unwrap();
    let call = s.app.state.store.read(|r| konkurs::call::store::find(r, &offer.call)).unwrap();
    let said = |f: Finding| {
        assert!(rule(f.rule.as_str()).is_some(), "{} is not in the register", f.rule);
        (f.rule.to_string(), f.place, f.found)
    };
    rules::joint(&offer, &parties, &call.content, "x").into_iter().map(said).collect()
}

fn has(found: &[(String, String, String)], rule: &str, place: &str, words: &str) {
    let hit = found.iter().any(|(r, p, f)| r == rule && p == place && f.contains(words));
    assert!(hit, "{rule} {place} {words}: {found:?}");
}

fn set_org(s: &Scene, who: &Client, change: impl FnOnce(&mut konkurs::account::OrganisationContent)) {
    let mut org = sample::org_of(&s.app, who);
    change(&mut org.content);
    let (actor, now) = (s.app.actor(who), s.app.state.clock.now());
    s.app.state.store.write(|tx| konkurs::account::update_organisation(tx, &actor, &org, now)).unwrap();
}

#[actix_web::test]
async fn costs_are_divided_to_the_grosz_in_total_and_in_every_year() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    assert!(findings(&s, |_| ()).iter().all(|(rule, ..)| rule == "R-JOINT-01"));
    let one_less = findings(&s, |c| c.joint.as_mut().unwrap().shares[1].years = vec![Money::from_grosze(3_499_999)]);
    has(&one_less, "R-OFF-08", "V.C", "Oferenci dzielą między siebie 85\u{202f}049,99");
    let years = findings(&s, |c| {
        c.ends = Some(super::day("2028-02-11"));
        for line in &mut c.costs {
            let value = line.value().unwrap();
            line.years = vec![value, Money::ZERO];
        }
        let joint = c.joint.as_mut().unwrap();
        joint.shares[0].years = vec![Money::zl(50_000), Money::zl(50)];
        joint.shares[1].years = vec![Money::zl(35_000), Money::ZERO];
    });
    has(&years, "R-OFF-08", "V.C, rok 2027", "85\u{202f}000,00");
    has(&years, "R-OFF-08", "V.C, rok 2028", "50,00");
    assert!(!years.iter().any(|(_, place, _)| place == "V.C"), "the total is right: {years:?}");
}

#[actix_web::test]
async fn every_offeror_does_something_and_every_activity_has_somebody() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let found = findings(&s, |c| {
        c.activities.push(Activity { name: "Wyjazd".into(), ..Activity::default() });
        c.joint.as_mut().unwrap().shares[1].activities.clear();
    });
    has(&found, "R-JOINT-02", "partnerzy", "Fundacja Razem nie ma przypisanego żadnego działania.");
    has(&found, "R-JOINT-02", "partnerzy", "Nie wiadomo, kto wykona działanie 2 „Wyjazd”.");
}

#[actix_web::test]
async fn activities_keep_their_offerors_when_rows_move() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let version = s.version();
    let row = |n: usize, was: &str, name: &str| {
        [("was", was), ("name", name), ("description", "d"), ("target_group", "g")]
            .map(|(column, value)| (format!("activities.{n}.{column}"), value.to_owned()))
    };
    let mut fields: super::Form = row(0, "", "Rekrutacja").into();
    fields.extend(row(1, "1", "Warsztaty"));
    super::post(&s.lead, &s.path("/harmonogram"), fields, &[("version", &version)]).await.expect(303);
    let joint = find(&s.app, &s.id).content.joint.unwrap();
    assert_eq!(joint.performers(1), Vec::<&str>::new());
    assert_eq!(joint.performers(2), ["Stowarzyszenie Promyk", "Fundacja Razem"]);
}

#[actix_web::test]
async fn each_offeror_proves_its_own_standing() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    set_org(&s, &s.partner, |o| o.statute_clause = String::new());
    let found = findings(&s, |_| ());
    has(&found, "R-ORG-01", "II.1, Fundacja Razem", "Brakuje postanowienia statutu");
    s.partner.page(&s.word()).await.says("Najpierw uzupełnij dane swojej organizacji.");
    s.say_yes(&s.partner, "x").await.expect(409);
    s.submit().await.expect(422).says("R-ORG-01");
}

#[actix_web::test]
async fn the_form_prints_every_offeror_the_division_and_both_signatures() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    s.lead
        .page(&s.path("/podglad"))
        .await
        .says("Nazwa Stowarzyszenie Promyk")
        .says("Nazwa Fundacja Razem")
        .says("wykonuje: Stowarzyszenie Promyk, Fundacja Razem")
        .says("1 Stowarzyszenie Promyk 50 050,00 50 050,00 2 Fundacja Razem 35 000,00 35 000,00")
        .says("Suma wszystkich kosztów realizacji zadania 85 050,00 85 050,00")
        .says("Promyk na podstawie umowy partnerskiej z 2.11.2026")
        .says("oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych")
        .says("Oświadczenia złożył(a): Anna Prezes, prezes zarządu Fundacja Razem Oświadczam(my), że:")
        .says("Oświadczenia złożył(a): Jan Razem, prezes, 23.11.2026, 12:00:00");
    let json = s.partner.get(&s.path("/oferta.json")).await.json();
    assert_eq!(json["partners"][0]["name"], "Fundacja Razem");
    assert_eq!(json["offer"]["joint"]["shares"][1]["org"], org_id(&s.app, &s.partner).as_str());
    for file in ["/oferta.pdf", "/oferta.docx", "/oferta.xlsx", "/potwierdzenie.pdf"] {
        s.partner.get(&s.path(file)).await.expect(200);
    }
}
