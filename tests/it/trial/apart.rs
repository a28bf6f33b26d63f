//! Test and real never meet: organisations, calls, lists, invitations, calendars.

use konkurs::account::{self, Role};
use konkurs::error::AppError;
use konkurs::offer::{self, joint};
use konkurs::store::OrgId;

use super::{begin, filed, find};
use crate::support::{TestApp, sample};

fn sample_org(app: &TestApp, who: &crate::support::Client) -> OrgId {
    app.actor(who).memberships.into_iter().find(|m| m.test).unwrap().org
}

#[actix_web::test]
async fn a_sample_organisation_offers_in_no_real_contest_and_a_real_one_in_no_rehearsal() {
    let app = TestApp::new().await;
    let (trial, real) = (sample::trial_call(&app), sample::pai_call(&app));
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    begin(&officer, &trial).await;
    let org = sample_org(&app, &officer);

    let start = format!("/konkursy/{}/oferty", real.id);
    officer.post(&start, &[]).await.expect(403).says("Twoje konto do żadnej nie należy");
    super::smuggle(&app, &org, &ngo);
    let refused = ngo.post(&start, &[("org", org.as_str())]).await;
    refused.expect(403).says("Organizacja próbna składa oferty tylko w konkursach próbnych.");
    let rows = app.state.store.read(|r| konkurs::audit::of_object(r, real.id.as_str())).unwrap();
    assert!(rows.iter().any(|row| row.deed == "offer.start" && row.object_kind == "refused"), "the refusal is logged");
    let answer = ngo.post(&start, &[]).await;
    answer.expect(303);
    let own = konkurs::store::OfferId::parse(answer.location.strip_prefix("/oferty/").unwrap()).unwrap();
    assert_eq!(find(&app, &own).org_name, "Fundacja Promyk", "the real one needs no choice");

    ngo.post(&format!("/konkursy/{}/oferty", trial.id), &[]).await.expect(404);
    ngo.get(&format!("/konkursy/{}", trial.id)).await.expect(404);
    ngo.get(&format!("/urzad/konkursy/{}", trial.id)).await.expect(404);
    let (by, now) = (app.actor(&ngo), app.state.clock.now());
    let real_org = find(&app, &own).org;
    let start = |call: &konkurs::call::Call, org: &OrgId| {
        app.state.store.write(|tx| offer::start(tx, &by, &call.id, org, now)).unwrap_err()
    };
    assert!(matches!(start(&trial, &real_org), AppError::NotFound));
    assert!(matches!(start(&trial, &org), AppError::Forbidden(_)));
    app.new_mail();
}

#[actix_web::test]
async fn partners_are_of_one_kind() {
    let app = TestApp::new().await;
    let (trial, real) = (sample::trial_call(&app), sample::pai_call(&app));
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (first, second) = (begin(&officer, &trial).await, begin(&officer, &trial).await);
    let other = app.state.store.read(|r| account::store::organisation(r, &find(&app, &second).org)).unwrap();
    let now = app.state.clock.now();
    let invite = |who: &crate::support::Client, id: &konkurs::store::OfferId, whom: joint::Whom| {
        let by = app.actor(who);
        app.state.store.write(|tx| {
            let seen = offer::store::find(tx, id)?.version;
            joint::invite_partner(tx, &by, id, seen, whom, "https://k.pl", now)
        })
    };
    let make_joint = |who: &crate::support::Client, id: &konkurs::store::OfferId| {
        let by = app.actor(who);
        app.state.store.write(|tx| {
            let seen = offer::store::find(tx, id)?.version;
            joint::make_joint(tx, &by, id, seen, now)
        })
    };
    make_joint(&officer, &first).unwrap();
    let of_ngo = konkurs::law::Nip::parse(&sample::nip(1)).unwrap();
    for whom in [joint::Whom::Nip(of_ngo), joint::Whom::Krs(konkurs::law::Krs::parse("0000249506").unwrap())] {
        let AppError::Invalid(why) = invite(&officer, &first, whom).unwrap_err() else { panic!("not a field") };
        assert!(why.list()[0].message.contains("nie ma jeszcze konta w tym systemie"), "{:?}", why.list());
    }
    invite(&officer, &first, joint::Whom::Nip(other.nip.clone())).unwrap();
    // a letter to a stranger stays in the house
    invite(&officer, &first, joint::Whom::Email("ktos@example.org".into())).unwrap();
    assert_eq!(app.new_mail().iter().filter(|(to, _)| to != "urzednik@example.pl").count(), 0);

    let answer = ngo.post(&format!("/konkursy/{}/oferty", real.id), &[]).await;
    let own = konkurs::store::OfferId::parse(answer.location.strip_prefix("/oferty/").unwrap()).unwrap();
    make_joint(&ngo, &own).unwrap();
    let whom = joint::Whom::Nip(other.nip.clone());
    assert!(matches!(invite(&ngo, &own, whom).unwrap_err(), AppError::Invalid(_)), "a sample is nobody's partner");
    invite(&ngo, &own, joint::Whom::Email("urzednik@example.pl".into())).unwrap();
    let letters = app.state.store.read(|r| konkurs::mail::recent(r, 1)).unwrap();
    let link = letters[0].body.split_whitespace().find(|word| word.contains("/oferty/zaproszenie/")).unwrap();
    let path = link.trim_start_matches("http://127.0.0.1:8080").trim_start_matches("https://k.pl").to_owned();
    officer.page(&path).await.says_not("Organizacja próbna");
    let org = other.id.to_string();
    officer.post(&path, &[("org", &org)]).await.expect(422).says("Organizacja próbna bierze udział tylko w konkursach");
    app.new_mail();
}

