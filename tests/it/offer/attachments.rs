//! The files of an offer: each a deed of its own, known by its bytes, scanned, frozen with the offer.

use konkurs::account::{DocumentKind, OrgDocument, OrgRole, Role, add_document};
use konkurs::call::Call;
use konkurs::jobs::{self, Ran};
use konkurs::offer::{self, Attachment, AttachmentState, Offer, store};
use konkurs::store::{AttachmentId, DocumentId, digest_bytes};
use konkurs::{app, audit};

use super::{declarations, draft, find, post};
use crate::support::clamd::{self, Clamd, MALWARE};
use crate::support::{Answer, Client, TestApp, sample};

const PDF: &[u8] = b"%PDF-1.7 statut stowarzyszenia";

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

impl Scene {
    async fn add(&self, name: &str, bytes: &[u8]) -> Answer {
        self.ngo.upload(&format!("{}/inne", self.path), &[], "file", name, bytes).await
    }

    fn files(&self) -> Vec<konkurs::offer::Attachment> {
        self.app.state.store.read(|r| store::attachments(r, &self.offer.id)).unwrap()
    }

    fn states(&self) -> Vec<AttachmentState> {
        self.files().iter().map(|a| a.state).collect()
    }

    fn log(&self) -> Vec<String> {
        let rows = self.app.state.store.read(|r| audit::of_object(r, self.offer.id.as_str())).unwrap();
        rows.into_iter().filter(|row| row.object_kind != "refused").map(|row| row.detail).collect()
    }

    async fn submit(&self) -> Answer {
        let path = format!("/oferty/{}/zlozenie", self.offer.id);
        post(&self.ngo, &path, declarations(&self.app, &self.offer.id), &[]).await
    }

    fn work(&self, wall: &str) -> Ran {
        self.app.at(wall);
        let state = &self.app.state;
        jobs::run_outside(&state.store, &state.outside, state.clock.now()).unwrap()
    }
}

#[actix_web::test]
async fn files_are_added_one_by_one_read_and_removed() {
    let s = scene().await;
    let page = s.ngo.page(&s.path).await;
    page.says("Można dołączyć PDF, DOCX, ODT, XLSX, JPG i PNG, każdy do 20 MB").says("Nie ma jeszcze żadnego pliku.");
    let version = find(&s.app, &s.offer.id).version;
    let done = s.add("Statut.pdf", PDF).await;
    assert_eq!((done.status, done.location.as_str()), (303, s.path.as_str()), "{}", done.text());
    assert!(s.ngo.page(&s.path).await.html().contains("Plik „Statut.pdf” jest dołączony."));
    s.ngo.page(&s.path).await.says("Statut.pdf (1 kB) dołączony 23.11.2026, 12:00, ");
    s.add("zdjęcie sali.png", b"\x89PNG\r\n\x1A\n obraz").await.expect(303);
    assert_eq!(find(&s.app, &s.offer.id).version, version, "the form stays current");
    s.ngo.page(&format!("/oferty/{}", s.offer.id)).await.says("Załączniki 2 pliki; każdy dodaje się osobno gotowe");

    let files = s.files();
    let file = format!("{}/plik/{}", s.path, files[0].id);
    let got = s.ngo.page(&file).await;
    assert_eq!(got.body, PDF);
    assert_eq!(got.headers["content-type"], "application/pdf");
    assert_eq!(got.headers["x-content-type-options"], "nosniff");
    assert!(got.headers["content-disposition"].starts_with("attachment; filename=\"Statut.pdf\""), "{:?}", got.headers);
    let polish = s.ngo.page(&format!("{}/plik/{}", s.path, files[1].id)).await;
    let name = &polish.headers["content-disposition"];
    assert!(name.contains("filename*=UTF-8''zdj%C4%99cie%20sali.png"), "{name}");

    s.ngo.post(&format!("{file}/usuniecie"), &[]).await.expect(303);
    s.ngo.post(&format!("{file}/usuniecie"), &[]).await.expect(404);
    assert_eq!(s.files().len(), 1);
    let log = s.log();
    assert!(log[2].starts_with("Dołączono załącznik „Statut.pdf” (SHA-256 "), "{log:?}");
    assert_eq!(log[4], "Usunięto załącznik „Statut.pdf”");
    // Removed, it may come again.
    s.add("Statut.pdf", PDF).await.expect(303);
    s.ngo.get(&format!("{}/plik/nie-ma", s.path)).await.expect(404);
    s.ngo.upload(&format!("{}/nie-ma-takiego", s.path), &[], "file", "a.pdf", PDF).await.expect(404);
}

