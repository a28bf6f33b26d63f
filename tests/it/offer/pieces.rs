//! A large file in pieces: it goes on where it stopped, whatever broke, and ends as any other file.

use futures_util::future::join_all;
use konkurs::account::OrgRole;
use konkurs::call::Call;
use konkurs::jobs::{self, Ran};
use konkurs::offer::pieces::{self, Kept, MOST_UNFINISHED, PIECE, Unfinished};
use konkurs::offer::{Attachment, AttachmentState, Offer, store};
use konkurs::store::{UploadId, digest_bytes};
use konkurs::{account, audit};
use serde_json::json;

use super::{declarations, draft, post};
use crate::support::clamd::{self, Clamd, MALWARE};
use crate::support::{Answer, Client, TestApp, sample};

struct Scene {
    app: TestApp,
    call: Call,
    ngo: Client,
    offer: Offer,
    path: String,
}

async fn scene_in(app: TestApp) -> Scene {
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zalaczniki", offer.id);
    Scene { app, call, ngo, offer, path }
}

async fn scene() -> Scene {
    scene_in(TestApp::new().await).await
}

/// A PDF of two and a half pieces.
fn large() -> Vec<u8> {
    let rest = (0_u32..).map(|n| u8::try_from(n % 251).unwrap());
    b"%PDF-1.7 ".iter().copied().chain(rest).take(usize::try_from(PIECE * 5 / 2).unwrap()).collect()
}

fn piece(bytes: &[u8], no: usize) -> &[u8] {
    bytes.chunks(usize::try_from(PIECE).unwrap()).nth(no).unwrap()
}

impl Scene {
    async fn begin_as(&self, who: &Client, name: &str, bytes: &[u8]) -> Answer {
        let (size, sha256) = (bytes.len().to_string(), digest_bytes(bytes));
        let fields = [("name", name), ("size", &size), ("sha256", &sha256), ("modified", "1")];
        who.script(&format!("{}/inne/czesci", self.path), &fields).await
    }

    /// Announces a file; where its pieces go.
    async fn begin(&self, name: &str, bytes: &[u8]) -> String {
        let said = self.begin_as(&self.ngo, name, bytes).await;
        said.expect(200).json()["url"].as_str().unwrap().to_owned()
    }

    async fn send(&self, url: &str, offset: i64, bytes: &[u8]) -> Answer {
        self.ngo.upload(url, &[("offset", &offset.to_string())], "piece", "piece", bytes).await
    }

    /// Sends all but the last piece of [`large`].
    async fn send_two(&self, url: &str, bytes: &[u8]) {
        for no in 0..2 {
            self.send(url, i64::try_from(no).unwrap() * PIECE, piece(bytes, no)).await.expect(200);
        }
    }

    async fn send_last(&self, url: &str, bytes: &[u8]) -> Answer {
        self.send(url, 2 * PIECE, piece(bytes, 2)).await
    }

    fn files(&self) -> Vec<Attachment> {
        self.app.state.store.read(|r| store::attachments(r, &self.offer.id)).unwrap()
    }

    fn unfinished(&self) -> Vec<Unfinished> {
        let all = self.app.state.store.read(|r| store::uploads::of_offer(r, &self.offer.id)).unwrap();
        all.into_iter().map(|(u, _)| u).collect()
    }

    /// How many pieces stand on the disk.
    fn pieces(&self) -> usize {
        let folder = self.app.state.config.data.join("files/partial");
        std::fs::read_dir(folder).map_or(0, |all| all.flatten().count())
    }

    fn work(&self, wall: &str) -> Ran {
        self.app.at(wall);
        let state = &self.app.state;
        jobs::run_outside(&state.store, &state.outside, state.clock.now()).unwrap()
    }
}

