//! Two organisations offer together: from the invitation to the receipt.

use konkurs::account::OrgRole;
use konkurs::law::Money;
use konkurs::offer::store::partners;
use konkurs::offer::{OfferState, PartnerState, store};
use konkurs::store::{OfferId, PartnerId};

use super::{draft, find, form, org_id, post};
use crate::support::{Answer, Client, TestApp, sample};

/// An offer that Promyk leads, in a call that is open.
pub struct Scene {
    pub app: TestApp,
    pub lead: Client,
    pub partner: Client,
    pub id: OfferId,
}

pub async fn scene() -> Scene {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let lead = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let partner = app.ngo("Fundacja Razem", &sample::nip(2)).await;
    let id = draft(&app, &call, &lead).id;
    Scene { app, lead, partner, id }
}

impl Scene {
    pub fn path(&self, rest: &str) -> String {
        format!("/oferty/{}{rest}", self.id)
    }

    pub fn version(&self) -> String {
        find(&self.app, &self.id).version.to_string()
    }

    /// Makes the offer joint and asks Razem.
    pub async fn join(&self) {
        let version = self.version();
        self.lead.post(&self.path("/partnerzy/wspolna"), &[("version", &version)]).await.expect(303);
        let version = self.version();
        let fields = [("version", version.as_str()), ("nip", &sample::nip(2))];
        self.lead.post(&self.path("/partnerzy"), &fields).await.expect(303);
    }

    /// The newest row of a partner.
    pub fn row(&self) -> konkurs::offer::Partner {
        self.app.state.store.read(|r| partners::of_offer(r, &self.id)).unwrap().pop().unwrap()
    }

    pub fn partner_id(&self) -> PartnerId {
        self.row().id
    }

    /// Fills the part of `whose` as `who`.
    pub async fn fill_part(&self, who: &Client, whose: &Client, amount: &str) -> Answer {
        let path = self.path(&format!("/podzial/{}", org_id(&self.app, whose)));
        let base = who.page(&path).await.value_of("base").unwrap();
        let fields = [("base", base.as_str()), ("act1", "true"), ("tasks", "grupy w gminie Kowal"), ("y0", amount)];
        who.post(&path, &fields).await
    }

    /// Both parts and VI.2: 50 050,00 and 35 000,00 zł.
    pub async fn divide(&self) {
        self.fill_part(&self.lead, &self.lead, "50 050").await.expect(303);
        self.fill_part(&self.partner, &self.partner, "35 000,00").await.expect(303);
        let version = self.version();
        let words = "Promyk na podstawie umowy partnerskiej z 2.11.2026 (art. 14 ust. 3 pkt 2 UDPP)";
        let fields = form(&[("version", &version), ("unpaid", "true"), ("other", ""), ("representation", words)]);
        post(&self.lead, &self.path("/inne"), fields, &[]).await.expect(303);
    }

    pub fn word(&self) -> String {
        self.path(&format!("/partnerzy/{}/potwierdzenie", self.partner_id()))
    }

    /// The partner's word for what its page shows.
    pub async fn confirm(&self) -> Answer {
        let digest = self.partner.page(&self.word()).await.value_of("digest").unwrap();
        self.say_yes(&self.partner, &digest).await
    }

    pub async fn say_yes(&self, who: &Client, digest: &str) -> Answer {
        let mut fields = super::declarations(&self.app, &self.id);
        fields.retain(|(name, _)| name != "version" && name != "signed_by");
        post(who, &self.word(), fields, &[("digest", digest), ("signed_by", "Jan Razem, prezes")]).await
    }

    pub async fn submit(&self) -> Answer {
        let fields = super::declarations(&self.app, &self.id);
        let over = find(&self.app, &self.id).frozen_no.to_string();
        post(&self.lead, &self.path("/zlozenie"), fields, &[("replaces", &over)]).await
    }
}

