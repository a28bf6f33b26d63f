//! What was attached, in front of the committee.

use konkurs::account::Role;
use konkurs::document::AttachmentKind;
use konkurs::offer::{Attachment, AttachmentState, FrozenAttachment, OTHER, store};
use konkurs::review::{Declared, SeatKind};
use konkurs::store::AttachmentId;

use super::scene::Scene;
use crate::support::sample;

const BYTES: &[u8] = b"%PDF-1.4 statut";

/// A file of the offer in this state; it is in the version in force when `filed`.
fn attached(s: &Scene, at: usize, name: &str, state: AttachmentState, filed: bool) -> Attachment {
    let files = s.app.state.clone();
    let sha256 = std::thread::spawn(move || files.files.put(BYTES.to_vec()).unwrap()).join().unwrap();
    let now = s.app.state.clock.now();
    let file = Attachment {
        id: AttachmentId::new(),
        offer: s.offers[at].id.clone(),
        key: format!("{OTHER}{name}"),
        name: name.to_owned(),
        sha256,
        size: 15,
        kind: AttachmentKind::Pdf,
        state,
        reason: String::new(),
        added_by: "test".into(),
        added_at: now,
        removed_at: None,
        version: 0,
    };
    s.write(|tx, now| {
        store::insert_attachment(tx, &file)?;
        if !filed {
            return Ok(());
        }
        let mut offer = store::find(tx, &file.offer)?;
        let mut frozen = store::version(tx, &offer.id, offer.frozen_no)?.content;
        frozen.attachments.push(FrozenAttachment::from(&file));
        offer.frozen_no += 1;
        store::freeze(tx, &offer.id, offer.frozen_no, &frozen, "test", now)?;
        store::save(tx, &offer, now).map(|_| ())
    })
    .unwrap();
    file
}

fn url(s: &Scene, at: usize, file: &Attachment) -> String {
    format!("/komisja/oferty/{}/plik/{}", s.offers[at].id, file.id)
}

#[actix_web::test]
async fn a_member_reads_the_files_after_the_declaration_and_only_then() {
    let s = Scene::opened().await;
    let file = attached(&s, 0, "statut żółty.pdf", AttachmentState::Accepted, true);
    let path = url(&s, 0, &file);
    for member in 0..3 {
        s.members[member].get(&path).await.expect(404);
    }
    for member in 0..2 {
        s.appoint(member, SeatKind::Member, "").unwrap();
    }
    let shut = s.members[0].get(&path).await;
    shut.expect(403).says("Nie złożono oświadczenia o bezstronności w tym konkursie.");
    assert!(!shut.headers.contains_key("content-disposition"));
    s.declare(0, Declared::Impartial).unwrap();
    s.declare(1, Declared::Conflict).unwrap();
    let deeds = s.app.deeds();
    let open = s.members[0].get(&path).await;
    open.expect(200);
    assert_eq!((open.body.as_slice(), open.headers["content-type"].as_str()), (BYTES, "application/pdf"));
    assert_eq!(open.headers["x-content-type-options"], "nosniff");
    assert_eq!(open.headers["cache-control"], "no-store");
    let disposition = &open.headers["content-disposition"];
    assert!(disposition.starts_with("attachment; filename=\"statut"), "{disposition}");
    assert!(disposition.ends_with("filename*=UTF-8''statut%20%C5%BC%C3%B3%C5%82ty.pdf"), "{disposition}");
    s.members[0].page(&s.card_url(0)).await.says("Pliki do pobrania statut żółty.pdf (1 kB)");
    s.members[1].get(&path).await.expect(403).says("Zgłoszono konflikt interesów.");
    assert_eq!(s.app.deeds(), deeds, "reading writes nothing");

    // others come by their own doors or not at all
    let auditor = s.app.staff("audyt@example.pl", &[Role::Auditor]).await;
    for who in [&s.members[2], &s.ngos[0], &s.ngos[1], &auditor, &s.officer, &s.organ] {
        who.get(&path).await.expect(404);
    }
    assert_eq!(s.app.stranger().get(&path).await.sign_in_page(), "/konto/logowanie");
    s.officer.get(&format!("/oferty/{}/zalaczniki/plik/{}", s.offers[0].id, file.id)).await.expect(200);
    s.app.new_mail();
}

#[actix_web::test]
async fn only_what_was_submitted_and_scanned_is_read() {
    let s = Scene::scoring().await;
    let member = &s.members[0];
    let filed = attached(&s, 0, "statut.pdf", AttachmentState::Accepted, true);
    let draft = attached(&s, 0, "szkic.pdf", AttachmentState::Accepted, false);
    let waits = attached(&s, 0, "czeka.pdf", AttachmentState::Quarantined, true);
    let refused = attached(&s, 0, "wirus.pdf", AttachmentState::Refused, true);
    let other = attached(&s, 1, "inny.pdf", AttachmentState::Accepted, true);
    member.get(&url(&s, 0, &filed)).await.expect(200);
    for file in [&draft, &waits, &refused, &other] {
        member.get(&url(&s, 0, file)).await.expect(404);
    }
    member.get(&url(&s, 1, &other)).await.expect(200);
    member.get(&format!("/komisja/oferty/{}/plik/nic", s.offers[0].id)).await.expect(404);
    let page = member.page(&s.card_url(0)).await;
    page.says("Pliki do pobrania statut.pdf (1 kB) Oferta").says_not("szkic.pdf");
    member.page(&s.card_url(2)).await.says_not("Pliki do pobrania");

    // a seat in one contest opens no offer of another
    let elsewhere = sample::rsd_call(&s.app);
    let ngo = s.app.ngo("Fundacja Echo", &sample::nip(9)).await;
    let foreign = sample::filed_offer(&s.app, &elsewhere, &ngo, 1);
    member.get(&format!("/komisja/oferty/{}/plik/{}", foreign.id, filed.id)).await.expect(404);
    // the own offer withdrawn or sent back leaves the committee too
    sample::set_offer(&s.app, &s.offers[1].id, konkurs::offer::OfferState::Withdrawn);
    member.get(&url(&s, 1, &other)).await.expect(404);
    s.app.new_mail();
}
