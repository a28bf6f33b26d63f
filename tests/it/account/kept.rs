//! What an organisation keeps once: texts and people that a new offer copies, documents with
//! their dates, identifiers with their checks. What was submitted never changes afterwards.

use konkurs::account::{OrgRole, store};
use konkurs::audit;

use crate::support::clamd::{Clamd, MALWARE};
use crate::support::{Answer, Client, TestApp, sample};

const PDF: &[u8] = b"%PDF-1.7 statut";

async fn add(client: &Client, path: &str, changes: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
    let mut fields =
        vec![("kind", "statute"), ("name", "Statut z 2024"), ("issued_on", "2024-03-12"), ("valid_until", "")];
    for (field, value) in changes {
        fields.retain(|(k, _)| k != field);
        fields.push((*field, *value));
    }
    client.upload(path, &fields, "file", name, bytes).await
}

#[actix_web::test]
async fn experience_resources_and_staff_go_into_the_next_offer_and_no_submitted_one() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let org = sample::org_of(&app, &ngo);
    let path = format!("/konto/organizacja/{}/do-ofert", org.id);
    let filed = sample::filed_offer(&app, &sample::rsd_call(&app), &ngo, 1);
    let before = app.state.store.read(|r| konkurs::offer::store::version(r, &filed.id, 1)).unwrap();
    ngo.page("/konto/organizacja")
        .await
        .says("Doświadczenie, zasoby i kadra (doświadczenie: brak, zasoby: brak, kadra: 0 osób)");
    let fields = [
        ("version", "0"),
        ("experience", "od 2008 r. 40 edycji warsztatów"),
        ("resources", "trzy sale i bus"),
        ("staff.0.name", "Ewa Trener"),
        ("staff.0.qualifications", "psycholog, 10 lat praktyki"),
        ("staff.1.name", ""),
        ("staff.1.qualifications", ""),
    ];
    let more = ngo.post(&path, &[fields.as_slice(), &[("_add", "staff")]].concat()).await;
    assert_eq!(more.expect(200).value_of("staff.1.name").as_deref(), Some(""));
    ngo.post(&path, &fields).await.expect(303);
    let late = ngo.post(&path, &[("version", "0"), ("experience", "mój tekst"), ("resources", "")]).await;
    late.expect(409).says("Ktoś zmienił to w międzyczasie").says("od 2008 r. 40 edycji warsztatów").says("mój tekst");
    assert_eq!(late.value_of("version").as_deref(), Some("1"), "sent again it is meant");
    let nameless = [("version", "1"), ("staff.0.name", ""), ("staff.0.qualifications", "psycholog")];
    ngo.post(&path, &nameless).await.expect(422).says("Wpisz imię i nazwisko albo usuń ten wiersz.");
    ngo.page(&path).await.says("od 2008 r. 40 edycji warsztatów");

    let call = sample::pai_call(&app);
    let begun = ngo.post(&format!("/konkursy/{}/oferty", call.id), &[]).await;
    let resources = ngo.page(&format!("{}/zasoby", begun.expect(303).location)).await;
    resources.says("od 2008 r. 40 edycji warsztatów").says("trzy sale i bus").says("psycholog, 10 lat praktyki");
    assert_eq!(resources.value_of("trainers.0.name").as_deref(), Some("Ewa Trener"));

    let after = app.state.store.read(|r| konkurs::offer::store::version(r, &filed.id, 1)).unwrap();
    assert_eq!((after.sha256.as_str(), &after.content), (before.sha256.as_str(), &before.content));
    assert_eq!(app.state.store.read(konkurs::app::verify_frozen).unwrap().1, Vec::<String>::new());
}