#[actix_web::test]
async fn two_organisations_offer_together() {
    let s = scene().await;
    let hub = s.path("");
    s.lead.page(&hub).await.says("Zamień ją w ofertę wspólną");
    s.lead.page(&s.path("/partnerzy")).await.says("To jest oferta jednej organizacji.");
    s.partner.get(&hub).await.expect(404);
    s.app.new_mail();
    s.join().await;
    let invited = format!("{}@example.pl", sample::nip(2));
    assert_eq!(s.app.new_mail(), [(invited, "Zaproszenie do oferty wspólnej (LOK/1/2026)".to_owned())]);
    s.lead
        .page(&s.path("/partnerzy"))
        .await
        .says("Fundacja Razem czeka na potwierdzenie")
        .says("Fundacja Razem nie potwierdza jeszcze oferty.")
        .says("Stowarzyszenie Promyk nie ma przypisanego żadnego działania.")
        .says("Nie wiadomo, kto wykona działanie 1 „Warsztaty”.")
        .says("Oferenci dzielą między siebie 0,00 zł.")
        .says("Suma wszystkich kosztów zadania (V.A): 85 050,00 zł.");
    s.lead
        .page(&hub)
        .await
        .says("Stowarzyszenie Promyk, Fundacja Razem")
        .says("Partnerzy i podział kosztów część V.C oferty; kto co wykonuje i potwierdzenia partnerów")
        .says("Brakuje: sposób reprezentacji oferentów wobec organu, z podstawą prawną.");

    s.partner.page("/oferty").await.says("oferta wspólna, prowadzi Stowarzyszenie Promyk");
    s.partner
        .page(&hub)
        .await
        .says("Teraz czekamy na: Fundacja Razem")
        .says("Twoja organizacja jest partnerem tej oferty wspólnej.")
        .says("Wypełnij swoją część")
        .says_not("Sprawdź i złóż");
    s.partner.page(&s.word()).await.says("Oferta nie jest jeszcze gotowa.");
    s.divide().await;
    s.partner.page(&s.word()).await.says_not("Oferta nie jest jeszcze gotowa.");
    let offer = find(&s.app, &s.id);
    let joint = offer.content.joint.as_ref().unwrap();
    assert_eq!(
        joint.shares.iter().map(|x| x.total().unwrap()).collect::<Vec<_>>(),
        [Money::zl(50_050), Money::zl(35_000)]
    );
    assert_eq!(joint.performers(1), ["Stowarzyszenie Promyk", "Fundacja Razem"]);

    s.submit().await.expect(422).says("Fundacja Razem nie potwierdza jeszcze oferty.");
    s.app.new_mail();
    let word = s.confirm().await;
    assert_eq!((word.status, word.location.as_str()), (303, hub.as_str()), "{}", word.text());
    let lead = format!("{}@example.pl", sample::nip(1));
    assert_eq!(s.app.new_mail(), [(lead, "Fundacja Razem potwierdza ofertę wspólną (LOK/1/2026)".to_owned())]);
    assert_eq!(s.row().confirmation.unwrap().declarations.signed_by, "Jan Razem, prezes");
    s.partner
        .page(&hub)
        .await
        .says("potwierdzono tę treść Potwierdzenie z 23.11.2026, 12:00; podpisuje: Jan Razem, prezes.");
    s.lead.page(&hub).await.says("Oferta jest kompletna i można ją złożyć.");

    s.submit().await.expect(303);
    let offer = find(&s.app, &s.id);
    assert_eq!((offer.state, offer.frozen_no), (OfferState::Submitted, 1));
    let subjects = s.app.new_mail();
    assert_eq!(subjects.len(), 2, "both organisations get the receipt: {subjects:?}");
    let frozen = s.app.state.store.read(|r| store::version(r, &s.id, 1)).unwrap().content;
    assert_eq!(frozen.offeror_names(), "Stowarzyszenie Promyk, Fundacja Razem");
    assert_eq!(frozen.partners[0].nip, sample::nip(2));
    assert_eq!(frozen.partners[0].organisation.representatives[0].name, "Anna Prezes");
    assert!(frozen.partners[0].organisation.account.is_some());
    s.partner.page(&s.path("/potwierdzenie")).await.says("LOK/1/2026/O-1");
    s.partner.page(&hub).await.says("Numer oferty: LOK/1/2026/O-1").says_not("Odmów udziału");
}