#[actix_web::test]
async fn a_large_file_comes_in_pieces_and_is_attached_with_the_last_one() {
    let s = scene().await;
    let bytes = large();
    s.ngo.page(&s.path).await.says("Większy plik idzie po kawałku");
    let said = s.begin_as(&s.ngo, "Statut.pdf", &bytes).await.expect(200).json();
    let url = said["url"].as_str().unwrap().to_owned();
    assert_eq!(said, json!({"url": url, "offset": 0, "piece": PIECE, "size": bytes.len(), "error": ""}));
    assert_eq!(s.send(&url, 0, piece(&bytes, 0)).await.expect(200).json()["offset"], json!(PIECE));
    s.app.at("2026-11-23 12:05");
    assert_eq!(s.send(&url, PIECE, piece(&bytes, 1)).await.expect(200).json()["offset"], json!(2 * PIECE));
    let (page, statements) = s.app.queries(s.ngo.page(&s.path)).await;
    assert!(statements <= 12, "{statements} statements");
    page.says("Statut.pdf niedokończony Dotarło 1,0 MB z 1,2 MB (80%), ostatnia część 23.11.2026, 12:05. Nie jest jeszcze częścią oferty.")
        .says("Wybierz poniżej ten sam plik, a wyślemy tylko resztę. Czekamy na nią do 25.11.2026, 12:05.");
    assert_eq!((s.pieces(), s.files().len()), (2, 0));

    s.app.at("2026-11-23 12:06");
    let done = s.send_last(&url, &bytes).await;
    assert_eq!((done.status, done.location.as_str()), (303, s.path.as_str()), "{}", done.text());
    assert!(s.ngo.page(&s.path).await.html().contains("Plik „Statut.pdf” jest dołączony."));
    s.ngo.page(&s.path).await.says("Statut.pdf (1,2 MB) dołączony 23.11.2026, 12:06").says_not("niedokończony");
    let file = &s.files()[0];
    assert_eq!((file.sha256.clone(), file.state), (digest_bytes(&bytes), AttachmentState::Accepted));
    assert_eq!(s.ngo.page(&format!("{}/plik/{}", s.path, file.id)).await.body, bytes);
    assert_eq!((s.pieces(), s.unfinished()), (0, vec![]));
    let log = s.app.state.store.read(|r| audit::of_object(r, s.offer.id.as_str())).unwrap();
    assert!(log.last().unwrap().detail.starts_with("Dołączono załącznik „Statut.pdf” (SHA-256 "), "{log:?}");
    // Whose answer was lost begins again and is told that all of it is here; the last piece cannot be sent twice.
    let again = s.begin_as(&s.ngo, "Statut.pdf", &bytes).await;
    assert_eq!((again.status, again.location.as_str()), (303, s.path.as_str()), "{}", again.text());
    let page = s.ngo.page(&s.path).await;
    assert!(page.html().contains("Plik „Statut.pdf” jest dołączony. Dotarł już wcześniej."));
    assert_eq!((s.files().len(), s.unfinished().len()), (1, 0));
    s.send_last(&url, &bytes).await.expect(404);
}

