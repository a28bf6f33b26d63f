//! An organisation whose owner is gone, or whose number a stranger took.

use konkurs::account::{self, OrgRole, Role};
use konkurs::{audit, mail};

use crate::support::{TestApp, sample};

const WHY: &str = "pismo organizacji z 20.11.2026, wydruk z KRS";

#[actix_web::test]
async fn an_administrator_gives_an_organisation_an_owner_who_accepts() {
    let app = TestApp::new().await;
    let gone = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let org = sample::org_of(&app, &gone).id;
    let old = format!("{}@example.pl", sample::nip(1));
    let admin = app.staff("admin@example.pl", &[Role::Admin]).await;
    let auditor = app.staff("audytor@example.pl", &[Role::Auditor]).await;
    app.new_mail();
    let list = "/urzad/administracja/organizacje";
    admin.page(&format!("{list}?q={}", sample::nip(1))).await.says("Fundacja Promyk");
    admin.page(&format!("{list}?q={}", sample::nip(3))).await.says("Nie znaleziono organizacji");
    let url = format!("{list}/{org}/wlasciciel");
    auditor.page(&url).await.says(&old).says_not("Nadaj właściciela");
    auditor.post(&url, &[("email", "ewa@ngo.example"), ("reason", WHY)]).await.expect(403);
    admin.post(&url, &[]).await.expect(422).says("Uzupełnij pole „Powód”.");
    let mut form = vec![("email", "Ewa@ngo.example"), ("reason", WHY), ("demote", "true")];
    let deeds = app.deeds();
    let page = admin.post(&url, &form).await;
    page.expect(200)
        .says("Sprawdź obie osoby, zanim zatwierdzisz")
        .says(&format!("({old}). Staną się redaktorami, gdy nowy właściciel dostanie tę rolę"))
        .says("Nowy właściciel: Ewa@ngo.example.");
    assert_eq!((app.deeds(), app.new_mail()), (deeds, vec![]), "nothing is done yet");
    form.push(("confirmed", "yes"));
    let own = [("email", "admin@example.pl"), ("reason", WHY), ("confirmed", "yes")];
    admin.post(&url, &own).await.expect(422).says("Administrator nie nadaje organizacji siebie.");
    admin.post(&url, &form).await.expect(303);
    let mut mails = app.new_mail();
    mails.sort();
    let about = "Właściciel konta organizacji Fundacja Promyk".to_owned();
    assert_eq!(mails.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), [old.as_str(), "ewa@ngo.example"]);
    assert_eq!(mails[0], (old.clone(), about));
    let letters = app.state.store.read(|r| mail::recent(r, 2)).unwrap();
    let told = letters.iter().find(|l| l.to_addr == old).unwrap();
    assert!(told.body.contains(WHY) && told.body.contains("redaktor"), "{}", told.body);
    let rows = app.state.store.read(|r| audit::of_object(r, org.as_str())).unwrap();
    let last = rows.iter().find(|row| row.deed == "account.owner" && row.object_kind != "refused").unwrap();
    assert_eq!(
        last.detail,
        format!(
            "Zaproszono jako właściciela konta organizacji: ewa@ngo.example. Powód: {WHY}. Dotychczasowi właściciele staną się redaktorami, gdy ta osoba przyjmie zaproszenie."
        )
    );

    // until the invitation is accepted there is an owner, who cannot take it back
    assert_eq!(app.actor(&gone).memberships[0].role, OrgRole::Owner);
    let invitation = app.state.store.read(|r| account::store::pending_invitations(r, &org)).unwrap().remove(0);
    let away = format!("/konto/organizacja/{org}/zaproszenia/{}/wycofanie", invitation.id);
    gone.post(&away, &[("version", "0")]).await.expect(403);
    let again = format!("/konto/organizacja/{org}/zaproszenia/{}/ponowienie", invitation.id);
    app.at("2026-11-23 12:10");
    let refused = app.sign_in(&old).post(&again, &[("version", "0")]).await;
    refused.expect(403).says("To zaproszenie wysłał administrator urzędu; tylko on może je zmienić.");

    // whom the old owner invites meanwhile, perhaps another address of their own, does not come in afterwards
    let (actor, now) = (app.actor(&gone), app.state.clock.now());
    let write = &app.state.store;
    write
        .write(|tx| account::invite(tx, &actor, &org, ("drugi@ngo.example", OrgRole::Owner), "http://x", now))
        .unwrap();
    let body = &letters.iter().find(|l| l.to_addr == "ewa@ngo.example").unwrap().body;
    let from = body.find("/konto/zaproszenie/").unwrap();
    let token = body[from..].lines().next().unwrap().to_owned();
    let new = [
        ("name", "Ewa Nowa"),
        ("password", "zielony-rower-pod-lipa"),
        ("password_again", "zielony-rower-pod-lipa"),
        ("consent", "true"),
    ];
    app.stranger().post(&format!("{token}/konto"), &new).await.expect(303);
    let ewa = app.sign_in("ewa@ngo.example");
    assert_eq!(app.actor(&ewa).memberships[0].role, OrgRole::Owner);
    assert_eq!(app.actor(&gone).memberships[0].role, OrgRole::Editor);
    let pending = app.state.store.read(|r| account::store::pending_invitations(r, &org)).unwrap();
    assert!(pending.is_empty(), "{pending:?}");
    let rows = app.state.store.read(|r| audit::of_object(r, org.as_str())).unwrap();
    assert!(rows.iter().any(|row| row.detail.starts_with("Wycofano zaproszenie: drugi@ngo.example")), "{rows:?}");
    let last = format!("Zmieniono rolę {old}: właściciel konta → redaktor, bo właścicielem jest ewa@ngo.example");
    assert_eq!(rows.last().unwrap().detail, last);
    let mut told: Vec<String> =
        app.new_mail().into_iter().filter(|(to, _)| *to == old).map(|(_, about)| about).collect();
    told.sort();
    assert_eq!(told, ["Zmiana dostępu do organizacji Fundacja Promyk"], "not that an owner could remove her");
}