#[actix_web::test]
async fn any_change_makes_a_word_stale_and_the_page_says_so_before() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.lead.page(&s.path("/partnerzy")).await.says("Każda późniejsza zmiana oferty, załączników albo danych oferenta");
    s.partner.page(&s.word()).await.says("Każda późniejsza zmiana wymaga nowego potwierdzenia.");
    s.confirm().await.expect(303);
    let first = s.row().confirmation.unwrap().sha256;
    s.app.at("2026-11-23 13:30");
    let version = s.version();
    let fields =
        form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala"), ("representation", "Promyk")]);
    post(&s.lead, &s.path("/inne"), fields, &[]).await.expect(303);
    let stale = "Potwierdzenie z 23.11.2026, 12:00 dotyczy innej treści – potrzebne nowe.";
    s.partner.page(&s.path("")).await.says(stale).says("potrzebne nowe potwierdzenie");
    s.lead
        .page(&s.path("/partnerzy"))
        .await
        .says("Potwierdzenie partnera Fundacja Razem z 23.11.2026, 12:00 dotyczy innej treści");
    s.submit().await.expect(422).says("R-JOINT-01");
    // What was shown a moment ago is not what would be confirmed now.
    s.say_yes(&s.partner, &first).await.expect(409);
    s.confirm().await.expect(303);
    assert_ne!(s.row().confirmation.unwrap().sha256, first);
    // The data of an offeror are part of what is confirmed.
    let mut org = sample::org_of(&s.app, &s.partner);
    org.content.phone = "54 111 11 11".into();
    let (actor, now) = (s.app.actor(&s.partner), s.app.state.clock.now());
    s.app.state.store.write(|tx| konkurs::account::update_organisation(tx, &actor, &org, now)).unwrap();
    s.submit().await.expect(422).says("dotyczy innej treści");
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    // A later change of the organisation changes nothing that was submitted.
    let mut org = sample::org_of(&s.app, &s.partner);
    org.content.phone = "54 222 22 22".into();
    s.app.state.store.write(|tx| konkurs::account::update_organisation(tx, &actor, &org, now)).unwrap();
    s.lead.page(&s.path("/podglad")).await.says("54 111 11 11").says_not("54 222 22 22");
}

#[actix_web::test]
async fn a_submitted_joint_offer_is_replaced_with_new_words_and_the_same_offerors() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    s.partner.page(&s.path("")).await.says("koniec naboru");
    s.fill_part(&s.partner, &s.partner, "34 000").await.expect(303);
    s.fill_part(&s.lead, &s.lead, "51 050").await.expect(303);
    assert_eq!(find(&s.app, &s.id).content.joint.unwrap().shares[1].years, [Money::zl(35_000)], "in force as it was");
    s.submit().await.expect(422).says("dotyczy innej treści – potrzebne nowe");
    s.confirm().await.expect(303);
    s.submit().await.expect(303);
    let offer = find(&s.app, &s.id);
    assert_eq!((offer.frozen_no, offer.content.joint.unwrap().shares[1].years.clone()), (2, vec![Money::zl(34_000)]));
    let remove = s.path(&format!("/partnerzy/{}/usuniecie", s.partner_id()));
    let version = s.version();
    s.lead
        .post(&remove, &[("version", &version)])
        .await
        .expect(422)
        .says("Po złożeniu skład oferentów się nie zmienia");
    s.lead.page(&s.path("/partnerzy")).await.says_not("Zaproś partnera");
    let fields = [("version", version.as_str())];
    s.app.new_mail();
    s.lead.page(&s.path("/wycofanie")).await.says("które mogą reprezentować partnerów: Fundacja Razem.");
    s.lead.post(&s.path("/wycofanie"), &fields).await.expect(303);
    let told: Vec<String> = s.app.new_mail().into_iter().map(|(to, _)| to).collect();
    assert_eq!(told, [format!("{}@example.pl", sample::nip(1)), format!("{}@example.pl", sample::nip(2))]);
}