#[actix_web::test]
async fn a_piece_goes_where_the_last_one_ended_or_nowhere() {
    let s = scene().await;
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    let offset = |answer: &Answer| (answer.status, answer.json()["offset"].clone());
    assert_eq!(offset(&s.send(&url, PIECE, piece(&bytes, 1)).await), (409, json!(0)), "too early");
    s.send(&url, 0, piece(&bytes, 0)).await.expect(200);
    assert_eq!(offset(&s.send(&url, 0, piece(&bytes, 0)).await), (409, json!(PIECE)), "sent twice");
    assert_eq!(offset(&s.send(&url, 7, &[7]).await), (409, json!(PIECE)), "from nowhere");
    assert_eq!(offset(&s.send(&url, PIECE * 9, &[7]).await), (409, json!(PIECE)), "beyond the end");
    let half = s.send(&url, PIECE, &bytes[..100]).await;
    half.expect(422).says("Część pliku dotarła niecała: ma 100 B, a powinna mieć 524288 B.");
    s.send(&url, PIECE, &bytes[..usize::try_from(PIECE + 1).unwrap()]).await.expect(422);
    s.ngo.post(&url, &[("offset", "0")]).await.expect(422);
    assert_eq!(s.unfinished()[0].received(), PIECE);
    // The same file chosen again, in this window or after a reload, goes on; another one begins anew in its place.
    assert_eq!(s.begin_as(&s.ngo, "inna nazwa.pdf", &bytes).await.json()["offset"], json!(PIECE));
    let other = s.begin("Inny.pdf", &bytes[1..]).await;
    assert_ne!(other, url);
    assert_eq!((s.unfinished().len(), s.pieces()), (1, 0));
    s.send(&url, PIECE, piece(&bytes, 1)).await.expect(404);
    // Where the browser cannot tell the digest, name, size and date tell files apart.
    let size = bytes.len().to_string();
    let plain = |name, modified| [("name", name), ("size", size.as_str()), ("sha256", ""), ("modified", modified)];
    let begin = format!("{}/inne/czesci", s.path);
    let first = s.ngo.script(&begin, &plain("a.pdf", "5")).await.json()["url"].clone();
    assert_eq!(s.ngo.script(&begin, &plain("a.pdf", "5")).await.json()["url"], first);
    assert_ne!(s.ngo.script(&begin, &plain("a.pdf", "6")).await.json()["url"], first);
}

#[actix_web::test]
async fn of_two_windows_one_is_taken_and_the_file_is_one() {
    let s = scene().await;
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    let (actor, now, seen) = (s.app.actor(&s.ngo), s.app.state.clock.now(), s.unfinished().remove(0));
    let digest = s.app.state.files.put_piece(seen.id.as_str(), 0, piece(&bytes, 0).to_vec()).unwrap();
    let here: usize = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (store, actor, seen, digest) = (s.app.state.store.clone(), &actor, &seen, digest.clone());
                threads.spawn(move || store.write(|tx| pieces::keep(tx, actor, seen, digest, now)).unwrap())
            })
            .collect();
        tries.into_iter().map(|t| usize::from(matches!(t.join().unwrap(), Kept::Here(_)))).sum()
    });
    assert_eq!((here, s.unfinished()[0].received()), (1, PIECE));
    let both = join_all((0..2).map(|_| s.send(&url, PIECE, piece(&bytes, 1)))).await;
    let mut told: Vec<u16> = both.iter().map(|a| a.status).collect();
    told.sort_unstable();
    assert!(told == [200, 409] && both.iter().all(|a| a.json()["offset"] == json!(2 * PIECE)), "{told:?}");
    let both = join_all((0..2).map(|_| s.send_last(&url, &bytes))).await;
    let told: Vec<u16> = both.iter().map(|a| a.status).collect();
    assert_eq!(told.iter().filter(|status| **status == 303).count(), 1, "{told:?}");
    assert!(told.iter().all(|status| [303, 404, 409].contains(status)), "{told:?}");
    assert_eq!((s.files().len(), s.files()[0].sha256.clone()), (1, digest_bytes(&bytes)));
    assert_eq!((s.unfinished(), s.pieces()), (vec![], 0));
}

