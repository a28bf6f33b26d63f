//! People of one organisation: invited by mail, given a role, let go.

use std::sync::{Arc, Barrier};
use std::thread;

use konkurs::account::{self, OrgRole, Role};
use konkurs::error::AppError;
use konkurs::store::{OrgId, PersonId};
use konkurs::{audit, mail};

use crate::support::{Answer, Client, PASSWORD, TestApp, sample};

const SUKCES: &str = "Stowarzyszenie SUKCES";

struct Place {
    app: TestApp,
    owner: Client,
    org: OrgId,
    people: String,
}

async fn place() -> Place {
    let app = TestApp::new().await;
    let owner = app.ngo(SUKCES, &sample::nip(1)).await;
    let org = sample::org_of(&app, &owner).id;
    let people = format!("/konto/organizacja/{org}/osoby");
    Place { app, owner, org, people }
}

impl Place {
    async fn invite(&self, email: &str, role: &str) -> Answer {
        self.owner.post(&self.people, &[("email", email), ("role", role)]).await
    }

    /// The path in the newest letter.
    fn link(&self) -> String {
        let letter = self.app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
        let from = letter.body.find("/konto/zaproszenie/").unwrap_or_else(|| panic!("no link: {}", letter.body));
        letter.body[from..].lines().next().unwrap().to_owned()
    }

    fn log(&self) -> Vec<String> {
        let rows = self.app.state.store.read(|r| audit::of_object(r, self.org.as_str())).unwrap();
        rows.into_iter().filter(|row| row.object_kind != "refused").map(|row| row.detail).collect()
    }

    fn person(&self, client: &Client) -> PersonId {
        self.app.actor(client).person_id().unwrap().clone()
    }

    /// The path of an invitation's deed, and its version.
    fn pending(&self, deed: &str) -> (String, String) {
        let all = self.app.state.store.read(|r| account::store::pending_invitations(r, &self.org)).unwrap();
        let first = all.first().unwrap();
        (format!("/konto/organizacja/{}/zaproszenia/{}/{deed}", self.org, first.id), first.version.to_string())
    }

    /// Somebody of the organisation, signed in.
    fn joined(&self, email: &str, role: OrgRole) -> Client {
        let (store, now) = (&self.app.state.store, self.app.state.clock.now());
        let owner = self.app.actor(&self.owner);
        store.write(|tx| account::invite(tx, &owner, &self.org, (email, role), "http://x", now)).unwrap();
        let token = self.link().rsplit('/').next().unwrap().to_owned();
        let hash = self.app.state.hashing.hash(PASSWORD).unwrap();
        store.write(|tx| account::accept_as_new(tx, &token, format!("Osoba {email}"), hash, now)).unwrap();
        self.app.new_mail();
        self.app.sign_in(email)
    }
}

fn new_account() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Ewa Nowa"),
        ("password", "zielony-rower-pod-lipa"),
        ("password_again", "zielony-rower-pod-lipa"),
        ("consent", "true"),
    ]
}