#[actix_web::test]
async fn a_submitted_offer_keeps_the_organisation_as_it_was_and_nothing_kept_for_other_offers() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let mut org = sample::org_of(&app, &ngo);
    org.content.experience = "tylko dla nas".into();
    org.content.post_address = "skr. poczt. 7, 87-800 Włocławek".into();
    let (actor, now, call) = (app.actor(&ngo), app.state.clock.now(), sample::pai_call(&app));
    let id = app
        .state
        .store
        .write(|tx| {
            konkurs::account::update_organisation(tx, &actor, &org, now)?;
            let id = konkurs::offer::start(tx, &actor, &call.id, &org.id, now)?;
            konkurs::offer::save(tx, &actor, &id, 0, sample::offer_content(&call), now)?;
            konkurs::offer::submit(tx, &actor, &id, sample::declarations(), now)?;
            Ok(id)
        })
        .unwrap();
    app.new_mail();
    let read = || app.state.store.read(|r| konkurs::offer::store::version(r, &id, 1)).unwrap();
    let frozen = read();
    assert_eq!(frozen.content.organisation.experience, "");
    assert_eq!(frozen.content.organisation.post_address, "skr. poczt. 7, 87-800 Włocławek");
    ngo.page(&format!("/oferty/{id}/podglad")).await.says("Adres do korespondencji skr. poczt. 7, 87-800 Włocławek");

    let mut later = sample::org_of(&app, &ngo);
    later.name = "Stowarzyszenie NOWE".into();
    later.content.town = "Kowal".into();
    later.content.account = None;
    app.state.store.write(|tx| konkurs::account::update_organisation(tx, &actor, &later, now)).unwrap();
    assert_eq!(read().content, frozen.content);
    assert_eq!(read().sha256, konkurs::store::digest(&konkurs::store::to_json(&frozen.content).unwrap()));
    ngo.page(&format!("/oferty/{id}/podglad")).await.says("Stowarzyszenie SUKCES").says_not("Kowal");
}

#[actix_web::test]
async fn identifiers_addresses_and_the_statute_are_kept_and_the_account_is_checked_for_its_form_only() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    ngo.page("/konto/organizacja")
        .await
        .says("Format poprawny. Czyj jest rachunek, sprawdzi urząd przed umową.")
        .says("art. 200 ust. 1 ustawy z 20.03.2025")
        .says("art. 62a ust. 3 i 9 ustawy z 20.04.2004")
        .says_not("konto istnieje");
    let fields = [
        ("version", "0"),
        ("org_name", "Kółko nad Wisłą"),
        ("legal_form", "stowarzyszenie zwykłe"),
        ("krs", ""),
        ("register", "ewidencja stowarzyszeń zwykłych"),
        ("register_no", "12/2019"),
        ("street", "ul. Długa 1"),
        ("postal_code", "87-800"),
        ("town", "Włocławek"),
        ("post_address", "ul. Krótka 2, 87-815 Smólnik"),
        ("org_email", "biuro@example.pl"),
        ("phone", "54 000 00 00"),
        ("status", "pes"),
        ("status_proof", "decyzja nr 7"),
        ("statute_paragraph", "§ 7 ust. 2"),
        ("statute_clause", "integracja osób zagrożonych wykluczeniem"),
        ("account", "61 1090 1014 0000 0712 1981 2874"),
        ("representation", "dwóch członków zarządu łącznie"),
        ("representative.0.name", "Anna Prezes"),
        ("representative.0.function", "prezes"),
    ];
    ngo.post("/konto/organizacja", &fields).await.expect(303);
    let org = sample::org_of(&app, &ngo);
    assert_eq!(org.content.register_entry(), "ewidencja stowarzyszeń zwykłych 12/2019");
    assert_eq!(org.content.statute(), "§ 7 ust. 2: integracja osób zagrożonych wykluczeniem");
    let page = ngo.page("/konto/organizacja").await;
    for (name, value) in [
        ("register_no", "12/2019"),
        ("post_address", "ul. Krótka 2, 87-815 Smólnik"),
        ("statute_paragraph", "§ 7 ust. 2"),
    ] {
        assert_eq!(page.value_of(name).as_deref(), Some(value), "{name}");
    }
    let editor = app.ngo("Fundacja Inna", &sample::nip(2)).await;
    let (person, now) = (app.actor(&editor).person_id().unwrap().clone(), app.state.clock.now());
    app.state.store.write(|tx| store::insert_membership(tx, &org.id, &person, OrgRole::Editor, now)).unwrap();
    editor
        .page(&format!("/konto/organizacja?org={}", org.id))
        .await
        .says("61 1090 1014 0000 0712 1981 2874 (format poprawny)")
        .says("ewidencja stowarzyszeń zwykłych 12/2019")
        .says("Sposób reprezentacji dwóch członków zarządu łącznie");
    editor.get(&format!("/konto/organizacja/{}/do-ofert", org.id)).await.expect(200).says("Zmienia to właściciel");
    editor.post(&format!("/konto/organizacja/{}/do-ofert", org.id), &[]).await.expect(403).says("Poproś go o zmianę.");
}