#[actix_web::test]
async fn what_cannot_be_taken_is_refused_before_the_first_byte() {
    let s = scene_in(TestApp::with_config(|config| config.attachment_mib = 1).await).await;
    let begin = |key: &'static str, size: String, sha256: &'static str| {
        let path = format!("{}/{key}/czesci", s.path);
        let ngo = &s.ngo;
        async move {
            let fields = [("name", "plik.pdf"), ("size", &size), ("sha256", sha256), ("modified", "1")];
            ngo.script(&path, &fields).await
        }
    };
    let big = begin("inne", (1024 * 1024 + 1).to_string(), "").await;
    assert_eq!(
        big.expect(413).json()["error"],
        json!(
            "Za duży plik lub formularz. Plik jest za duży: dozwolone jest najwyżej 1 MB. Podziel go albo zmniejsz i wyślij ponownie."
        )
    );
    for (size, sha256) in [("0", ""), ("-5", ""), ("dużo", ""), ("5", "to nie skrót")] {
        begin("inne", size.to_owned(), sha256).await.expect(422);
    }
    begin("nie-ma-takiego", "5".to_owned(), "").await.expect(404);
    assert!(s.unfinished().is_empty());

    // What is unfinished is bounded for the whole organisation: in number and in bytes.
    let (actor, now) = (s.app.actor(&s.ngo), s.app.state.clock.now());
    let put = |n: usize, size: i64| {
        let upload = Unfinished {
            id: UploadId::new(),
            offer: s.offer.id.clone(),
            key: format!("k{n}"),
            person: actor.person_id().unwrap().clone(),
            name: "a.pdf".into(),
            size,
            sha256: String::new(),
            modified: 0,
            pieces: vec![],
            begun_at: now,
            touched_at: now,
            version: 0,
        };
        s.app.state.store.write(|tx| store::uploads::insert(tx, &upload)).unwrap();
    };
    let error = |answer: Answer| answer.expect(422).json()["errors"]["inne"].as_str().unwrap().to_owned();
    (0..9).for_each(|n| put(n, 1024 * 1024));
    assert_eq!(begin("inne", (1024 * 1024).to_string(), "").await.status, 200);
    let last = s.unfinished().pop().unwrap();
    s.app.state.store.write(|tx| store::uploads::delete(tx, &last)).unwrap();
    put(9, 1);
    assert!(
        error(begin("inne", (1024 * 1024).to_string(), "").await).starts_with(
            "Niedokończone pliki Twojej organizacji razem z tym przekroczyłyby 10 MB. Dokończ je albo usuń"
        )
    );
    (10..MOST_UNFINISHED).for_each(|n| put(n, 1));
    assert!(
        error(begin("inne", "5".to_owned(), "").await)
            .starts_with("Twoja organizacja ma już 20 niedokończonych plików.")
    );
    // The way out: one of them is removed.
    let upload = s.unfinished().remove(0);
    let gone = format!("{}/czesci/{}/usuniecie", s.path, upload.id);
    s.ngo.post(&gone, &[]).await.expect(303);
    s.ngo.post(&gone, &[]).await.expect(404);
    begin("inne", "5".to_owned(), "").await.expect(200);
}

#[actix_web::test]
async fn only_who_began_goes_on_and_colleagues_see_it() {
    let s = scene().await;
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send(&url, 0, piece(&bytes, 0)).await.expect(200);
    let ewa = s.app.ngo("Fundacja Ewy", &sample::nip(3)).await;
    let next = [("offset", "524288")];
    ewa.upload(&url, &next, "piece", "piece", piece(&bytes, 1)).await.expect(404);
    s.begin_as(&ewa, "Statut.pdf", &bytes).await.expect(404);
    ewa.post(&format!("{url}/usuniecie"), &[]).await.expect(404);
    s.app.stranger().upload(&url, &next, "piece", "piece", piece(&bytes, 1)).await.expect(401);
    // An editor of the organisation sees it, cannot go on with it, and may send the file too.
    let (org, now) = (super::org_id(&s.app, &s.ngo), s.app.state.clock.now());
    let person = s.app.actor(&ewa).person_id().unwrap().clone();
    s.app.state.store.write(|tx| account::store::insert_membership(tx, &org, &person, OrgRole::Editor, now)).unwrap();
    ewa.page(&s.path).await.says(&format!("Wysyła: {}@example.pl. Dokończyć może ta osoba", sample::nip(1)));
    ewa.upload(&url, &next, "piece", "piece", piece(&bytes, 1)).await.expect(404);
    let own = s.begin_as(&ewa, "Statut.pdf", &bytes).await.expect(200).json();
    assert_eq!((own["offset"].clone(), s.unfinished().len()), (json!(0), 2));
    ewa.post(&format!("{url}/usuniecie"), &[]).await.expect(303);
    assert_eq!((s.unfinished().len(), s.pieces()), (1, 0));
}