#[actix_web::test]
async fn a_file_is_what_its_bytes_say() {
    let s = scene().await;
    for (name, bytes, says) in [
        (
            "umowa.pdf",
            b"MZ\x90\0".as_slice(),
            "Plik „umowa.pdf” to w środku program dla Windows (EXE). Dołączyć można tylko PDF, DOCX, ODT, XLSX, JPG i PNG.",
        ),
        (
            "skan.jpg",
            PDF,
            "Plik „skan.jpg” ma w nazwie końcówkę .jpg, a w środku to dokument PDF. Zmień końcówkę na .pdf",
        ),
        ("lista.doc", b"\xD0\xCF\x11\xE0 x", "plik starego Worda lub Excela (DOC, XLS)"),
        ("strona.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "strona internetowa albo plik XML"),
        ("pusty.pdf", b"", "Wybierz plik. Nie dołączono żadnego albo jest pusty."),
    ] {
        let answer = s.add(name, bytes).await;
        answer.expect(422).says(says);
        assert!(answer.html().contains("href=\"#plik-inne\""), "the summary leads to the field");
        assert!(answer.html().contains("id=\"plik-inne-error\""), "the sentence stands at the field");
    }
    assert!(s.files().is_empty());
    // An honest workbook of ours is let in.
    let xlsx =
        konkurs::document::template("Grupy", &[], &[], &[], s.app.state.clock.now(), Default::default()).unwrap();
    s.add("grupy.xlsx", &xlsx).await.expect(303);
    assert_eq!(s.files()[0].kind.code(), "xlsx");
}

#[actix_web::test]
async fn what_is_too_large_is_told_its_limit_and_harms_nothing() {
    let s = scene_in(TestApp::with_config(|config| config.attachment_mib = 1).await).await;
    let before = find(&s.app, &s.offer.id);
    let big = [PDF, &vec![b'x'; 1024 * 1024]].concat();
    let answer = s.add("wielki.pdf", &big).await;
    answer
        .expect(413)
        .says("każdy do 1 MB")
        .says("Plik jest za duży: dozwolone jest najwyżej 1 MiB.")
        .says("Dołącz plik");
    assert_eq!(find(&s.app, &s.offer.id), before);
    assert!(s.files().is_empty());
    s.add("maly.pdf", PDF).await.expect(303);
}

#[actix_web::test]
async fn the_same_file_is_noticed() {
    let s = scene().await;
    s.add("Statut.pdf", PDF).await.expect(303);
    s.add("Kopia statutu.pdf", PDF)
        .await
        .expect(422)
        .says("Ten sam plik jest już dołączony tutaj jako „Statut.pdf” (23.11.2026, 12:00).");
    assert_eq!(s.files().len(), 1);
    // Many clicks at once are one file too.
    let (actor, now, offer) = (s.app.actor(&s.ngo), s.app.state.clock.now(), &s.offer.id);
    let file = konkurs::offer::NewFile {
        key: "inne".into(),
        name: "umowa.pdf".into(),
        kind: konkurs::document::AttachmentKind::Pdf,
        size: 3,
        sha256: "0".repeat(64),
        verdict: konkurs::store::Verdict::Clean,
    };
    let added: usize = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (store, actor, file) = (s.app.state.store.clone(), &actor, file.clone());
                threads.spawn(move || store.write(|tx| konkurs::offer::attach(tx, actor, offer, file, now)).is_ok())
            })
            .collect();
        tries.into_iter().map(|t| usize::from(t.join().unwrap())).sum()
    });
    assert_eq!((added, s.files().len()), (1, 2));
}

