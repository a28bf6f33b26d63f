//! NIP, KRS and REGON: the owner puts a slip right until an offer was submitted, afterwards the administrator does.

use konkurs::account::{Identifiers, OrgRole, Role, correct_identifiers, store, update_organisation};
use konkurs::audit;
use konkurs::error::AppError;
use konkurs::law::{Krs, Nip};
use konkurs::offer::{submit, withdraw};
use konkurs::store::OrgId;

use crate::offer::draft;
use crate::support::{Answer, Client, TestApp, sample};

const LIST: &str = "/urzad/administracja/organizacje";

/// The form of the organisation, as its page shows it, with some fields changed.
async fn posted(ngo: &Client, changes: &[(&str, &str)]) -> Answer {
    let page = ngo.page("/konto/organizacja").await;
    let names = [
        "version",
        "org_name",
        "legal_form",
        "nip",
        "krs",
        "register",
        "register_no",
        "regon",
        "street",
        "postal_code",
        "town",
        "org_email",
        "status_proof",
        "representative.0.name",
        "representative.0.function",
    ];
    let mut fields: Vec<(String, String)> =
        names.iter().filter_map(|name| Some(((*name).to_owned(), page.value_of(name)?))).collect();
    fields.push(("status".into(), "pes".into()));
    for (name, value) in changes {
        fields.retain(|(k, _)| k != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    ngo.post("/konto/organizacja", &fields).await
}

/// Submits the draft of a call of its own.
async fn file(app: &TestApp, ngo: &Client) -> konkurs::store::OfferId {
    let call = sample::pai_call(app);
    let (actor, offer, now) = (app.actor(ngo), draft(app, &call, ngo), app.state.clock.now());
    app.state.store.write(|tx| submit(tx, &actor, &offer.id, sample::declarations(), now)).unwrap();
    app.new_mail();
    offer.id
}

fn last_detail(app: &TestApp, org: &OrgId) -> String {
    app.state.store.read(|r| audit::last_of(r, org.as_str())).unwrap().unwrap().detail
}

#[actix_web::test]
async fn the_owner_corrects_the_numbers_while_nothing_was_submitted() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let call = sample::pai_call(&app);
    let offer = draft(&app, &call, &ngo);
    let page = ngo.page("/konto/organizacja").await;
    let right = Nip::parse(&sample::nip(3)).unwrap();
    assert_eq!(page.value_of("nip"), Some(Nip::parse(&sample::nip(1)).unwrap().to_string()));
    page.says("Numery NIP, KRS i REGON poprawisz tu do złożenia pierwszej oferty");
    posted(&ngo, &[("nip", "1234567890")]).await.expect(422).says("Wpisano „1234567890”");
    posted(&ngo, &[("nip", "")]).await.expect(422).says("Uzupełnij pole „Numer NIP”.");
    let taken = posted(&ngo, &[("nip", &sample::nip(2))]).await;
    taken.expect(422).says("Organizacja z tym numerem NIP ma już konto.");
    assert!(taken.html().contains("href=\"#nip\""), "the sentence leads to its field");
    assert_eq!(sample::org_of(&app, &ngo).version, 0, "nothing of this was saved");

    posted(&ngo, &[("nip", right.as_str()), ("krs", "0000000001"), ("regon", "123456785")]).await.expect(303);
    let org = sample::org_of(&app, &ngo);
    assert_eq!((org.nip.clone(), org.version), (right.clone(), 1));
    assert_eq!((org.krs.unwrap().as_str(), org.regon.unwrap().as_str()), ("0000000001", "123456785"));
    let (old, detail) = (Nip::parse(&sample::nip(1)).unwrap(), last_detail(&app, &org.id));
    assert!(detail.starts_with(&format!("Zmieniono dane organizacji: NIP {old} → {right}, KRS ")), "{detail}");
    assert!(detail.contains("REGON brak → "), "{detail}");
    ngo.page(&format!("/oferty/{}/podglad", offer.id)).await.says(right.as_str());
    // Who leaves the numbers alone says nothing of them.
    posted(&ngo, &[("town", "Kowal")]).await.expect(303);
    assert_eq!(last_detail(&app, &org.id), "Zmieniono dane organizacji");
    assert!(app.new_mail().is_empty());
}

#[actix_web::test]
async fn after_a_submission_the_owner_reads_the_numbers_and_changes_the_rest() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let before = sample::org_of(&app, &ngo);
    let id = file(&app, &ngo).await;
    let page = ngo.page("/konto/organizacja").await;
    assert_eq!((page.value_of("nip"), page.value_of("krs"), page.value_of("regon")), (None, None, None));
    page.says("Te numery stoją w złożonej ofercie").says("Poprawi go administrator urzędu");
    posted(&ngo, &[("town", "Kowal")]).await.expect(303);
    let org = sample::org_of(&app, &ngo);
    assert_eq!((org.content.town.as_str(), &org.nip, &org.krs), ("Kowal", &before.nip, &before.krs));
    // A form from before the submission, or one made by hand.
    let late = posted(&ngo, &[("nip", &sample::nip(3)), ("regon", "123456785")]).await;
    late.expect(422)
        .says("Ten numer stoi już w złożonej ofercie, więc poprawia go administrator urzędu.")
        .says("Napisz do urzędu, podaj właściwy numer i powód.");
    let (actor, now) = (app.actor(&ngo), app.state.clock.now());
    let wrong = konkurs::account::Organisation { nip: Nip::parse(&sample::nip(3)).unwrap(), ..org.clone() };
    let refused = app.state.store.write(|tx| update_organisation(tx, &actor, &wrong, now));
    assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    // A withdrawn offer was submitted all the same: its receipt is about.
    let seen = app.state.store.read(|r| konkurs::offer::store::find(r, &id)).unwrap().version;
    app.state.store.write(|tx| withdraw(tx, &actor, &id, seen, now)).unwrap();
    app.new_mail();
    posted(&ngo, &[("krs", "0000000001")]).await.expect(422);
    assert_eq!(sample::org_of(&app, &ngo), org);
}