#[actix_web::test]
async fn the_arrival_of_the_last_piece_is_that_of_the_file() {
    let s = scene().await;
    let path = format!("/oferty/{}/zlozenie", s.offer.id);
    post(&s.ngo, &path, declarations(&s.app, &s.offer.id), &[]).await.expect(303);
    let bytes = large();
    s.app.at("2026-12-14 23:00");
    let s = Scene { ngo: s.app.sign_in(&format!("{}@example.pl", sample::nip(1))), ..s };
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send_two(&url, &bytes).await;
    s.ngo.page(&s.path).await.says("Czekamy na nią do 15.12.2026, 00:00.");
    s.app.at("2026-12-15 00:00");
    s.send_last(&url, &bytes).await.expect(403).says("termin składania ofert minął");
    assert!(s.files().is_empty());
    s.app.at("2026-12-14 23:59:59.999999");
    assert_eq!(s.work("2026-12-14 23:59:59.999999"), Ran::default());
    s.send_last(&url, &bytes).await.expect(303);
    assert_eq!(s.files().len(), 1);
    s.app.new_mail();
}

#[actix_web::test]
async fn unfinished_files_go_after_two_days_and_when_the_contest_closes() {
    let s = scene().await;
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    s.app.at("2026-11-24 12:00");
    let s = Scene { ngo: s.app.sign_in(&format!("{}@example.pl", sample::nip(1))), ..s };
    s.send(&url, 0, piece(&bytes, 0)).await.expect(200);
    assert_eq!(s.work("2026-11-25 12:00"), Ran { done: 1, failed: 0 }, "a piece came meanwhile");
    assert_eq!((s.unfinished().len(), s.pieces()), (1, 1));
    assert_eq!(s.work("2026-11-26 11:59:59"), Ran::default());
    assert_eq!(s.work("2026-11-26 12:00"), Ran { done: 1, failed: 0 });
    assert_eq!((s.unfinished(), s.pieces()), (vec![], 0));
    s.app.at("2026-12-14 20:00");
    let s = Scene { ngo: s.app.sign_in(&format!("{}@example.pl", sample::nip(1))), ..s };
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send_two(&url, &bytes).await;
    assert_eq!(s.call.deadline_at, Some(crate::support::moment("2026-12-15 00:00")));
    assert_eq!(s.work("2026-12-15 00:00"), Ran { done: 1, failed: 0 });
    assert_eq!((s.unfinished(), s.pieces()), (vec![], 0));
}

#[actix_web::test]
async fn a_program_that_was_killed_goes_on_where_it_stopped() {
    let s = scene().await;
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send(&url, 0, piece(&bytes, 0)).await.expect(200);
    // Killed after the next piece was on the disk and before its row said so.
    s.app.state.files.put_piece(s.unfinished()[0].id.as_str(), 1, b"half of it".to_vec()).unwrap();
    let Scene { app, call, ngo, offer, path } = s;
    drop(ngo);
    let app = app.again().await;
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let s = Scene { app, call, ngo, offer, path };
    let said = s.begin_as(&s.ngo, "Statut.pdf", &bytes).await.json();
    assert_eq!((said["url"].as_str(), said["offset"].clone()), (Some(url.as_str()), json!(PIECE)));
    s.send(&url, PIECE, piece(&bytes, 1)).await.expect(200);
    s.send_last(&url, &bytes).await.expect(303);
    assert_eq!(s.app.state.files.get(&s.files()[0].sha256).unwrap(), bytes);
    assert_eq!(s.pieces(), 0);
    // Killed after the file was attached and before its pieces were removed: the timed work finds them.
    let upload = url.rsplit('/').next().unwrap();
    s.app.state.files.put_piece(upload, 2, b"left behind".to_vec()).unwrap();
    assert_eq!(s.work("2026-11-25 12:00"), Ran { done: 1, failed: 0 });
    assert_eq!(s.pieces(), 0);
}