#[actix_web::test]
async fn a_new_person_gets_a_letter_and_joins_with_a_name_and_a_password() {
    let p = place().await;
    p.owner.page("/konto/organizacja").await.says("Osoby i zaproszenia");
    p.owner.page(&p.people).await.says("Żadne zaproszenie nie czeka").says("redaktor").says("nie może ich złożyć");
    p.invite("Ewa@ngo.example", "editor").await.expect(303);
    let subject = format!("Zaproszenie do organizacji {SUKCES}");
    assert_eq!(p.app.new_mail(), [("ewa@ngo.example".to_owned(), subject)]);
    p.owner
        .page(&p.people)
        .await
        .says("ewa@ngo.example redaktor 23.11.2026, 12:00 (Anna Prezes) 07.12.2026, 12:00 (za 14 dni)")
        .says("Wyślij ponownie");

    let (link, ewa) = (p.link(), p.app.stranger());
    let before = p.app.deeds();
    ewa.page(&link)
        .await
        .says("Anna Prezes zaprasza Cię do organizacji Stowarzyszenie SUKCES. Rola: redaktor")
        .says("Zaproszenie wysłano na adres ewa@ngo.example. Jest ważne do 07.12.2026, 12:00.")
        .says("Mam już konto")
        .says("Nie mam konta");
    assert_eq!(p.app.deeds(), before, "looking at the page writes nothing");
    let wrong = ewa.post(&format!("{link}/konto"), &[("name", "Ewa Nowa"), ("password", "krótkie")]).await;
    wrong.expect(422).says("Hasło ma 7 znaków").says("Zaznacz, że znasz informację o przetwarzaniu danych.");
    assert_eq!(wrong.value_of("name").as_deref(), Some("Ewa Nowa"));
    let done = ewa.post(&format!("{link}/konto"), &new_account()).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/oferty"), "{}", done.text());
    ewa.page("/konto").await.says("Ewa Nowa").says("Stowarzyszenie SUKCES – redaktor");
    assert_eq!(
        p.app.new_mail(),
        [(format!("{}@example.pl", sample::nip(1)), format!("Nowa osoba w organizacji {SUKCES}"))]
    );
    assert_eq!(
        p.log()[1..],
        ["Zaproszono ewa@ngo.example (rola: redaktor)", "ewa@ngo.example dołącza do organizacji (rola: redaktor)"]
    );
    p.owner.page(&p.people).await.says("Ewa Nowa ewa@ngo.example redaktor").says("Żadne zaproszenie nie czeka");

    // Once is once: for a stranger the link is dead, the member is led to the organisation.
    p.app.stranger().get(&link).await.expect(410).says("To zaproszenie zostało już przyjęte.");
    p.app.stranger().post(&format!("{link}/konto"), &new_account()).await.expect(410);
    assert_eq!(ewa.get(&link).await.location, format!("/konto/organizacja?org={}", p.org));
    p.app.stranger().get("/konto/zaproszenie/zgaduje").await.expect(404);
}

#[actix_web::test]
async fn whoever_has_an_account_signs_in_and_presses_one_button() {
    let p = place().await;
    let zorza = p.app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let email = format!("{}@example.pl", sample::nip(2));
    p.invite(&email, "signatory").await.expect(303);
    let link = p.link();
    // The letter and the owner's page are the same for an address with an account.
    p.app.new_mail();
    let stranger = p.app.stranger();
    let page = stranger.page(&link).await;
    let sign_in = format!("/konto/logowanie?next={}", link.replace('/', "%2F"));
    assert!(page.html().contains(&sign_in), "{}", page.html());
    stranger
        .post(&format!("{link}/konto"), &new_account())
        .await
        .expect(422)
        .says("Na ten adres jest już konto. Zaloguj się, a potem przyjmij zaproszenie jednym przyciskiem.");
    stranger.post(&link, &[]).await.expect(401);
    zorza.page(&link).await.says(&format!("Przyjmujesz je na koncie {email}")).says("Przyjmij zaproszenie");
    let done = zorza.post(&link, &[]).await;
    assert_eq!((done.status, done.location), (303, format!("/konto/organizacja?org={}", p.org)));
    zorza.page("/konto").await.says("Stowarzyszenie SUKCES – osoba reprezentująca").says("Fundacja Zorza – właściciel");
    assert_eq!(p.app.new_mail().len(), 1, "the owner is told");
    // Two organisations: an offer asks which one.
    let call = sample::pai_call(&p.app);
    zorza.post(&format!("/konkursy/{}/oferty", call.id), &[]).await.expect(200).says("Która organizacja");
}