/// What the page of the administrator posts.
async fn corrected(admin: &Client, path: &str, changes: &[(&str, &str)]) -> Answer {
    let page = admin.page(path).await;
    let mut fields: Vec<(String, String)> = ["version", "nip", "krs", "regon"]
        .iter()
        .map(|name| ((*name).to_owned(), page.value_of(name).unwrap_or_default()))
        .collect();
    for (name, value) in changes {
        fields.retain(|(k, _)| k != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    admin.post(path, &fields).await
}

#[actix_web::test]
async fn the_administrator_corrects_them_with_a_reason_and_what_was_submitted_stays() {
    let app = TestApp::new().await;
    let admin = app.staff("admin@pup.example.pl", &[Role::Admin]).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let second = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let (org, now) = (sample::org_of(&app, &ngo), app.state.clock.now());
    let (editor, person) = (app.ngo("Inna", &sample::nip(4)).await, app.actor(&second));
    let join = |who: &konkurs::account::Actor, role| {
        let id = who.person_id().unwrap().clone();
        app.state.store.write(|tx| store::insert_membership(tx, &org.id, &id, role, now)).unwrap();
    };
    join(&person, OrgRole::Owner);
    join(&app.actor(&editor), OrgRole::Editor);
    let offer = file(&app, &ngo).await;
    let receipt = ngo.page(&format!("/oferty/{offer}/potwierdzenie.json")).await.body;
    let (wrong, right) = (org.nip.clone(), Nip::parse(&sample::nip(3)).unwrap());

    admin.page("/urzad/administracja").await.says("Organizacje").says("3 organizacje");
    admin.page(LIST).await.says("Stowarzyszenie Promyk").says("Fundacja Zorza").says("Znaleziono: 3");
    admin.page(&format!("{LIST}?q=zorza")).await.says("Fundacja Zorza").says_not("Stowarzyszenie Promyk");
    admin.page(&format!("{LIST}?q={wrong}")).await.says("Stowarzyszenie Promyk").says_not("Fundacja Zorza");
    let path = format!("{LIST}/{}", org.id);
    admin
        .page(&path)
        .await
        .says("O zmianie numerów napiszemy do właścicieli konta organizacji: 2 listy do 2 osób.")
        .says("Oferty złożone, ich potwierdzenia i umowy już sporządzone się nie zmienią.");
    corrected(&admin, &path, &[("nip", right.as_str())]).await.expect(422).says("Wpisz powód");
    corrected(&admin, &path, &[("reason", "pomyłka")]).await.expect(422).says("Te same numery są już zapisane.");
    corrected(&admin, &path, &[("nip", &sample::nip(2)), ("reason", "pomyłka")])
        .await
        .expect(422)
        .says("ma już organizacja Fundacja Zorza. Numer należy do jednej organizacji: sprawdź go w rejestrze.");
    corrected(&admin, &path, &[("krs", ""), ("reason", "pomyłka")]).await.expect(303);
    assert_eq!(sample::org_of(&app, &ngo).krs, None, "the other register is written down");
    app.new_mail();
    let stale = [("version", "0"), ("nip", right.as_str()), ("reason", "pomyłka")];
    let late = corrected(&admin, &path, &stale).await;
    late.expect(409).says("Ktoś zmienił tę organizację w międzyczasie");
    assert_eq!(late.value_of("version").as_deref(), Some("1"));
    assert_eq!(late.value_of("nip").as_deref(), Some(right.as_str()), "nothing typed is lost");

    let done =
        corrected(&admin, &path, &[("nip", right.as_str()), ("reason", "pismo z 20.11.2026, pomyłka w cyfrze")]).await;
    assert_eq!((done.status, done.location), (303, path.clone()));
    assert_eq!(sample::org_of(&app, &ngo).nip, right);
    let said = format!("NIP {wrong} → {right}");
    assert_eq!(
        last_detail(&app, &org.id),
        format!(
            "Poprawiono numery organizacji Stowarzyszenie Promyk: {said}. Powód: pismo z 20.11.2026, pomyłka w cyfrze"
        )
    );
    let mut mail = app.new_mail();
    mail.sort();
    let subject = "Poprawiono numery organizacji Stowarzyszenie Promyk".to_owned();
    let owners = [format!("{}@example.pl", sample::nip(1)), format!("{}@example.pl", sample::nip(2))];
    assert_eq!(mail, owners.map(|to| (to, subject.clone())), "the owners, and nobody else");
    let letter = app.state.store.read(|r| konkurs::mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.body.contains(&said) && letter.body.contains("Powód: pismo z 20.11.2026"), "{}", letter.body);

    assert_eq!(ngo.page(&format!("/oferty/{offer}/potwierdzenie.json")).await.body, receipt, "the receipt stays");
    let frozen = app.state.store.read(|r| konkurs::offer::store::version(r, &offer, 1)).unwrap();
    assert_eq!(frozen.content.nip, wrong.as_str());
    ngo.page("/konto/organizacja").await.says(&right.to_string());
    assert!(app.state.store.read(konkurs::audit::verify).unwrap().1.is_empty());
}

#[actix_web::test]
async fn the_auditor_reads_the_numbers_and_two_corrections_never_mix() {
    let app = TestApp::new().await;
    let auditor = app.staff("audyt@pup.example.pl", &[Role::Auditor]).await;
    let admin = app.actor(&app.staff("admin@pup.example.pl", &[Role::Admin]).await);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let org = sample::org_of(&app, &ngo);
    let path = format!("{LIST}/{}", org.id);
    auditor.page(&path).await.says("Numery poprawia administrator.").says_not("Popraw numery organizacji");
    auditor.post(&path, &[("version", "0")]).await.expect(403);
    let now = app.state.clock.now();
    let tries = [3, 4, 5, 6].map(|n| {
        let new = Identifiers { nip: Nip::parse(&sample::nip(n)).unwrap(), ..Identifiers::of(&org) };
        (app.state.store.clone(), new)
    });
    let done: Vec<Result<(), AppError>> = std::thread::scope(|threads| {
        let tries: Vec<_> = tries
            .into_iter()
            .map(|(store, new)| {
                let (admin, id) = (&admin, &org.id);
                threads.spawn(move || store.write(|tx| correct_identifiers(tx, admin, id, 0, new, "pomyłka", now)))
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().all(|d| matches!(d, Ok(()) | Err(AppError::Stale))), "{done:?}");
    assert_eq!(app.new_mail().len(), 1);
    // A sample of a rehearsal keeps its invented numbers.
    let officer = app.staff("urzednik@pup.example.pl", &[Role::Officer]).await;
    let by = app.actor(&officer);
    let sample_org = app.state.store.write(|tx| konkurs::account::make_sample(tx, &by, now)).unwrap();
    let new = Identifiers { krs: Some(Krs::parse("0000000001").unwrap()), ..Identifiers::of(&org) };
    let refused = app.state.store.write(|tx| correct_identifiers(tx, &admin, &sample_org.id, 0, new, "x", now));
    assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
}

#[actix_web::test]
async fn the_list_stands_in_the_order_of_a_polish_dictionary() {
    let app = TestApp::new().await;
    for (n, name) in [(1, "Zorza"), (2, "Łomża"), (3, "Ćma"), (4, "Lato"), (5, "Czas")] {
        app.ngo(name, &sample::nip(n)).await;
    }
    let admin = app.staff("admin@example.pl", &[Role::Admin]).await;
    let page = admin.page(LIST).await.html();
    let at: Vec<usize> = ["Czas<", "Ćma<", "Lato<", "Łomża<", "Zorza<"].map(|name| page.find(name).unwrap()).into();
    assert!(at.is_sorted(), "{at:?}");
    admin.page("/urzad/administracja").await.says("5 organizacji");
}