#[actix_web::test]
async fn what_came_in_pieces_is_looked_at_like_every_file() {
    let clamd = Clamd::start();
    let address = clamd.address.clone();
    let s = scene_in(TestApp::with_config(|config| config.scan.clamd = address).await).await;
    let send = |name: &'static str, bytes: Vec<u8>| {
        let s = &s;
        async move {
            let url = s.begin(name, &bytes).await;
            s.send_two(&url, &bytes).await;
            s.send_last(&url, &bytes).await
        }
    };
    let program = [b"MZ\x90\0", large().as_slice()].concat();
    send("umowa.pdf", program).await.expect(422).says(
        "Plik „umowa.pdf” to w środku program dla Windows (EXE). Dołączyć można tylko PDF, DOCX, ODT, XLSX, JPG i PNG.",
    );
    assert_eq!((s.files().len(), s.unfinished().len(), s.pieces()), (0, 0, 0), "it is not waited for");
    send("zly.pdf", [large().as_slice(), MALWARE].concat()).await.expect(303);
    assert_eq!(s.files()[0].state, AttachmentState::Refused);
    assert_eq!((s.unfinished().len(), s.pieces()), (0, 0));
    // Other bytes than those that were announced.
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send_two(&url, &bytes).await;
    let other: Vec<u8> = piece(&bytes, 2).iter().map(|b| b ^ 1).collect();
    let changed = s.send(&url, 2 * PIECE, &other).await;
    changed.expect(422).says("Plik „Statut.pdf” zmienił się w trakcie wysyłania, więc go nie dołączono.");
    assert_eq!((s.files().len(), s.unfinished().len(), s.pieces()), (1, 0, 0));
    // A piece that the disk lost.
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send_two(&url, &bytes).await;
    s.app.state.files.drop_pieces(s.unfinished()[0].id.as_str(), 1).unwrap();
    s.send_last(&url, &bytes).await.expect(422).says("Części pliku „Statut.pdf” nie da się złożyć w całość.");
    assert_eq!((s.files().len(), s.unfinished().len(), s.pieces()), (1, 0, 0));
}

#[actix_web::test]
async fn while_the_scanner_is_away_a_file_in_pieces_waits_too() {
    let address = clamd::nobody();
    let s = scene_in(TestApp::with_config(|config| config.scan.clamd = address).await).await;
    let bytes = large();
    let url = s.begin("Statut.pdf", &bytes).await;
    s.send_two(&url, &bytes).await;
    s.send_last(&url, &bytes).await.expect(303);
    assert_eq!(s.files()[0].state, AttachmentState::Quarantined);
    assert_eq!(s.app.state.files.get(&digest_bytes(&bytes)).unwrap(), bytes);
}

#[actix_web::test]
async fn a_piece_that_comes_when_its_file_is_just_forgotten_goes_too() {
    let s = scene().await;
    let bytes = large();
    let url = s.begin("skan.pdf", &bytes).await;
    s.send(&url, 0, piece(&bytes, 0)).await.expect(200);
    let seen = s.unfinished().remove(0);
    s.ngo.post(&format!("{url}/usuniecie"), &[]).await.expect(303);
    assert_eq!(s.pieces(), 0);
    // It was under way already: nothing would ever look for it.
    let (state, who) = (&s.app.state, s.app.actor(&s.ngo));
    let late = pieces::take(&state.store, &state.files, &who, &seen, piece(&bytes, 1).to_vec(), state.clock.now());
    assert!(matches!(late, Err(konkurs::error::AppError::NotFound)));
    assert_eq!(s.pieces(), 0);
}
