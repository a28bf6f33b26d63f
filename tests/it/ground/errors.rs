//! Every unique constraint that a person can hit answers with its sentence, on
//! both databases.

use diesel::{RunQueryDsl as _, sql_query};
use konkurs::error::AppError;
use konkurs::store::Store;

use crate::support::{TestApp, sample};

/// Index, statement, sentence. `#` stands for a row of its own.
const TWICE: &[(&str, &str, &str)] = &[
    (
        "people_email_uq",
        "INSERT INTO people SELECT '#', email, name, password, roles, active, failures, failed_at, created_at, version FROM people",
        "Konto z tym adresem e-mail już istnieje. Zaloguj się albo podaj inny adres.",
    ),
    (
        "organisations_nip_uq",
        "INSERT INTO organisations SELECT '#', name, krs, nip, regon, content, created_at, version, test FROM organisations",
        "Organizacja z tym numerem NIP ma już konto. Poproś właściciela tego konta o zaproszenie: \
         wyśle je ze strony „Organizacja”, „Osoby i zaproszenia”, a Ty dostaniesz odnośnik e-mailem. Jeśli \
         właściciela już nie ma albo numer zajął ktoś obcy, napisz do urzędu: administrator zaprosi nowego właściciela.",
    ),
    (
        "memberships_person_org_uq",
        "INSERT INTO memberships SELECT '#', org_id, person_id, role, created_at FROM memberships",
        "Ta osoba należy już do organizacji.",
    ),
    (
        "invitations_pending_uq",
        "INSERT INTO invitations SELECT '#', org_id, email, role, '#', state, invited_by, created_at, sent_at, expires_at, \
         closed_at, version, by_office, demotes FROM invitations",
        "Na ten adres jest już zaproszenie. Wyślij je ponownie albo wycofaj i zaproś jeszcze raz.",
    ),
    (
        "offer_attachments_live_uq",
        "INSERT INTO offer_attachments SELECT '#', offer_id, ask_key, name, sha256, size, kind, state, reason, added_by, \
         added_at, removed_at, version FROM offer_attachments",
        "Ten sam plik jest już dołączony w tym miejscu.",
    ),
    (
        "offer_uploads_place_uq",
        "INSERT INTO offer_uploads SELECT '#', offer_id, ask_key, person_id, name, size, sha256, modified, pieces, begun_at, \
         touched_at, version FROM offer_uploads",
        "W tym miejscu wysyłasz już plik w innym oknie. Dokończ tamto wysyłanie albo odśwież stronę.",
    ),
    (
        "offers_one_live_uq",
        "INSERT INTO offers SELECT '#', call_id, org_id, NULL, title, 'draft', version, grant_amount, content, frozen_no, \
         submitted_at, created_at, updated_at, created_by, NULL, NULL, NULL FROM offers",
        "Organizacja ma już ofertę w tym konkursie. Otwórz ją na liście „Moje oferty”.",
    ),
    (
        "call_amendments_open_uq",
        "INSERT INTO call_amendments SELECT '#', call_id, state, version, content, created_at, created_by FROM call_amendments",
        "Zmianę ogłoszenia tego konkursu ktoś już przygotowuje. Odśwież stronę.",
    ),
    (
        "offer_partners_org_uq",
        "INSERT INTO offer_partners SELECT '#', offer_id, org_id, email, '', state, version, invited_at, invited_by, \
         answered_at, answered_by, reason, confirmation FROM offer_partners WHERE org_id IS NOT NULL",
        "Ta organizacja jest już wśród partnerów tej oferty.",
    ),
    (
        "offer_partners_email_uq",
        "INSERT INTO offer_partners SELECT '#', offer_id, org_id, email, '', state, version, invited_at, invited_by, \
         answered_at, answered_by, reason, confirmation FROM offer_partners WHERE org_id IS NULL",
        "Na ten adres wysłano już zaproszenie do tej oferty.",
    ),
    (
        "seats_call_person_uq",
        "INSERT INTO seats SELECT '#', call_id, person_id, kind, side, indicated_by, declared_at, declaration, statement, \
         version FROM seats",
        "Ta osoba zasiada już w komisji tego konkursu.",
    ),
    (
        "scores_offer_seat_uq",
        "INSERT INTO scores SELECT '#', offer_id, seat_id, call_id, total, content, sealed_at, version FROM scores",
        "Karta oceny tej oferty została już założona. Odśwież stronę.",
    ),
    (
        "awards_call_uq",
        "INSERT INTO awards SELECT '#', call_id, state, version, content, decided_at, decided_by, published_at FROM awards",
        "Rozstrzygnięcie tego konkursu ktoś już rozpoczął. Odśwież stronę.",
    ),
    (
        "contracts_offer_uq",
        "INSERT INTO contracts SELECT '#', call_id, offer_id, org_id, '#', state, version, grant_amount, starts, ends, \
         content, sha256, document_id, signed_on, created_at, created_by FROM contracts",
        "Umowa do tej oferty już istnieje.",
    ),
    (
        "tranches_no_uq",
        "INSERT INTO tranches SELECT '#' || no, contract_id, no, due_on, amount, condition FROM tranches",
        "Transza o tym numerze już jest w umowie. Odśwież stronę.",
    ),
    (
        "payments_tranche_uq",
        "INSERT INTO payments SELECT '#', contract_id, kind, tranche_no, amount, paid_on, reference, created_at, created_by \
         FROM payments",
        "Wypłatę tej transzy już zapisano.",
    ),
    (
        "reports_no_uq",
        "INSERT INTO reports SELECT '#', contract_id, no, kind, period_from, period_to, due_on, state, version, content, \
         sha256, submitted_at, created_at FROM reports",
        "Sprawozdanie o tym numerze już istnieje. Odśwież stronę.",
    ),
    (
        "settlements_contract_uq",
        "INSERT INTO settlements SELECT '#', contract_id, state, version, content, closed_at, closed_by FROM settlements",
        "Rozliczenie tej umowy ktoś już zamknął. Odśwież stronę.",
    ),
];