#[actix_web::test]
async fn an_invitation_ends_after_fourteen_days_and_can_be_sent_again() {
    let p = place().await;
    p.invite("ewa@ngo.example", "editor").await.expect(303);
    let old = p.link();
    let (again, version) = p.pending("ponowienie");
    let email = format!("{}@example.pl", sample::nip(1));
    p.owner.post(&again, &[("version", &version)]).await.expect(422).says("List wysłano przed chwilą.");
    p.app.at("2026-12-07 11:59:59");
    p.app.stranger().page(&old).await.says("Nie mam konta");
    p.app.at("2026-12-07 12:00");
    p.app.stranger().get(&old).await.expect(410).says("To zaproszenie wygasło: odnośnik działa 14 dni.");
    p.app.stranger().post(&format!("{old}/konto"), &new_account()).await.expect(410);
    let owner = p.app.sign_in(&email);
    owner.page(&p.people).await.says("wygasło 07.12.2026, 12:00");
    let twice = owner.post(&p.people, &[("email", "ewa@ngo.example"), ("role", "owner")]).await;
    twice.expect(422).says("Na ten adres jest już zaproszenie.");
    p.app.new_mail();
    owner.post(&again, &[("version", &version)]).await.expect(303);
    owner.post(&again, &[("version", &version)]).await.expect(409);
    assert_eq!(p.app.new_mail().len(), 1);
    let new = p.link();
    assert_ne!(old, new);
    p.app.stranger().get(&old).await.expect(404);
    p.app.stranger().page(&new).await.says("Jest ważne do 21.12.2026, 12:00.");
    let (withdraw, version) = p.pending("wycofanie");
    owner.post(&withdraw, &[("version", &version)]).await.expect(303);
    p.app.stranger().get(&new).await.expect(410).says("To zaproszenie zostało wycofane.");
    owner.post(&p.people, &[("email", "ewa@ngo.example"), ("role", "owner")]).await.expect(303);
    assert_eq!(
        p.log()[1..],
        [
            "Zaproszono ewa@ngo.example (rola: redaktor)",
            "Wysłano ponownie zaproszenie: ewa@ngo.example (rola: redaktor)",
            "Wycofano zaproszenie: ewa@ngo.example (rola: redaktor)",
            "Zaproszono ewa@ngo.example (rola: właściciel konta)"
        ]
    );
}

#[actix_web::test]
async fn the_form_of_an_invitation_says_what_is_wrong() {
    let p = place().await;
    p.invite("", "").await.expect(422).says("Uzupełnij pole „Adres e-mail”.").says("Zaznacz, co ta osoba będzie");
    let wrong = p.invite("ewa@", "editor").await;
    wrong.expect(422).says("To nie jest adres e-mail.");
    assert_eq!(wrong.value_of("email").as_deref(), Some("ewa@"));
    let own = format!("{}@example.pl", sample::nip(1));
    p.invite(&own, "editor").await.expect(422).says("Osoba z tym adresem należy już do organizacji.");
    for n in 0..30 {
        p.invite(&format!("osoba{n}@ngo.example"), "editor").await.expect(303);
    }
    p.invite("osoba30@ngo.example", "editor").await.expect(422).says("najwyżej 30 listów");
    p.app.new_mail();
}

#[actix_web::test]
async fn a_letter_sent_again_counts_among_the_letters_of_a_day() {
    let p = place().await;
    p.invite("ewa@ngo.example", "editor").await.expect(303);
    let start = p.app.state.clock.now();
    let (owner, store) = (p.app.actor(&p.owner), &p.app.state.store);
    let id = store.read(|r| account::store::pending_invitations(r, &p.org)).unwrap().remove(0).id;
    for n in 1..30 {
        let now = start + chrono::Duration::minutes(6 * n);
        store.write(|tx| account::invite_again(tx, &owner, &id, n - 1, "http://x", now)).unwrap();
    }
    p.app.at("2026-11-23 15:30");
    let owner = p.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let (again, version) = p.pending("ponowienie");
    let refused = owner.post(&again, &[("version", version.as_str())]).await;
    refused.expect(422).says("najwyżej 30 listów z zaproszeniem, także ponownie wysłanych");
    let another = owner.post(&p.people, &[("email", "ola@ngo.example"), ("role", "editor")]).await;
    another.expect(422).says("najwyżej 30 listów");
    p.app.new_mail();
}