#[actix_web::test]
async fn a_partner_declines_with_a_reason_and_the_lead_removes_it() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let no = s.path(&format!("/partnerzy/{}/odmowa", s.partner_id()));
    s.partner.post(&no, &[("reason", " ")]).await.expect(422).says("Napisz, dlaczego organizacja nie bierze udziału.");
    s.app.new_mail();
    s.partner.post(&no, &[("reason", "nie mamy trenerów")]).await.expect(303);
    let lead = format!("{}@example.pl", sample::nip(1));
    assert_eq!(s.app.new_mail(), [(lead, "Fundacja Razem odmawia udziału w ofercie wspólnej (LOK/1/2026)".to_owned())]);
    assert_eq!(s.row().state, PartnerState::Declined);
    s.partner.get(&s.path("")).await.expect(404);
    s.partner.page("/oferty").await.says_not("oferta wspólna");
    s.submit().await.expect(422).says("Fundacja Razem odmawia udziału. Powód: nie mamy trenerów");
    let remove = s.path(&format!("/partnerzy/{}/usuniecie", s.partner_id()));
    s.lead.page(&remove).await.says("Usuwasz partnera: Fundacja Razem").says("35 000,00 zł").says("1. Warsztaty");
    s.lead.post(&remove, &[("version", "0")]).await.expect(409);
    let version = s.version();
    s.lead.post(&remove, &[("version", &version)]).await.expect(303);
    let joint = find(&s.app, &s.id).content.joint.unwrap();
    assert_eq!(joint.shares.iter().map(|x| x.name.as_str()).collect::<Vec<_>>(), ["Stowarzyszenie Promyk"]);
    s.lead.page(&s.path("/partnerzy")).await.says("Oferta jest wspólna, a nie ma w niej partnera.");
    let version = s.version();
    s.lead.post(&s.path("/partnerzy/jedna"), &[("version", &version)]).await.expect(303);
    s.submit().await.expect(303);
    assert_eq!(find(&s.app, &s.id).content.joint, None);
}

#[actix_web::test]
async fn somebody_asked_by_mail_registers_first_and_brings_the_organisation_in() {
    let s = scene().await;
    let version = s.version();
    s.lead.post(&s.path("/partnerzy/wspolna"), &[("version", &version)]).await.expect(303);
    let version = s.version();
    s.app.new_mail();
    let fields = [("version", version.as_str()), ("email", "Ola@Nowa.example")];
    s.lead.post(&s.path("/partnerzy"), &fields).await.expect(303);
    assert_eq!(s.app.new_mail()[0].0, "ola@nowa.example");
    let version = s.version();
    let again = [("version", version.as_str()), ("email", "ola@nowa.example")];
    s.lead
        .post(&s.path("/partnerzy"), &again)
        .await
        .expect(422)
        .says("Na ten adres wysłano już zaproszenie do tej oferty.");
    s.lead.page(&s.path("/partnerzy")).await.says("ola@nowa.example zaproszenie czeka na organizację");
    let letter = s.app.state.store.read(|r| konkurs::mail::of_object(r, s.id.as_str())).unwrap();
    let body = letter.iter().find(|l| l.kind == "offer_partner_link").unwrap().body.clone();
    let token = body.split("/oferty/zaproszenie/").nth(1).unwrap().lines().next().unwrap().to_owned();
    let link = format!("/oferty/zaproszenie/{token}");
    let stranger = s.app.stranger();
    stranger.page(&link).await.says("Stowarzyszenie Promyk zaprasza Twoją organizację").says("Zarejestruj organizację");
    stranger.get(&format!("/oferty/zaproszenie/{}", "0".repeat(64))).await.expect(404);
    stranger.post(&link, &[("org", "")]).await.expect(401);
    let fresh = s.app.ngo("Nowa Spółdzielnia", &sample::nip(3)).await;
    let org = org_id(&s.app, &fresh).to_string();
    s.lead.page(&link).await.says("Na tym koncie nie ma organizacji, którą możesz reprezentować.");
    fresh.post(&link, &[("org", "")]).await.expect(422).says("Wybierz organizację, która przyjmuje zaproszenie.");
    let foreign = org_id(&s.app, &s.partner).to_string();
    fresh.post(&link, &[("org", &foreign)]).await.expect(404);
    let answer = fresh.post(&link, &[("org", &org)]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, s.path("").as_str()));
    fresh.page(&s.path("")).await.says("Twoja organizacja jest partnerem tej oferty wspólnej.");
    assert_eq!(find(&s.app, &s.id).content.joint.unwrap().shares[1].name, "Nowa Spółdzielnia");
    stranger.get(&link).await.expect(404);
}