#[actix_web::test]
async fn documents_come_one_at_a_time_with_their_dates_for_members_only() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let org = sample::org_of(&app, &ngo);
    let path = format!("/konto/organizacja/{}/dokumenty", org.id);
    ngo.page(&path)
        .await
        .says("Nie ma tu jeszcze żadnego dokumentu.")
        .says("PDF, DOCX, ODT, XLSX, JPG i PNG, do 20 MB.");
    let wrong = add(&ngo, &path, &[("kind", ""), ("name", ""), ("issued_on", "31.02.2024")], "a.pdf", b"MZ\x90").await;
    wrong
        .expect(422)
        .says("Wybierz rodzaj dokumentu.")
        .says("Uzupełnij pole „Nazwa”.")
        .says("program dla Windows (EXE)");
    add(&ngo, &path, &[("valid_until", "2024-01-01")], "a.pdf", PDF)
        .await
        .expect(422)
        .says("Koniec ważności jest przed");
    add(&ngo, &path, &[("valid_until", "2025-06-30")], "C:/moje/statut.pdf", PDF).await.expect(303);
    add(&ngo, &path, &[("name", "Drugi raz")], "b.pdf", PDF)
        .await
        .expect(422)
        .says("jest już na liście jako „Statut z 2024”");
    add(&ngo, &path, &[("name", "Odpis"), ("kind", "register")], "odpis.pdf", b"%PDF-1.7 odpis").await.expect(303);
    ngo.page(&path)
        .await
        .says("Statut z 2024 statut albo regulamin 12.03.2024 30.06.2025 po terminie statut.pdf, 1 kB")
        .says("Odpis odpis z rejestru albo ewidencji 12.03.2024 bezterminowo odpis.pdf, 1 kB");
    assert_eq!(sample::org_of(&app, &ngo).version, 0, "an upload makes no form stale");
    // The form saves over it without losing a document.
    let mut changed = sample::org_of(&app, &ngo);
    changed.content.documents.clear();
    changed.content.town = "Kowal".into();
    let (actor, now) = (app.actor(&ngo), app.state.clock.now());
    app.state.store.write(|tx| konkurs::account::update_organisation(tx, &actor, &changed, now)).unwrap();
    let kept = sample::org_of(&app, &ngo).content;
    assert_eq!((kept.town.as_str(), kept.documents.len()), ("Kowal", 2));

    let file = format!("{path}/{}", kept.documents[0].file);
    let got = ngo.page(&file).await;
    assert_eq!(got.body, PDF);
    assert!(got.headers["content-disposition"].starts_with("attachment; filename=\"statut.pdf\""));
    let other = app.ngo("Fundacja Inna", &sample::nip(2)).await;
    for path in [&path, &file] {
        other.get(path).await.expect(404);
    }
    add(&other, &path, &[], "c.pdf", PDF).await.expect(404);
    ngo.post(&format!("{file}/usuniecie"), &[]).await.expect(303);
    ngo.get(&file).await.expect(404);
    ngo.post(&format!("{file}/usuniecie"), &[]).await.expect(404);
    let mut log = app.state.store.read(|r| audit::of_object(r, org.id.as_str())).unwrap();
    log.retain(|row| row.object_kind != "refused");
    let last = log.last().unwrap();
    assert_eq!(last.detail, "Usunięto dokument „Statut z 2024” (statut albo regulamin)");
    assert_ne!(last.before_digest, last.after_digest);
}