#[actix_web::test]
async fn a_changed_role_counts_from_the_next_request() {
    let p = place().await;
    let ewa = p.joined("ewa@ngo.example", OrgRole::Editor);
    let call = sample::pai_call(&p.app);
    let offer = sample::filed_offer(&p.app, &call, &p.owner, 1);
    let path = format!("/oferty/{}/wycofanie", offer.id);
    ewa.get(&path).await.expect(403);
    let member = format!("{}/{}", p.people, p.person(&ewa));
    p.owner.page(&member).await.says("Rola: redaktor.").says("Odbierz dostęp");
    p.owner.post(&member, &[("seen", "editor")]).await.expect(422).says("Zaznacz, co ta osoba może robić.");
    p.owner.post(&member, &[("seen", "editor"), ("role", "signatory")]).await.expect(303);
    p.owner.post(&member, &[("seen", "editor"), ("role", "owner")]).await.expect(409);
    ewa.page(&path).await.says("Wycofaj");
    assert_eq!(p.app.new_mail(), [("ewa@ngo.example".to_owned(), format!("Zmiana dostępu do organizacji {SUKCES}"))]);
    assert_eq!(p.log().last().unwrap(), "Zmieniono rolę ewa@ngo.example: redaktor → osoba reprezentująca");

    p.owner.post(&format!("{member}/usuniecie"), &[]).await.expect(303);
    ewa.get(&path).await.expect(404);
    ewa.get(&p.people).await.expect(404);
    ewa.page("/konto").await.says_not(SUKCES);
    assert_eq!(p.log().last().unwrap(), "Odebrano dostęp do organizacji: ewa@ngo.example");
    p.app.new_mail();
}

#[actix_web::test]
async fn the_last_owner_stays_and_others_may_leave() {
    let p = place().await;
    let ewa = p.joined("ewa@ngo.example", OrgRole::Editor);
    let me = format!("{}/{}", p.people, p.person(&p.owner));
    let says = "Organizacja ma zawsze co najmniej jednego właściciela konta.";
    p.owner.post(&me, &[("seen", "owner"), ("role", "editor")]).await.expect(422).says("Reguła R-ORG-02").says(says);
    p.owner.post(&format!("{me}/usuniecie"), &[]).await.expect(422).says("Najpierw nadaj rolę właściciela innej");

    // An editor sees the list, changes nobody, and may go.
    ewa.page(&p.people).await.says("Opuść organizację").says_not("Wyślij zaproszenie");
    ewa.post(&p.people, &[("email", "x@ngo.example"), ("role", "editor")]).await.expect(403);
    ewa.get(&me).await.expect(403);
    ewa.post(&format!("{me}/usuniecie"), &[]).await.expect(403);
    let hers = format!("{}/{}", p.people, p.person(&ewa));
    ewa.page(&hers).await.says("Opuszczenie organizacji").says_not("Zmień rolę");
    ewa.post(&hers, &[("seen", "editor"), ("role", "owner")]).await.expect(403);
    let gone = ewa.post(&format!("{hers}/usuniecie"), &[]).await;
    assert_eq!((gone.status, gone.location.as_str()), (303, "/konto"));
    assert_eq!(p.log().last().unwrap(), "Odchodzi z organizacji: ewa@ngo.example");
    p.app.new_mail();

    let jan = p.joined("jan@ngo.example", OrgRole::Owner);
    jan.post(&me, &[("seen", "owner"), ("role", "editor")]).await.expect(303);
    p.owner.post(&p.people, &[("email", "x@ngo.example"), ("role", "editor")]).await.expect(403);
    p.app.new_mail();
    // Other people learn nothing of the organisation, its people and invitations.
    let other = p.app.ngo("Fundacja Inna", &sample::nip(3)).await;
    for path in [&p.people, &me, &hers] {
        other.get(path).await.expect(404);
    }
    let staff = p.app.staff("anna@pup.example.pl", &[Role::Officer]).await;
    staff.get(&p.people).await.expect(404);
}