#[actix_web::test]
async fn the_offer_freezes_its_files_and_the_office_reads_them_after_the_deadline() {
    let s = scene().await;
    s.add("Statut.pdf", PDF).await.expect(303);
    s.add("zdjęcie.png", b"\x89PNG\r\n\x1A\n obraz").await.expect(303);
    let files = s.files();
    s.ngo.post(&format!("{}/plik/{}/usuniecie", s.path, files[1].id), &[]).await.expect(303);
    s.submit().await.expect(303);
    s.app.new_mail();
    let frozen = s.app.state.store.read(|r| store::version(r, &s.offer.id, 1)).unwrap();
    let names: Vec<(&str, &str, i64)> =
        frozen.content.attachments.iter().map(|a| (a.name.as_str(), a.sha256.as_str(), a.size)).collect();
    assert_eq!(names, [("Statut.pdf", files[0].sha256.as_str(), i64::try_from(PDF.len()).unwrap())]);
    let (seen, broken) = s.app.state.store.read(|r| app::verify_files(r, &s.app.state.files)).unwrap();
    assert_eq!((seen, broken), (2, Vec::new()), "a removed file is kept too");

    let (file, removed) = (format!("{}/plik/{}", s.path, files[0].id), format!("{}/plik/{}", s.path, files[1].id));
    s.ngo.page(&s.path).await.says("obowiązuje z plikami, z którymi ją złożono").says("Dołącz plik");
    let office = s.app.staff("urzad@example.pl", &[Role::Officer]).await;
    let other = s.app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    office.get(&file).await.expect(404);
    other.get(&file).await.expect(404);
    other.get(&s.path).await.expect(404);
    s.app.at("2026-12-15 00:00:00");
    let ngo = s.app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    ngo.upload(&format!("{}/inne", s.path), &[], "file", "nowy.pdf", b"%PDF-1.7 inny").await.expect(403);
    ngo.post(&format!("{file}/usuniecie"), &[]).await.expect(403);
    ngo.page(&s.path).await.says("załączników nie można już zmieniać").says_not("Dołącz plik");
    let office = s.app.sign_in("urzad@example.pl");
    office.get(&file).await.expect(404);
    office.post(&format!("/urzad/konkursy/{}/otwarcie", s.call.id), &[]).await.expect(303);
    assert_eq!(office.page(&file).await.body, PDF);
    office.get(&removed).await.expect(404);
    office.get(&s.path).await.expect(404);
    let member = s.app.staff("komisja@example.pl", &[Role::Committee]).await;
    member.get(&file).await.expect(404);
    office.page(&format!("/urzad/oferty/{}", s.offer.id)).await.says("Statut.pdf").says(&files[0].sha256);
    assert_eq!(s.call.id, s.offer.call);
}

#[actix_web::test]
async fn an_infected_file_is_refused_with_the_name_of_what_it_carries() {
    let clamd = Clamd::start();
    let address = clamd.address.clone();
    let s = scene_in(TestApp::with_config(|config| config.scan.clamd = address).await).await;
    s.ngo.page(&s.path).await.says("Każdy plik sprawdza program antywirusowy");
    let big = [PDF, &vec![b'x'; 200_000]].concat();
    s.add("czysty.pdf", &big).await.expect(303);
    s.add("zly.pdf", &[PDF, MALWARE].concat()).await.expect(303);
    assert_eq!(*clamd.asked.lock().unwrap(), [big.len(), PDF.len() + MALWARE.len()]);
    assert_eq!(s.states(), [AttachmentState::Accepted, AttachmentState::Refused]);
    let says = "Program antywirusowy znalazł w pliku złośliwe oprogramowanie: Zlosliwy.Kod.Testowy.";
    s.ngo.page(&s.path).await.says(&format!("zly.pdf (1 kB) odrzucony {says}"));
    let bad = &s.files()[1];
    s.ngo.get(&format!("{}/plik/{}", s.path, bad.id)).await.expect(404);
    assert!(s.app.state.files.get(&bad.sha256).is_err(), "its bytes are not kept");
    assert!(s.log().last().unwrap().starts_with(&format!("Odrzucono załącznik: „zly.pdf” – {says}")), "{:?}", s.log());
    s.submit().await.expect(303);
    let frozen = s.app.state.store.read(|r| store::version(r, &s.offer.id, 1)).unwrap();
    assert_eq!(frozen.content.attachments.len(), 1);
    s.app.new_mail();
}

