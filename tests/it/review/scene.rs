//! A contest whose offers were opened: three offerors, an organ, an officer, and
//! three people who may sit in the committee.

use konkurs::account::{Actor, Role};
use konkurs::call::{Call, CallState};
use konkurs::error::AppError;
use konkurs::law::{Instant, Money};
use konkurs::offer::{Offer, OfferState};
use konkurs::review::{self, CriterionScore, Declared, NewSeat, Ranked, SeatKind, Side};
use konkurs::store::{SeatId, Tx};

use crate::support::{Client, TestApp, sample};

/// The morning after the deadline.
pub const OPENED: &str = "2026-12-15 09:00";

pub struct Scene {
    pub app: TestApp,
    pub call: Call,
    pub ngos: Vec<Client>,
    pub offers: Vec<Offer>,
    pub organ: Client,
    pub officer: Client,
    pub members: Vec<Client>,
}

impl Scene {
    /// Offers opened, nobody appointed. Asked: 60 000, 30 000 and 20 000 zł of 100 000.
    pub async fn opened() -> Scene {
        Scene::opened_in(TestApp::new().await).await
    }

    /// The same in a program of its own configuration.
    pub async fn opened_in(app: TestApp) -> Scene {
        let scene = Scene::announced_in(app).await;
        let call = sample::set_call(&scene.app, &scene.call.id, CallState::Review);
        Scene { call, ..scene }
    }

    /// The deadline has passed and the offers are still closed.
    pub async fn announced() -> Scene {
        Scene::announced_in(TestApp::new().await).await
    }

    async fn announced_in(app: TestApp) -> Scene {
        let call = sample::pai_call(&app);
        let mut offers = Vec::new();
        for (n, name, asked) in
            [(1, "Fundacja Promyk", 60_000), (2, "Stowarzyszenie Most", 30_000), (3, "Fundacja Żuraw", 20_000)]
        {
            let ngo = app.ngo(name, &sample::nip(n)).await;
            let offer = sample::filed_offer(&app, &call, &ngo, n);
            offers.push(asks(&app, &offer, asked));
        }
        app.at(OPENED);
        // three weeks have passed: the sessions of November are over
        let ngos: Vec<Client> = (1..=3).map(|n| app.sign_in(&format!("{}@example.pl", sample::nip(n)))).collect();
        let organ = app.staff("organ@example.pl", &[Role::Organ]).await;
        let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
        let mut members = Vec::new();
        for name in ["ala", "bob", "cyryl"] {
            members.push(app.staff(&format!("{name}@example.pl"), &[Role::Committee]).await);
        }
        Scene { app, call, ngos, offers, organ, officer, members }
    }

    /// Three members appointed and impartial, all offers formally sound.
    pub async fn scoring() -> Scene {
        let scene = Scene::opened().await;
        for i in 0..3 {
            scene.appoint(i, if i == 0 { SeatKind::Chair } else { SeatKind::Member }, "").unwrap();
            scene.declare(i, Declared::Impartial).unwrap();
        }
        for offer in &scene.offers {
            sample::set_offer(&scene.app, &offer.id, OfferState::FormalOk);
        }
        scene.app.new_mail();
        scene
    }

    /// As [`Scene::scoring`], with every card sealed: means 90, 80 and 50.
    pub async fn scored() -> Scene {
        let scene = Scene::scoring().await;
        for (offer, points) in [[40, 20, 25, 3, 2], [35, 18, 22, 3, 2], [20, 10, 15, 3, 2]].into_iter().enumerate() {
            for member in 0..3 {
                scene.seal(member, offer, points).unwrap();
            }
        }
        scene
    }

    pub fn write<T>(&self, work: impl FnOnce(&mut Tx<'_>, Instant) -> Result<T, AppError>) -> Result<T, AppError> {
        let now = self.app.state.clock.now();
        self.app.state.store.write(|tx| work(tx, now))
    }

    pub fn actor(&self, member: usize) -> Actor {
        self.app.actor(&self.members[member])
    }

    pub fn appoint(&self, member: usize, kind: SeatKind, ngo: &str) -> Result<SeatId, AppError> {
        let person = self.actor(member).person_id().unwrap().clone();
        let side = if ngo.is_empty() { Side::Organ } else { Side::Ngo };
        let (by, call) = (self.app.actor(&self.organ), self.call.id.clone());
        let new = NewSeat { person, kind, side, indicated_by: ngo.to_owned() };
        self.write(|tx, now| review::appoint(tx, &by, &call, new, now))
    }

    pub fn declare(&self, member: usize, declared: Declared) -> Result<(), AppError> {
        let (by, call) = (self.actor(member), self.call.id.clone());
        self.write(|tx, now| review::declare(tx, &by, &call, declared, review::IMPARTIAL.into(), now))
    }

    pub fn seal(&self, member: usize, offer: usize, points: [u32; 5]) -> Result<(), AppError> {
        let (by, offer) = (self.actor(member), self.offers[offer].id.clone());
        self.write(|tx, now| review::score(tx, &by, &offer, None, items(points), true, now))
    }

    pub fn ranking(&self) -> Vec<Ranked> {
        self.app.state.store.read(|r| review::ranking(r, &self.call)).unwrap()
    }

    pub fn committee_url(&self) -> String {
        format!("/komisja/{}", self.call.id)
    }

    pub fn office_url(&self, page: &str) -> String {
        format!("/urzad/konkursy/{}/{page}", self.call.id)
    }

    pub fn card_url(&self, offer: usize) -> String {
        format!("/komisja/oferty/{}", self.offers[offer].id)
    }

    pub fn check_url(&self, offer: usize) -> String {
        format!("/urzad/oferty/{}/ocena-formalna", self.offers[offer].id)
    }
}

/// Changes the amount a stored offer asks for.
fn asks(app: &TestApp, offer: &Offer, zl: i64) -> Offer {
    let now = app.state.clock.now();
    app.state
        .store
        .write(|tx| {
            let mut offer = konkurs::offer::store::find(tx, &offer.id)?;
            offer.grant = Money::zl(zl);
            konkurs::offer::store::save(tx, &offer, now)?;
            konkurs::offer::store::find(tx, &offer.id)
        })
        .unwrap()
}

/// Points for the five criteria of the sample card, each with its reasons.
pub fn items(points: [u32; 5]) -> Vec<CriterionScore> {
    ["capacity", "cost", "quality", "contribution", "record"]
        .into_iter()
        .zip(points)
        .map(|(key, points)| CriterionScore { key: key.into(), points, why: format!("uzasadnienie kryterium {key}") })
        .collect()
}

/// The fields of a score card.
pub fn card_fields(points: [&str; 5], why: &str) -> Vec<(String, String)> {
    let keys = ["capacity", "cost", "quality", "contribution", "record"];
    keys.into_iter()
        .zip(points)
        .flat_map(|(key, p)| [(format!("points.{key}"), p.to_owned()), (format!("why.{key}"), why.to_owned())])
        .collect()
}

pub fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

/// What a refusal found, without the special spaces of amounts.
pub fn found(e: &AppError) -> Vec<(String, String)> {
    let AppError::Refused(findings) = e else { panic!("not a refusal: {e}") };
    findings.iter().map(|f| (f.rule.to_string(), f.found.replace(['\u{a0}', '\u{202f}'], " "))).collect()
}

pub fn rule(rule: &str, found: &str) -> (String, String) {
    (rule.to_owned(), found.to_owned())
}