#[actix_web::test]
async fn the_staff_of_the_office_joins_no_organisation() {
    let p = place().await;
    p.invite("anna@pup.example.pl", "editor").await.expect(303);
    let staff = p.app.staff("anna@pup.example.pl", &[Role::Officer]).await;
    p.app.new_mail();
    staff.post(&p.link(), &[]).await.expect(403).says("Konto pracownika urzędu nie może należeć do organizacji.");
    assert!(p.app.actor(&staff).memberships.is_empty());
}

#[actix_web::test]
async fn two_owners_who_remove_each_other_at_once_leave_one() {
    let p = place().await;
    let jan = p.joined("jan@ngo.example", OrgRole::Owner);
    let (store, now) = (p.app.state.store.clone(), p.app.state.clock.now());
    let gate = Arc::new(Barrier::new(2));
    let pairs = [(p.app.actor(&p.owner), p.person(&jan)), (p.app.actor(&jan), p.person(&p.owner))];
    let threads = pairs.map(|(who, whom)| {
        let (store, gate, org) = (store.clone(), Arc::clone(&gate), p.org.clone());
        thread::spawn(move || {
            gate.wait();
            store.write(|tx| account::remove_member(tx, &who, &org, &whom, now))
        })
    });
    let done: Vec<Result<(), AppError>> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().any(|d| matches!(d, Err(AppError::NotFound))), "{done:?}");
    let left = store.read(|r| account::store::members(r, &p.org)).unwrap();
    assert_eq!(left.iter().map(|(_, role)| *role).collect::<Vec<_>>(), [OrgRole::Owner]);
    p.app.new_mail();
}

#[actix_web::test]
async fn many_clicks_on_one_link_make_one_member() {
    let p = place().await;
    let zorza = p.app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    p.invite("zorza@ngo.example", "editor").await.expect(303);
    let token = p.link().rsplit('/').next().unwrap().to_owned();
    let (store, now, who) = (p.app.state.store.clone(), p.app.state.clock.now(), p.app.actor(&zorza));
    let gate = Arc::new(Barrier::new(6));
    let threads: Vec<_> = (0..6)
        .map(|_| {
            let (store, gate, who, token) = (store.clone(), Arc::clone(&gate), who.clone(), token.clone());
            thread::spawn(move || {
                gate.wait();
                store.write(|tx| account::accept(tx, &who, &token, now)).is_ok()
            })
        })
        .collect();
    let joined = threads.into_iter().map(|t| t.join().unwrap()).filter(|ok| *ok).count();
    assert_eq!(joined, 1);
    assert_eq!(p.app.actor(&zorza).memberships.len(), 2);
    p.app.new_mail();
}

#[actix_web::test]
async fn an_owner_who_sits_on_a_committee_takes_an_invitation_back() {
    let p = place().await;
    p.invite("ewa@ngo.example", "editor").await.expect(303);
    let admin = p.app.staff("admin@example.pl", &[Role::Admin]).await;
    let (who, by, now) = (p.person(&p.owner), p.app.actor(&admin), p.app.state.clock.now());
    let store = &p.app.state.store;
    store.write(|tx| account::set_staff(tx, &by, &who, 0, &[Role::Committee], true, now)).unwrap();
    let owner = p.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    owner.post(&p.people, &[("email", "ola@ngo.example"), ("role", "editor")]).await.expect(303);
    owner.page(&p.people).await.says_not("Wysłał administrator urzędu.");
    for _ in 0..2 {
        let (withdraw, version) = p.pending("wycofanie");
        owner.post(&withdraw, &[("version", &version)]).await.expect(303);
    }
    owner.page(&p.people).await.says("Żadne zaproszenie nie czeka");
    p.app.new_mail();
}

#[actix_web::test]
async fn invitations_that_are_committed_together_count_too() {
    let p = place().await;
    let (owner, now) = (p.app.actor(&p.owner), p.app.state.clock.now());
    let refused = p.app.state.store.write(|tx| {
        (0..31).try_for_each(|n| {
            let email = format!("osoba{n}@ngo.example");
            account::invite(tx, &owner, &p.org, (&email, OrgRole::Editor), "http://x", now).map(drop)
        })
    });
    assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
    assert_eq!(p.app.new_mail(), []);
}