#[actix_web::test]
async fn while_the_scanner_is_away_files_wait_and_so_does_the_submission() {
    let address = clamd::nobody();
    let there = address.clone();
    let s = scene_in(TestApp::with_config(|config| config.scan.clamd = there).await).await;
    s.add("Statut.pdf", PDF).await.expect(303);
    s.add("zly.pdf", &[PDF, MALWARE].concat()).await.expect(303);
    assert_eq!(s.states(), [AttachmentState::Quarantined; 2]);
    let file = format!("{}/plik/{}", s.path, s.files()[0].id);
    s.ngo.get(&file).await.expect(404);
    s.ngo
        .page(&s.path)
        .await
        .says("Statut.pdf (1 kB) czeka na sprawdzenie Program antywirusowy chwilowo nie odpowiada.");
    let hub = format!("/oferty/{}", s.offer.id);
    s.ngo.page(&hub).await.says("Plik „Statut.pdf” czeka na sprawdzenie antywirusowe.").says("Reguła R-OFF-20");
    let page = s.ngo.page(&hub).await;
    assert!(page.html().contains(&format!("href=\"{}\"", s.path)), "the finding leads to the files");
    s.submit().await.expect(422).says("R-OFF-20").says("Poczekaj kilka minut i odśwież stronę");

    assert_eq!(s.work("2026-11-23 12:00:30"), Ran { done: 0, failed: 2 });
    assert_eq!(s.states(), [AttachmentState::Quarantined; 2]);
    let clamd = Clamd::start_at(&address);
    assert_eq!(s.work("2026-11-23 12:01"), Ran::default(), "not before its minute");
    assert_eq!(s.work("2026-11-23 12:01:30"), Ran { done: 2, failed: 0 });
    assert_eq!(s.states(), [AttachmentState::Accepted, AttachmentState::Refused]);
    assert_eq!(clamd.asked.lock().unwrap().len(), 2);
    let log = s.log();
    assert!(log[log.len() - 2].starts_with("Sprawdzono i dołączono załącznik „Statut.pdf”"), "{log:?}");
    assert!(log[log.len() - 1].contains("Zlosliwy.Kod.Testowy"), "{log:?}");
    assert_eq!(s.ngo.page(&file).await.body, PDF);
    s.submit().await.expect(303);
    s.app.new_mail();
}

#[actix_web::test]
async fn a_kept_document_of_the_organisation_is_attached_without_a_new_upload() {
    let s = scene().await;
    s.ngo.page(&s.path).await.says("dokumentach organizacji");
    let (actor, org, now) = (s.app.actor(&s.ngo), super::org_id(&s.app, &s.ngo), s.app.state.clock.now());
    let sha256 = s.app.state.files.put(PDF.to_vec()).unwrap();
    let document = OrgDocument {
        file: DocumentId::new(),
        kind: DocumentKind::Statute,
        name: "Statut z 2024".into(),
        issued_on: None,
        valid_until: Some(super::day("2026-11-22")),
        file_name: "statut.pdf".into(),
        size: 30,
        sha256,
    };
    let id = document.file.to_string();
    s.app.state.store.write(|tx| add_document(tx, &actor, &org, document, "application/pdf", now)).unwrap();
    s.ngo.page(&s.path).await.says("Statut z 2024 – nieważny od 22.11.2026");
    let path = format!("{}/inne/z-dokumentow", s.path);
    s.ngo.post(&path, &[]).await.expect(422).says("Wybierz dokument z listy.");
    s.ngo.post(&path, &[("document", DocumentId::new().as_str())]).await.expect(404);
    s.ngo.post(&path, &[("document", &id)]).await.expect(303);
    s.ngo.post(&path, &[("document", &id)]).await.expect(422).says("Ten sam plik jest już dołączony tutaj");
    assert_eq!(s.files()[0].name, "statut.pdf");
    // An editor may attach as well.
    let ewa = s.app.ngo("Fundacja Ewy", &sample::nip(3)).await;
    let person = s.app.actor(&ewa).person_id().unwrap().clone();
    s.app
        .state
        .store
        .write(|tx| konkurs::account::store::insert_membership(tx, &org, &person, OrgRole::Editor, now))
        .unwrap();
    ewa.upload(&format!("{}/inne", s.path), &[], "file", "inny.pdf", b"%PDF-1.7 inny").await.expect(303);
    assert_eq!(s.files().len(), 2);
}