#[actix_web::test]
async fn a_partner_fills_its_own_part_and_signs_for_itself_only() {
    let s = scene().await;
    s.join().await;
    let other = s.app.ngo("Stowarzyszenie Obce", &sample::nip(4)).await;
    let leads_part = s.path(&format!("/podzial/{}", org_id(&s.app, &s.lead)));
    s.partner.get(&leads_part).await.expect(403).says("Tę część wypełnia oferent, którego ona dotyczy");
    other.get(&leads_part).await.expect(404);
    other.get(&s.word()).await.expect(404);
    s.lead.get(&s.word()).await.expect(404);
    for rest in ["/zadanie", "/kosztorys", "/wycofanie", "/zlozenie", "/organizacja"] {
        let answer = s.partner.get(&s.path(rest)).await;
        answer.expect(403).says("Ofertę wspólną prowadzi Stowarzyszenie Promyk");
    }
    for rest in ["/podglad", "/zalaczniki", "/partnerzy", "/oferta.pdf", "/oferta.docx", "/oferta.xlsx", "/oferta.json"]
    {
        s.partner.get(&s.path(rest)).await.expect(200);
    }
    let version = s.version();
    s.partner.post(&s.path("/partnerzy"), &[("version", &version), ("nip", &sample::nip(4))]).await.expect(403);
    // An editor of the partner reads and fills, and does not sign.
    let org = org_id(&s.app, &s.partner);
    let now = s.app.state.clock.now();
    let store = &s.app.state.store;
    let person = store
        .write(|tx| {
            let row = konkurs::account::store::PersonRow {
                id: konkurs::store::PersonId::new(),
                email: "ewa@razem.example".into(),
                name: "Ewa Redaktor".into(),
                password: String::new(),
                roles: String::new(),
                active: true,
                failures: 0,
                failed_at: None,
                created_at: konkurs::store::naive(now),
                version: 0,
            };
            konkurs::account::store::insert_person(tx, &row)?;
            konkurs::account::store::insert_membership(tx, &org, &row.id, OrgRole::Editor, now)?;
            Ok(row.email)
        })
        .unwrap();
    let editor = s.app.sign_in(&person);
    s.fill_part(&editor, &s.partner, "10").await.expect(303);
    editor.page(&s.word()).await.says("Potwierdza osoba, która reprezentuje organizację.");
    s.say_yes(&editor, "x").await.expect(403).says("Udział w ofercie potwierdza osoba reprezentująca organizację");
    let office = s.app.staff("urzednik@pup.example.pl", &[konkurs::account::Role::Officer]).await;
    office.get(&s.path("")).await.expect(404);
    office.get(&format!("/urzad/oferty/{}", s.id)).await.expect(404);
}

#[actix_web::test]
async fn who_is_asked_must_be_another_organisation_that_is_there() {
    let s = scene().await;
    s.join().await;
    let ask = async |field: &str, value: &str| {
        let version = s.version();
        s.lead.post(&s.path("/partnerzy"), &[("version", version.as_str()), (field, value)]).await
    };
    ask("nip", &sample::nip(1)).await.expect(422).says("To numer Twojej organizacji.");
    ask("nip", &sample::nip(2)).await.expect(422).says("Ta organizacja jest już wśród partnerów tej oferty.");
    ask("nip", &sample::nip(7)).await.expect(422).says("nie ma jeszcze konta w tym systemie");
    ask("krs", "0000249506").await.expect(422).says("podało kilka organizacji");
    ask("email", "bez-malpy").await.expect(422);
    ask("nip", "").await.expect(422).says("Podaj NIP albo numer KRS organizacji, albo adres e-mail.");
    let version = s.version();
    let both = [("version", version.as_str()), ("nip", &sample::nip(7)), ("email", "a@b.example")];
    s.lead.post(&s.path("/partnerzy"), &both).await.expect(422).says("Wypełnij tylko jedno z pól");
    s.lead.post(&s.path("/partnerzy"), &[("version", "0"), ("nip", &sample::nip(7))]).await.expect(409);
    s.app.at("2026-12-15 00:00");
    let version = s.version();
    let late = s.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let fields = [("version", version.as_str()), ("email", "a@b.example")];
    late.post(&s.path("/partnerzy"), &fields).await.expect(422).says("Termin składania ofert minął");
}
