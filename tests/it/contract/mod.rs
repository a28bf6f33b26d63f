//! The contract, from the award line to the last tranche.

mod access;
mod draw_up;
mod festival;
mod money;
mod paper;
mod sign;
mod supplemented;

use konkurs::account::Role;
use konkurs::contract::{self, Contract, ContractContent, NewDocument};
use konkurs::error::AppError;
use konkurs::store::{ContractId, DocumentId, OfferId};

use crate::support::{Client, TestApp, sample};

/// An award of 85 050,00 zł to "Fundacja Promyk", and people signed in on 2026-12-21.
pub struct Scene {
    pub app: TestApp,
    pub ngo: Client,
    pub officer: Client,
    pub organ: Client,
    pub finance: Client,
    pub offer: OfferId,
    pub call: String,
}

pub const NGO_NIP: u32 = 1;

impl Scene {
    pub async fn new() -> Scene {
        let app = TestApp::new().await;
        let ngo = app.ngo("Fundacja Promyk", &sample::nip(NGO_NIP)).await;
        let (call, offer) = sample::awarded(&app, &ngo);
        Scene::around(app, call.id.to_string(), offer.id).await
    }

    pub async fn rsd() -> Scene {
        let app = TestApp::new().await;
        let ngo = app.ngo("Fundacja Promyk", &sample::nip(NGO_NIP)).await;
        let call = sample::rsd_call(&app);
        let (call, offer) = sample::awarded_in(&app, call, &ngo);
        Scene::around(app, call.id.to_string(), offer.id).await
    }

    async fn around(app: TestApp, call: String, offer: OfferId) -> Scene {
        let officer = app.staff("officer@example.pl", &[Role::Officer]).await;
        let organ = app.staff("organ@example.pl", &[Role::Organ]).await;
        let finance = app.staff("finance@example.pl", &[Role::Finance]).await;
        let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(NGO_NIP)));
        app.new_mail();
        Scene { app, ngo, officer, organ, finance, offer, call }
    }

    /// Moves the clock and signs everybody in again.
    pub fn at(&mut self, wall: &str) {
        self.app.at(wall);
        self.officer = self.app.sign_in("officer@example.pl");
        self.organ = self.app.sign_in("organ@example.pl");
        self.finance = self.app.sign_in("finance@example.pl");
        self.ngo = self.app.sign_in(&format!("{}@example.pl", sample::nip(NGO_NIP)));
    }

    /// Draws the contract up through the page of the call.
    pub async fn drawn_up(&self) -> ContractId {
        let url = format!("/urzad/konkursy/{}/umowy", self.call);
        let answer = self.officer.post(&url, &[("offer", self.offer.as_str())]).await;
        answer.expect(303);
        ContractId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
    }

    /// Generated with a document of a few bytes: printing is tested once, in `paper`.
    pub async fn generated(&self) -> ContractId {
        let id = self.drawn_up().await;
        let (by, now, seen) = (self.app.actor(&self.officer), self.app.state.clock.now(), self.contract(&id).version);
        let files = self.app.state.clone();
        let sha256 = std::thread::spawn(move || files.files.put(b"%PDF".to_vec()).unwrap()).join().unwrap();
        let document = NewDocument { id: DocumentId::new(), sha256, size: 4 };
        self.app.state.store.write(|tx| contract::generate(tx, &by, &id, seen, document, now)).unwrap();
        id
    }

    /// Generated through the page, with the real document.
    pub async fn printed(&self) -> ContractId {
        let id = self.drawn_up().await;
        let version = self.contract(&id).version.to_string();
        let answer = self.officer.post(&format!("/urzad/umowy/{id}/generowanie"), &[("version", &version)]).await;
        answer.expect(303);
        id
    }

    /// Signed on 2026-12-22.
    pub async fn signed(&mut self) -> ContractId {
        let id = self.generated().await;
        self.at("2026-12-22 10:00");
        let version = self.contract(&id).version.to_string();
        let fields = [("version", version.as_str()), ("signed_on", "2026-12-22"), ("represented", "true")];
        self.organ.post(&format!("/urzad/umowy/{id}/podpisanie"), &fields).await.expect(303);
        id
    }

    pub fn contract(&self, id: &ContractId) -> Contract {
        self.app.state.store.read(|r| contract::store::find(r, id)).unwrap()
    }

    /// Saves `change` of the content by the verb.
    pub fn change(&self, id: &ContractId, change: impl FnOnce(&mut ContractContent)) -> Result<(), AppError> {
        let (by, now) = (self.app.actor(&self.officer), self.app.state.clock.now());
        let before = self.contract(id);
        let mut content = before.content.clone();
        change(&mut content);
        self.app.state.store.write(|tx| contract::save(tx, &by, id, before.version, content, now))
    }
}