/// One invitation, attachment, amendment, seat, score card, payment, report and settlement beside the signed contract.
const FIRST: &[&str] = &[
    "INSERT INTO invitations SELECT 'invitation', org_id, 'x@ngo.example', 'editor', 'hash', 'pending', person_id, created_at, \
     created_at, created_at, NULL, 0, FALSE, FALSE FROM memberships",
    "INSERT INTO offer_attachments SELECT 'file', id, 'inne', 'a.pdf', 'sha', 1, 'pdf', 'accepted', '', 'test', created_at, \
     NULL, 0 FROM offers",
    "INSERT INTO offer_uploads SELECT 'upload', id, 'inne', created_by, 'a.pdf', 1, '', 0, '[]', created_at, created_at, 0 FROM offers",
    "INSERT INTO call_amendments SELECT 'amendment', id, 'draft', 0, '{}', created_at, 'test' FROM calls",
    "INSERT INTO offer_partners SELECT 'partner', id, org_id, '', '', 'invited', 0, created_at, 'test', NULL, '', '', NULL FROM offers",
    "INSERT INTO offer_partners SELECT 'asked', id, NULL, 'x@ngo.example', 'hash', 'invited', 0, created_at, 'test', NULL, '', '', \
     NULL FROM offers",
    "INSERT INTO seats SELECT 'seat', calls.id, people.id, 'k', 's', '', NULL, NULL, '', 0 FROM calls, people",
    "INSERT INTO scores SELECT 'score', id, 'seat', call_id, 0, '{}', NULL, 0 FROM offers",
    "INSERT INTO payments SELECT 'pay', id, 'tranche', 1, 100, '2027-01-04', '', created_at, 'test' FROM contracts",
    "INSERT INTO reports SELECT 'report', id, 1, 'final', starts, ends, ends, 'draft', 0, '{}', NULL, NULL, created_at \
     FROM contracts",
    "INSERT INTO settlements SELECT 'settlement', id, 'draft', 0, '{}', NULL, '' FROM contracts",
];

fn run(store: &Store, sql: &str) -> Result<(), AppError> {
    store.write(|tx| {
        sql_query(sql).execute(tx.conn())?;
        Ok(())
    })
}

#[actix_web::test]
async fn every_unique_constraint_has_its_sentence() {
    let app = TestApp::new().await;
    let ngo = app.ngo("Stowarzyszenie SUKCES", &sample::nip(1)).await;
    sample::signed_contract(&app, &ngo);
    let store = &app.state.store;
    for sql in FIRST {
        run(store, sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    }
    for (index, sql, says) in TWICE {
        match run(store, &sql.replace('#', &format!("second {index}"))) {
            Err(AppError::Taken(sentence)) => assert_eq!(sentence, *says, "{index}"),
            other => panic!("{index}: {other:?}"),
        }
    }
}

#[test]
fn the_list_of_this_test_is_the_table_of_the_program() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/error.rs")).unwrap();
    let table = &text[text.find("const UNIQUE").unwrap()..text.find("impl From<diesel").unwrap()];
    let mut there: Vec<&str> = table.split("index: \"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let mut here: Vec<&str> = TWICE.iter().map(|(index, ..)| *index).collect();
    there.sort_unstable();
    here.sort_unstable();
    assert_eq!(there, here);
}