#[actix_web::test]
async fn what_the_announcement_requires_must_be_there() {
    let app = TestApp::new().await;
    let mut call = sample::pai_call(&app);
    let ask = |key: &str, name: &str, required, note: &str| konkurs::call::AskedAttachment {
        key: key.into(),
        name: name.into(),
        required,
        note: note.into(),
    };
    call.content.attachments =
        vec![ask("statute", "Statut", true, "Gdy nie ma go w KRS."), ask("attorney", "Pełnomocnictwo", false, "")];
    app.state.store.write(|tx| konkurs::call::store::save(tx, &call)).unwrap();
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/zalaczniki", offer.id);
    let s = Scene { app, call, ngo, offer, path };
    s.ngo
        .page(&s.path)
        .await
        .says("Statut wymagany – brakuje Gdy nie ma go w KRS.")
        .says("Pełnomocnictwo nieobowiązkowy")
        .says("Inne załączniki nieobowiązkowy");
    s.submit().await.expect(422).says("Brakuje załącznika: Statut.").says("Ogłoszenie wymaga tego załącznika.");
    s.add("statut.pdf", PDF).await.expect(303);
    s.submit().await.expect(422).says("Brakuje załącznika: Statut.");
    s.ngo.upload(&format!("{}/statute", s.path), &[], "file", "statut.pdf", PDF).await.expect(303);
    s.ngo.page(&s.path).await.says("Statut jest Gdy nie ma go w KRS.");
    s.submit().await.expect(303);
    let frozen = s.app.state.store.read(|r| store::version(r, &s.offer.id, 1)).unwrap();
    let keys: Vec<&str> = frozen.content.attachments.iter().map(|a| a.key.as_str()).collect();
    assert_eq!(keys, ["inne", "statute"]);
    s.app.new_mail();
}

#[actix_web::test]
async fn files_of_a_submitted_offer_change_with_the_next_submission() {
    let s = scene().await;
    s.add("Statut.pdf", PDF).await.expect(303);
    s.submit().await.expect(303);
    let find = || s.app.state.store.read(|r| store::find(r, &s.offer.id)).unwrap();
    let frozen = |no| s.app.state.store.read(|r| store::version(r, &s.offer.id, no)).unwrap().content.attachments;
    let first = s.files();
    assert!(find().draft.is_none());

    // Another file is a change that waits; thrown away, the old set is back.
    s.add("nowy.pdf", b"%PDF-1.7 inny").await.expect(303);
    s.ngo.post(&format!("{}/plik/{}/usuniecie", s.path, first[0].id), &[]).await.expect(303);
    let pending = find();
    assert_eq!(pending.draft.as_ref(), Some(&pending.content));
    assert_eq!((pending.frozen_no, frozen(1).len()), (1, 1));
    let (actor, now) = (s.app.actor(&s.ngo), s.app.state.clock.now());
    s.app.state.store.write(|tx| offer::discard(tx, &actor, &s.offer.id, pending.version, now)).unwrap();
    let names = |files: &[offer::Attachment]| files.iter().map(|a| a.name.clone()).collect::<Vec<_>>();
    assert_eq!((names(&s.files()), find().draft), (vec!["Statut.pdf".to_owned()], None));

    // The same words saved again keep the change of the files; submitted again they are in force.
    s.add("nowy.pdf", b"%PDF-1.7 inny").await.expect(303);
    let pending = find();
    let words = pending.content.clone();
    s.app.state.store.write(|tx| offer::save(tx, &actor, &s.offer.id, pending.version, words, now)).unwrap();
    assert!(find().draft.is_some());
    let declared = frozen_declarations(&s);
    s.app.state.store.write(|tx| offer::replace(tx, &actor, &s.offer.id, 1, declared, now)).unwrap();
    let files: Vec<String> = frozen(2).into_iter().map(|f| f.name).collect();
    assert_eq!((find().frozen_no, files, frozen(1).len()), (2, vec!["Statut.pdf".into(), "nowy.pdf".into()], 1));
}

