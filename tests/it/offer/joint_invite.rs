//! An invitation that nobody answered: sent again, sent to another address, taken back.

use konkurs::offer::store::partners;
use konkurs::offer::{PartnerState, joint};

use super::joint::{Scene, scene};
use super::{find, org_id};
use crate::support::{Answer, sample};

impl Scene {
    async fn invite_by_mail(&self, email: &str) {
        let version = self.version();
        self.lead.post(&self.path("/partnerzy/wspolna"), &[("version", &version)]).await.expect(303);
        let version = self.version();
        let fields = [("version", version.as_str()), ("email", email)];
        self.lead.post(&self.path("/partnerzy"), &fields).await.expect(303);
        self.app.new_mail();
    }

    fn invitation(&self) -> String {
        self.path(&format!("/partnerzy/{}/zaproszenie", self.partner_id()))
    }

    async fn again(&self, email: &str) -> Answer {
        let version = self.version();
        self.lead.post(&self.invitation(), &[("version", version.as_str()), ("email", email)]).await
    }

    /// The links of the letters, oldest first.
    fn links(&self) -> Vec<String> {
        let letters = self.app.state.store.read(|r| konkurs::mail::of_object(r, self.id.as_str())).unwrap();
        let mut letters: Vec<_> = letters.into_iter().filter(|l| l.kind == "offer_partner_link").collect();
        letters.sort_by_key(|l| l.created_at);
        let token = |body: &str| body.split("/oferty/zaproszenie/").nth(1).unwrap().lines().next().unwrap().to_owned();
        letters.iter().map(|l| format!("/oferty/zaproszenie/{}", token(&l.body))).collect()
    }
}

#[actix_web::test]
async fn a_letter_goes_again_after_an_hour_with_a_new_link() {
    let s = scene().await;
    s.invite_by_mail("ola@nowa.example").await;
    s.lead.page(&s.path("/partnerzy")).await.says("Wyślij jeszcze raz zaproszenie: ola@nowa.example");
    s.lead
        .page(&s.invitation())
        .await
        .says("Ostatni list 23.11.2026, 12:00, od")
        .says("Na ten sam adres można pisać raz na godzinę: kolejny list od 23.11.2026, 13:00.");
    s.app.at("2026-11-23 12:59");
    s.again("ola@nowa.example")
        .await
        .expect(422)
        .says("Poprzedni list wysłano 23.11.2026, 12:00. Kolejny można wysłać od 23.11.2026, 13:00");
    assert_eq!(s.app.new_mail(), []);
    s.app.at("2026-11-23 13:00");
    s.lead.page(&s.invitation()).await.says("Wyślij zaproszenie jeszcze raz").says_not("raz na godzinę");
    let version = s.version();
    s.again("ola@nowa.example").await.expect(303);
    assert_eq!(
        s.app.new_mail(),
        [("ola@nowa.example".to_owned(), "Zaproszenie do oferty wspólnej (LOK/1/2026)".to_owned())]
    );
    assert_eq!(s.version(), version, "a letter changes nothing in the offer");
    s.lead.page(&s.path("")).await.says("Wysłano jeszcze raz zaproszenie do oferty wspólnej: ola@nowa.example");
    s.lead.page(&s.path("/partnerzy")).await.says("Zaproszenie z 23.11.2026, 13:00");
    let [old, new] = s.links().try_into().unwrap();
    s.app.stranger().get(&old).await.expect(404);
    // The fortnight of the link begins anew.
    s.app.at("2026-12-07 12:30");
    let fresh = s.app.ngo("Nowa Spółdzielnia", &sample::nip(3)).await;
    let org = org_id(&s.app, &fresh).to_string();
    fresh.post(&new, &[("org", &org)]).await.expect(303);
    // The organisation answered: from now on the letter goes to its people, and nowhere else.
    let lead = s.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    lead.page(&s.invitation()).await.says("List dostaną osoby, które mogą reprezentować tę organizację.");
    s.app.new_mail();
    let version = s.version();
    let fields = [("version", version.as_str()), ("email", "ktos@inny.example")];
    lead.post(&s.invitation(), &fields).await.expect(303);
    assert_eq!(s.app.new_mail()[0].0, format!("{}@example.pl", sample::nip(3)));
    assert_eq!(s.row().state, PartnerState::Invited);
}

#[actix_web::test]
async fn a_wrong_address_is_put_right_at_once_and_the_first_link_is_dead() {
    let s = scene().await;
    s.invite_by_mail("zly@adres.example").await;
    s.again("bez-malpy").await.expect(422).titled("Błąd: Zaproszenie partnera");
    s.again("Ola@Nowa.example").await.expect(303);
    assert_eq!(
        s.app.new_mail(),
        [
            ("zly@adres.example".to_owned(), "Zaproszenie do oferty wspólnej wycofano (LOK/1/2026)".to_owned()),
            ("ola@nowa.example".to_owned(), "Zaproszenie do oferty wspólnej (LOK/1/2026)".to_owned()),
        ]
    );
    s.lead.page(&s.path("/partnerzy")).await.says("ola@nowa.example").says_not("zly@adres.example zaproszenie");
    let [old, new] = s.links().try_into().unwrap();
    s.app.stranger().get(&old).await.expect(404);
    s.app.stranger().page(&new).await.says("zaprasza Twoją organizację");
    // Every address counts as an invitation of its own.
    let rows = s.app.state.store.read(|r| partners::of_offer(r, &s.id)).unwrap();
    assert_eq!(rows.iter().map(|p| p.state).collect::<Vec<_>>(), [PartnerState::Left, PartnerState::Invited]);

    let remove = s.path(&format!("/partnerzy/{}/usuniecie", s.partner_id()));
    s.lead
        .page(&remove)
        .await
        .says("Wycofujesz zaproszenie: ola@nowa.example")
        .says("Odnośnik z listu przestanie działać");
    let version = s.version();
    s.lead.post(&remove, &[("version", &version)]).await.expect(303);
    assert_eq!(s.app.new_mail()[0].1, "Zaproszenie do oferty wspólnej wycofano (LOK/1/2026)");
    s.lead.get(&s.invitation()).await.expect(404);
    s.app.stranger().get(&new).await.expect(404);
}

#[actix_web::test]
async fn only_the_lead_asks_again_only_before_the_submission_and_one_letter_goes_of_many_presses() {
    let s = scene().await;
    s.join().await;
    s.app.at("2026-11-23 13:30");
    s.partner.get(&s.invitation()).await.expect(403);
    s.partner.post(&s.invitation(), &[]).await.expect(403);
    s.app.ngo("Stowarzyszenie Obce", &sample::nip(4)).await.get(&s.invitation()).await.expect(404);
    s.app.new_mail();
    let (actor, id, partner, now) = (s.app.actor(&s.lead), s.id.clone(), s.partner_id(), s.app.state.clock.now());
    let store = &s.app.state.store;
    let press = || store.write(|tx| joint::invite_again(tx, &actor, &id, &partner, "https://k.pl", now)).is_ok();
    let sent = std::thread::scope(|scope| {
        let all: Vec<_> = (0..6).map(|_| scope.spawn(press)).collect();
        all.into_iter().map(|t| t.join().unwrap()).filter(|ok| *ok).count()
    });
    assert_eq!((sent, s.app.new_mail().len()), (1, 1));
    s.divide().await;
    s.confirm().await.expect(303);
    s.lead.get(&s.invitation()).await.expect(404);
    s.submit().await.expect(303);
    assert_eq!(find(&s.app, &s.id).frozen_no, 1);
    s.app.new_mail();
}