#[actix_web::test]
async fn two_uploads_at_once_keep_both_documents() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let path = format!("/konto/organizacja/{}/dokumenty", sample::org_of(&app, &ngo).id);
    let files: Vec<String> = (0..6).map(|n| format!("%PDF-1.7 plik {n}")).collect();
    let all = files.iter().map(|bytes| add(&ngo, &path, &[], "plik.pdf", bytes.as_bytes()));
    let answers = futures_util::future::join_all(all).await;
    assert!(answers.iter().all(|a| a.status == 303), "{:?}", answers.iter().map(|a| a.text()).collect::<Vec<_>>());
    assert_eq!(sample::org_of(&app, &ngo).content.documents.len(), 6);
}

#[actix_web::test]
async fn a_document_with_malware_is_not_kept() {
    let clamd = Clamd::start();
    let address = clamd.address.clone();
    let app = TestApp::with_config(|config| config.scan.clamd = address).await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let path = format!("/konto/organizacja/{}/dokumenty", sample::org_of(&app, &ngo).id);
    let bytes = [PDF, MALWARE].concat();
    add(&ngo, &path, &[], "zly.pdf", &bytes).await.expect(422).says("złośliwe oprogramowanie: Zlosliwy.Kod.Testowy.");
    add(&ngo, &path, &[], "dobry.pdf", PDF).await.expect(303);
    assert_eq!(sample::org_of(&app, &ngo).content.documents.len(), 1);
}

/// The files that stand in the folder of files, by their names.
fn on_disk(folder: &std::path::Path) -> Vec<String> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(on_disk(&path));
        } else {
            out.push(entry.file_name().into_string().unwrap());
        }
    }
    out.sort();
    out
}

#[actix_web::test]
async fn a_document_that_is_refused_leaves_nothing_on_the_disk() {
    let clamd = Clamd::start();
    let address = clamd.address.clone();
    let app = TestApp::with_config(|config| config.scan.clamd = address).await;
    let folder = app.state.config.data.join("files");
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    let other = app.ngo("Fundacja Inna", &sample::nip(2)).await;
    let path = format!("/konto/organizacja/{}/dokumenty", sample::org_of(&app, &ngo).id);
    let malware = [PDF, MALWARE].concat();
    for (changes, name, bytes, status) in [
        (&[][..], "zly.pdf", malware.as_slice(), 422),
        (&[], "program.pdf", b"MZ\x90 program", 422),
        (&[], "pusty.pdf", b"", 422),
        (&[("name", "")], "bez nazwy.pdf", PDF, 422),
        (&[("valid_until", "2024-01-01")], "daty.pdf", PDF, 422),
    ] {
        add(&ngo, &path, changes, name, bytes).await.expect(status);
        assert_eq!(on_disk(&folder), Vec::<String>::new(), "{name}");
    }
    add(&other, &path, &[], "cudzy.pdf", PDF).await.expect(404);
    assert_eq!(on_disk(&folder), Vec::<String>::new(), "of a stranger");
    add(&ngo, &path, &[], "statut.pdf", PDF).await.expect(303);
    let kept = konkurs::store::digest_bytes(PDF);
    assert_eq!(on_disk(&folder).len(), 1);
    assert!(on_disk(&folder)[0].ends_with(&kept[2..]), "{:?}", on_disk(&folder));
    // The same file again, and one more than there is room for.
    add(&ngo, &path, &[("name", "Drugi raz")], "kopia.pdf", PDF).await.expect(422);
    let mut full = sample::org_of(&app, &ngo);
    let first = full.content.documents[0].clone();
    let listed = |n: u32| konkurs::account::OrgDocument { sha256: format!("{n:064x}"), ..first.clone() };
    full.content.documents.extend((1..60).map(listed));
    app.state.store.write(|tx| konkurs::account::store::save_documents(tx, &full)).unwrap();
    add(&ngo, &path, &[], "o jeden za dużo.pdf", b"%PDF-1.7 inny")
        .await
        .expect(422)
        .says("Na liście jest już 60 dokumentów");
    assert_eq!(on_disk(&folder).len(), 1, "{:?}", on_disk(&folder));
}