fn frozen_declarations(s: &Scene) -> offer::Declarations {
    s.app.state.store.read(|r| store::version(r, &s.offer.id, 1)).unwrap().content.declarations
}

#[actix_web::test]
async fn attaching_and_removing_does_not_fill_the_disk() {
    let s = scene().await;
    // What was taken away still lies on the disk.
    let gone = |size: i64, text: &str| {
        let now = s.app.state.clock.now();
        let file = Attachment {
            id: AttachmentId::new(),
            offer: s.offer.id.clone(),
            key: "inne".into(),
            name: "skan.pdf".into(),
            sha256: digest_bytes(text.as_bytes()),
            size,
            kind: konkurs::document::AttachmentKind::Pdf,
            state: AttachmentState::Accepted,
            reason: String::new(),
            added_by: "anna@example.pl".into(),
            added_at: now,
            removed_at: Some(now),
            version: 0,
        };
        s.app
            .state
            .store
            .write(|tx| {
                store::insert_attachment(tx, &file)?;
                store::save_attachment(tx, &file)
            })
            .unwrap();
    };
    gone(1024 * 1024 * 1024 - 10, "duży skan");
    let big = b"%PDF-1.7 inny skan";
    s.add("inny.pdf", big).await.expect(422).says(
        "Pliki tej oferty mogą zająć razem najwyżej 1024 MiB, licząc usunięte, a z tym byłoby więcej. Zmniejsz plik, np. zapisz skan w mniejszej rozdzielczości. Plik, który był już w tej ofercie, możesz dołączyć ponownie.",
    );
    assert!(s.app.state.files.get(&digest_bytes(big)).is_err(), "what is refused is not kept");
    assert_eq!(s.states(), []);
    gone(1, std::str::from_utf8(PDF).unwrap());
    s.add("Statut.pdf", PDF).await.expect(303);
    for n in 0..297 {
        gone(1, &n.to_string());
    }
    s.add("inny.pdf", big).await.expect(422).says(
        "Do tej oferty dołączano już pliki 300 razy, licząc usunięte, i więcej się nie zmieści. Kilka plików połącz w jeden PDF, zanim usuniesz któryś z dołączonych; jeśli brakuje wymaganego, zadzwoń do urzędu przed terminem.",
    );
}

#[actix_web::test]
async fn what_is_refused_leaves_no_file_on_the_disk() {
    let s = scene().await;
    let kept = |bytes: &[u8]| s.app.state.files.get(&digest_bytes(bytes)).is_ok();
    let unasked = b"%PDF-1.7 nikt o to nie prosi";
    s.ngo.upload(&format!("{}/nie-ma", s.path), &[], "file", "a.pdf", unasked).await.expect(404);
    assert!(!kept(unasked), "a place nobody asked for");
    for n in 0..konkurs::offer::MOST_FILES {
        s.add(&format!("{n}.pdf"), format!("%PDF-1.7 {n}").as_bytes()).await.expect(303);
    }
    let more = b"%PDF-1.7 czterdziesty pierwszy";
    s.add("41.pdf", more).await.expect(422).says("Oferta ma już 40 plików i więcej się nie zmieści.");
    assert!(!kept(more), "more files than an offer takes");
    assert!(kept(b"%PDF-1.7 39"));
}