#[actix_web::test]
async fn a_rehearsal_is_in_no_list_calendar_or_count_of_real_contests() {
    let app = TestApp::new().await;
    let (trial, real) = (sample::trial_call(&app), sample::pai_call(&app));
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offer = filed(&app, &trial, &officer);
    for path in ["/konkursy", "/konkursy?q=warsztaty", "/konkursy.json", "/konkursy.atom"] {
        let page = app.stranger().get(path).await;
        assert!(!page.html().contains("PRÓBA") && !page.html().contains(trial.id.as_str()), "{path}");
    }
    let person = app.actor(&officer).person_id().unwrap().clone();
    let dates = app.state.store.read(|r| offer::calendar_of(r, &person, "https://k.pl")).unwrap();
    assert_eq!(dates.len(), 4, "those of the real contest");
    let of_trial = |uid: &str| uid.contains(trial.id.as_str()) || uid.contains(offer.id.as_str());
    assert!(!dates.iter().any(|d| of_trial(&d.uid)), "nobody's calendar fills with rehearsals");
    let count = |call: &konkurs::call::Call| app.state.store.read(|r| offer::store::count_filed(r, &call.id)).unwrap();
    assert_eq!((count(&trial), count(&real)), (1, 0));
    let (trial_money, real_money) = app
        .state
        .store
        .read(|r| {
            let of = |r: &mut konkurs::store::Read<'_>, c: &konkurs::call::Call| {
                konkurs::call::store::committed(r, &c.programme, None)
            };
            Ok((of(r, &trial)?, of(r, &real)?))
        })
        .unwrap();
    assert_eq!((trial_money, real_money), (konkurs::law::Money::ZERO, konkurs::law::Money::zl(100_000)));
    ngo.get(&format!("/oferty/{}", offer.id)).await.expect(404);
    ngo.page("/oferty").await.says_not("PRÓBA");

    // the real offer of an officer's own organisation cannot be filled from a rehearsal, nor the other way round
    super::smuggle(&app, &app.actor(&ngo).memberships[0].org.clone(), &officer);
    let begun = officer.post(&format!("/konkursy/{}/oferty", real.id), &[]).await;
    let own = konkurs::store::OfferId::parse(begun.expect(303).location.strip_prefix("/oferty/").unwrap()).unwrap();
    let draft = find(&app, &own);
    assert_eq!(app.state.store.read(|r| offer::earlier(r, &draft)).unwrap(), []);
    let (by, now) = (app.actor(&officer), app.state.clock.now());
    let copied = app.state.store.write(|tx| offer::copy(tx, &by, &own, 0, &offer.id, now));
    assert!(matches!(copied.unwrap_err(), AppError::NotFound));
    app.new_mail();
}

#[actix_web::test]
async fn a_sample_organisation_keeps_its_mark_and_its_invented_numbers() {
    let app = TestApp::new().await;
    let trial = sample::trial_call(&app);
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    begin(&officer, &trial).await;
    let id = sample_org(&app, &officer);
    let read = || app.state.store.read(|r| account::store::organisation(r, &id)).unwrap();
    let before = read();
    assert!(before.nip.as_str().starts_with("000") && before.krs.as_ref().unwrap().as_str().starts_with("9999"));
    let mut changed = before.clone();
    changed.name = "Fundacja Prawdziwa".into();
    changed.krs = Some(konkurs::law::Krs::parse("0000249506").unwrap());
    changed.nip = konkurs::law::Nip::parse(&sample::nip(7)).unwrap();
    (changed.regon, changed.test) = (None, false);
    let (by, now) = (app.actor(&officer), app.state.clock.now());
    app.state.store.write(|tx| account::update_organisation(tx, &by, &changed, now)).unwrap();
    let after = read();
    assert_eq!(after.name, "Fundacja Prawdziwa (PRÓBA)");
    assert_eq!((after.nip, after.krs, after.regon, after.test), (before.nip, before.krs, before.regon, true));
    let page = officer.page(&format!("/konto/organizacja?org={id}")).await;
    page.says("Numery organizacji próbnej są wymyślone i się nie zmieniają.");
    assert_eq!(page.value_of("nip"), None);
    officer.page(&format!("/konto/organizacja/{id}/osoby")).await.says("KONKURS PRÓBNY");
    app.new_mail();
}