#[actix_web::test]
async fn a_member_becomes_the_owner_at_once_and_an_owner_does_not_undo_an_invitation_of_the_office() {
    let app = TestApp::new().await;
    let owner = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let org = sample::org_of(&app, &owner).id;
    let admin = app.staff("admin@example.pl", &[Role::Admin]).await;
    let (actor, now) = (app.actor(&owner), app.state.clock.now());
    let store = &app.state.store;
    store.write(|tx| account::invite(tx, &actor, &org, ("ola@ngo.example", OrgRole::Editor), "http://x", now)).unwrap();
    let letter = store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    let token = letter.body.lines().find_map(|l| l.split("/konto/zaproszenie/").nth(1)).unwrap().to_owned();
    let hash = app.state.hashing.hash("zielony-rower-pod-lipa").unwrap();
    store.write(|tx| account::accept_as_new(tx, &token, "Ola".into(), hash, now)).unwrap();
    app.new_mail();
    let url = format!("/urzad/administracja/organizacje/{org}/wlasciciel");
    let form = |email| [("email", email), ("reason", WHY), ("confirmed", "yes")];
    admin.post(&url, &form("ola@ngo.example")).await.expect(303);
    assert_eq!(app.actor(&app.sign_in("ola@ngo.example")).memberships[0].role, OrgRole::Owner);
    assert_eq!(app.new_mail().len(), 2, "the owner until now and the new one");
    admin
        .post(&url, &form("ola@ngo.example"))
        .await
        .expect(422)
        .says("Ta osoba jest już właścicielem konta organizacji.");

    // a closed account would leave nobody who can sign in
    let (boss, ola) = (app.actor(&admin), app.actor(&app.sign_in("ola@ngo.example")).person_id().unwrap().clone());
    let to_editor = |tx: &mut konkurs::store::Tx<'_>| {
        account::store::set_role_in(tx, &org, &ola, OrgRole::Owner, OrgRole::Editor)?;
        let seen = account::store::by_id(tx, &ola)?.version;
        account::set_staff(tx, &boss, &ola, seen, &[Role::Committee], false, now)
    };
    store.write(to_editor).unwrap();
    let mut closed = form("ola@ngo.example").to_vec();
    closed.push(("demote", "true"));
    admin.post(&url, &closed).await.expect(422).says("To konto jest zamknięte, więc nikt nie mógłby go użyć.");
    assert_eq!(app.actor(&owner).memberships[0].role, OrgRole::Owner);

    // of the office the last word counts
    admin.post(&url, &form("izza@ngo.example")).await.expect(303);
    admin.post(&url, &form("iza@ngo.example")).await.expect(303);
    app.new_mail();
    let waiting = store.read(|r| account::store::pending_invitations(r, &org)).unwrap();
    assert_eq!(waiting.iter().map(|i| i.email.as_str()).collect::<Vec<_>>(), ["iza@ngo.example"]);
    let invitation = store.read(|r| account::store::pending_invitations(r, &org)).unwrap().remove(0);
    let team = format!("/konto/organizacja/{org}");
    owner.page(&format!("{team}/osoby")).await.says("Wysłał administrator urzędu.");
    let refused = owner.post(&format!("{team}/zaproszenia/{}/wycofanie", invitation.id), &[("version", "0")]).await;
    refused.expect(403).says("To zaproszenie wysłał administrator urzędu; tylko on może je zmienić.");
}

/// The sample of a rehearsal is the officer's who writes as it; a person outside the office never gets into it.
#[actix_web::test]
async fn a_sample_organisation_gets_no_other_owner() {
    let app = TestApp::new().await;
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    let admin = app.staff("admin@example.pl", &[Role::Admin]).await;
    let (by, now) = (app.actor(&officer), app.state.clock.now());
    let sample = app.state.store.write(|tx| account::make_sample(tx, &by, now)).unwrap();
    let url = format!("/urzad/administracja/organizacje/{}/wlasciciel", sample.id);
    let why = "To organizacja próbna: prowadzi ją pracownik urzędu, który zaczął ofertę próbną.";
    let page = admin.page(&url).await;
    page.says(why).says("urzednik@example.pl").says_not("Nadaj właściciela");
    assert_eq!(page.value_of("email"), None);
    let form = [("email", "ewa@ngo.example"), ("reason", WHY)];
    let unconfirmed = admin.post(&url, &form).await;
    unconfirmed.says(why).says_not("Nadaj właściciela");
    let form = [form[0], form[1], ("confirmed", "yes")];
    admin.post(&url, &form).await.expect(403).says(why);
    assert_eq!(app.new_mail(), []);
    let waiting = app.state.store.read(|r| account::store::pending_invitations(r, &sample.id)).unwrap();
    assert!(waiting.is_empty(), "{waiting:?}");
}
