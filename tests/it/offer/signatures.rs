//! The electronic signatures of a confirmation: read from the file, held against the offer, never in the way.

use konkurs::account::{Representative, Role};
use konkurs::offer::store::confirmations;
use konkurs::offer::{Carried, Confirmation};
use konkurs::store::OfferId;

use super::confirming::{filed, give, wanting};
use super::{declarations, form, post};
use crate::support::signed::{How, USUAL, Who, person, seal, sign, sign_with};
use crate::support::{Client, TestApp, sample};

struct Scene {
    app: TestApp,
    ngo: Client,
    path: String,
    /// The confirmation as this system printed it.
    printed: Vec<u8>,
}

async fn scene() -> Scene {
    scene_of(&[], "prezes zarządu samodzielnie").await
}

/// A submitted offer of an organisation that these people represent beside Anna Prezes.
async fn scene_of(others: &[&str], representation: &str) -> Scene {
    let app = TestApp::new().await;
    let call = wanting(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut org = sample::org_of(&app, &ngo);
    let person = |name: &&str| Representative { name: (*name).into(), function: "członek zarządu".into() };
    org.content.representatives.extend(others.iter().map(person));
    org.content.representation = representation.into();
    app.state.store.write(|tx| konkurs::account::store::save_organisation(tx, &org)).unwrap();
    let path = filed(&app, &call, &ngo).await;
    let printed = ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body;
    Scene { app, ngo, path, printed }
}

impl Scene {
    fn id(&self) -> OfferId {
        OfferId::parse(self.path.trim_start_matches("/oferty/")).unwrap()
    }

    /// Gives a file and returns what was kept.
    async fn give(&self, names: &str, pdf: &[u8]) -> Confirmation {
        give(&self.ngo, &self.path, names, ("podpisane.pdf", pdf)).await.expect(303);
        self.app.new_mail();
        self.app.state.store.read(|r| confirmations::of_offer(r, &self.id())).unwrap().remove(0)
    }

    async fn remarks(&self, names: &str, pdf: &[u8]) -> Vec<String> {
        let kept = self.give(names, pdf).await.content;
        [kept.remarks, kept.told].concat()
    }
}

const NONE: [&str; 0] = [];

#[actix_web::test]
async fn a_signed_confirmation_is_read_and_shown_to_both_sides() {
    let s = scene().await;
    let kept = s.give("", &sign(&s.printed, person("Anna", "Prezes"))).await;
    assert_eq!((kept.content.signed_by.join(";").as_str(), kept.content.remarks.len()), ("Anna Prezes", 0));
    let Some(Carried::Receipt { number, version, sha256, sound }) = kept.content.carried.clone() else {
        panic!("{:?}", kept.content.carried)
    };
    assert_eq!((number.as_str(), version, sound), ("LOK/1/2026/O-1", 1, true));
    let page = s.ngo.page(&format!("{}/podpisane-potwierdzenie", s.path)).await;
    page.says("Stan: dołączono").says_not("Uwagi do podpisów");
    assert!(page.html().contains("Podpisane potwierdzenie jest dołączone."));
    assert!(!page.html().contains("90010112345"), "a PESEL is never shown in full");
    let json = serde_json::to_string(&kept.content).unwrap();
    assert!(!json.contains("90010112345") && json.contains("PNOPL-*********45"), "nor kept: {json}");

    let call = konkurs::store::CallId::parse(super::find(&s.app, &s.id()).call.as_str()).unwrap();
    s.app.at("2026-12-15 09:00");
    let office = s.app.staff("urzad@example.pl", &[Role::Officer]).await;
    office.post(&format!("/urzad/konkursy/{call}/otwarcie"), &[]).await.expect(303);
    let theirs = office.page(&s.path.replace("/oferty/", "/urzad/oferty/")).await;
    for seen in [page, theirs] {
        seen.says("PDF z podpisem elektronicznym")
            .says("Podpisy elektroniczne odczytane z pliku podpisane.pdf")
            .says("Anna Prezes (PNOPL-*********45)")
            .says("podpis z certyfikatem osoby")
            .says("Centrum Testowe 2025, Firma Testowa S.A.")
            .says("ważny od 01.01.2025 do 01.01.2027")
            .says("23.11.2026, 11:30:00 (z zegara osoby, która podpisała)")
            .says("treść bez zmian od podpisania")
            .says("podpis pasuje do klucza z certyfikatu")
            .says("podpis obejmuje cały plik")
            .says("Nie sprawdzamy, kto naprawdę wystawił certyfikat, czy go nie unieważniono i czy podpis jest kwalifikowany")
            .says("Ważność podpisu bada kwalifikowana usługa walidacji")
            .says(&format!(
                "W podpisanym pliku jest potwierdzenie oferty LOK/1/2026/O-1, wersja 1, suma kontrolna {sha256}."
            ));
    }
}

#[actix_web::test]
async fn the_certificate_says_who_signed_whatever_was_typed() {
    let s = scene().await;
    let stranger = sign(&s.printed, person("Ewa", "Obca"));
    assert_eq!(
        s.remarks("Anna Prezes", &stranger).await,
        [
            "Ewa Obca nie należy do osób uprawnionych do reprezentacji podanych w ofercie.",
            "Anna Prezes: osoba podana jako podpisująca, ale w pliku nie ma jej podpisu elektronicznego."
        ]
    );
    let page = s.ngo.page(&format!("{}/podpisane-potwierdzenie", s.path)).await;
    assert!(page.html().contains("Potwierdzenie jest dołączone, ale mamy uwagi do podpisów. Przeczytaj je poniżej."));
    page.says("Stan: dołączono, do wyjaśnienia").says("Uwagi do podpisów (widzi je też urząd): Ewa Obca nie należy");
    assert_eq!(s.remarks("", &sign(&s.printed, person("ANNA MARIA", "PREZES"))).await, NONE);
    assert_eq!(s.remarks("Prezes Anna", &sign(&s.printed, person("Anna", "Prezes"))).await, NONE);
    let both = sign(&stranger, person("Anna", "Prezes"));
    assert_eq!(
        s.remarks("", &both).await,
        ["Ewa Obca nie należy do osób uprawnionych do reprezentacji podanych w ofercie."]
    );
    s.ngo
        .page(&format!("{}/podpisane-potwierdzenie", s.path))
        .await
        .says("podpis obejmuje plik do chwili podpisania, potem dopisano")
        .says("; obejmuje to kolejny podpis");
}

#[actix_web::test]
async fn where_two_sign_together_one_signature_is_told() {
    let s = scene_of(&["Józef Żółć"], "dwóch członków zarządu łącznie").await;
    let one = sign(&s.printed, person("Anna", "Prezes"));
    assert_eq!(
        s.remarks("Anna Prezes\nJózef Żółć", &one).await,
        [
            "Podpisała jedna osoba.",
            "Józef Żółć: osoba podana jako podpisująca, ale w pliku nie ma jej podpisu elektronicznego."
        ]
    );
    let again = sign(&one, person("Anna", "Prezes"));
    assert_eq!(s.remarks("", &again).await, ["Podpisała jedna osoba."], "twice the same person is one");
    let kept = s.give("", &sign(&one, person("JOZEF", "ZOLC"))).await.content;
    assert_eq!((kept.signed_by, kept.remarks.as_slice()), (vec!["Anna Prezes".into(), "JOZEF ZOLC".into()], &[][..]));
}

#[actix_web::test]
async fn what_is_wrong_with_a_signature_is_told_and_the_file_is_kept() {
    let s = scene().await;
    let signed = sign(&s.printed, person("Anna", "Prezes"));
    let mut changed = signed.clone();
    changed[9] ^= 1; // in the comment of the head
    assert_eq!(s.remarks("Anna Prezes", &changed).await, ["Podpis „Anna Prezes”: plik zmieniono po podpisaniu."]);
    give(&s.ngo, &s.path, "", ("podpisane.pdf", &changed))
        .await
        .expect(422)
        .says("Wpisz imię i nazwisko każdej osoby, która podpisała potwierdzenie.");
    // The signatures are those of the board: it is the file that is to be cleared up, and that is what is said.
    let page = format!("{}/podpisane-potwierdzenie", s.path);
    s.remarks("Anna Prezes", &changed).await;
    s.ngo
        .page(&page)
        .await
        .says("Stan: dołączono, do wyjaśnienia")
        .says("Do dołączonego potwierdzenia są uwagi: przeczytaj je i dołącz poprawiony plik.")
        .says_not("nie zgadzają się z danymi oferenta");
    konkurs::jobs::run_due(&s.app.state.store, &s.app.state.jobs, crate::support::moment("2026-12-19 00:00")).unwrap();
    let letters = s.app.state.store.read(|r| konkurs::mail::of_object(r, s.id().as_str())).unwrap();
    let letter = letters.iter().find(|l| l.kind == "offer_reminder_confirmation").unwrap();
    let said = "a do dołączonego są uwagi: przeczytaj je na stronie oferty i dołącz poprawiony plik.";
    assert!(letter.body.contains(said), "{}", letter.body);
    s.app.new_mail();
    let appended = [signed.as_slice(), b"\n% something\n"].concat();
    assert_eq!(
        s.remarks("Anna Prezes", &appended).await,
        ["Za ostatnim podpisem dopisano do pliku 13 bajtów, których nie obejmuje żaden podpis."]
    );
    let page = s.ngo.page(&format!("{}/podpisane-potwierdzenie", s.path)).await;
    page.says("podpis obejmuje plik do chwili podpisania, potem dopisano 13 bajtów");
    assert!(page.html().contains("Podpisane potwierdzenie jest dołączone."), "what is only said is no warning");
    let expired = Who { to: "261122225959Z", ..person("Anna", "Prezes") };
    assert_eq!(
        s.remarks("", &sign(&s.printed, expired)).await,
        ["Podpis „Anna Prezes”: certyfikat jest ważny do 22.11.2026, podpis ma czas 23.11.2026, 11:30."]
    );
    let timeless = How { entries: "", ..USUAL };
    assert_eq!(
        s.remarks("", &sign_with(&s.printed, Who { from: "261201000000Z", ..expired }, timeless)).await,
        [
            "Podpis „Anna Prezes”: certyfikat jest ważny dopiero od 01.12.2026, podpis nie ma czasu, a plik dołączono 23.11.2026, 12:00."
        ]
    );
    let broken = [s.printed.as_slice(), b"/SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3]"].concat();
    assert_eq!(
        s.remarks("Anna Prezes", &broken).await,
        ["W pliku jest 1 podpis elektroniczny, którego nie umiemy odczytać."]
    );
    let stamp = sign(&s.printed, seal("Stowarzyszenie Promyk", "Stowarzyszenie Promyk"));
    assert_eq!(
        s.remarks("Anna Prezes", &stamp).await,
        ["W pliku jest pieczęć albo znacznik czasu, ale nie ma podpisu żadnej osoby."]
    );
}

#[actix_web::test]
async fn a_trusted_signature_names_its_person_beside_the_seal() {
    let s = scene().await;
    let minister = seal("Minister do spraw informatyzacji - pieczęć podpisu zaufanego", "Ministerstwo Cyfryzacji");
    let reason = "/Reason (Opatrzono w imieniu: ANNA PREZES, PESEL: 90010112345, PZ ID: anna)";
    let kept = s.give("", &sign_with(&s.printed, minister, How { entries: reason, ..USUAL })).await.content;
    assert_eq!((kept.signed_by, kept.remarks.as_slice()), (vec!["ANNA PREZES".into()], &[][..]));
    let page = s.ngo.page(&format!("{}/podpisane-potwierdzenie", s.path)).await;
    page.says("ANNA PREZES").says("podpis zaufany: pieczęć ministra, nazwisko z opisu podpisu");
    assert!(!page.html().contains("90010112345"));
    assert_eq!(
        s.remarks("Ewa Obca", &sign(&s.printed, minister)).await,
        [
            "Ewa Obca nie należy do osób uprawnionych do reprezentacji podanych w ofercie.",
            "Podpis zaufany: z pliku nie da się odczytać, kto podpisał. Urząd sprawdzi to sam."
        ]
    );
}

#[actix_web::test]
async fn the_signed_file_must_carry_the_confirmation_of_this_version() {
    let s = scene().await;
    let other = sign(b"%PDF-1.7\nsomething else\n", person("Anna", "Prezes"));
    assert_eq!(
        s.remarks("", &other).await,
        [
            "W pliku nie ma danych potwierdzenia, które zapisujemy w PDF-ie, więc nie sprawdziliśmy, czy podpisano potwierdzenie tej oferty."
        ]
    );
    let old = sign(&s.printed, person("Anna", "Prezes"));
    let version = s.ngo.page(&format!("{}/inne", s.path)).await.value_of("version").unwrap();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&s.ngo, &format!("{}/inne", s.path), fields, &[]).await.expect(303);
    post(&s.ngo, &format!("{}/zlozenie", s.path), declarations(&s.app, &s.id()), &[("replaces", "1")])
        .await
        .expect(303);
    assert_eq!(s.remarks("", &old).await, ["Podpisano potwierdzenie wersji 1, a w mocy jest wersja 2."]);

    let neighbour = s.app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let call = s.app.state.store.read(|r| konkurs::call::store::find(r, &super::find(&s.app, &s.id()).call)).unwrap();
    let path = filed(&s.app, &call, &neighbour).await;
    give(&neighbour, &path, "Anna Prezes", ("cudze.pdf", &old)).await.expect(303);
    s.app.new_mail();
    neighbour
        .page(&format!("{path}/podpisane-potwierdzenie"))
        .await
        .says("Podpisano potwierdzenie oferty LOK/1/2026/O-1, a to jest oferta LOK/1/2026/O-2.");
}
