//! What somebody declared stays what it was, whatever the announcement says later.

use konkurs::app as program;
use konkurs::call::{Call, Part};
use konkurs::law::Minutes;
use konkurs::offer::{Offer, store, wording};
use konkurs::store::OfferId;

use super::{Form, declarations, draft_of, find, post};
use crate::call::amending::{again, begun, proposed, publish, until, wrote};
use crate::call::{announced, office};
use crate::support::paper::bare;
use crate::support::{Client, TestApp, paper, sample};

const NEW: &str = "lokal spełnia wymagania dostępności z nowego ogłoszenia";

/// Part VII with every declaration of `call`, as its page asks today.
fn answered(app: &TestApp, call: &Call, id: &OfferId) -> Form {
    let mut out = declarations(app, id);
    out.extend((0..call.content.terms.extra_declarations.len()).map(|at| (format!("extra.{at}"), "true".to_owned())));
    out
}

/// On 1 December the call asks for another declaration and names the task in another way.
async fn amended(app: &TestApp, call: &Call) -> Call {
    let office = again(app, "2026-12-01 12:00");
    begun(app, &office, call);
    wrote(app, &office, call, Part::Elements, |c| {
        until("2026-12-23")(c);
        c.elements.task = "Reintegracja po zmianie ogłoszenia".into();
    });
    wrote(app, &office, call, Part::Terms, |c| c.terms.extra_declarations = vec![NEW.into()]);
    let change = proposed(app, &office, call, "Nowe wymagania dostępności.");
    publish(&office, call, &change, "2026-12-01").await.expect(303);
    app.new_mail();
    crate::call::find(app, &call.id)
}

/// A complete draft, within the cap of the law of today.
fn drafted(app: &TestApp, call: &Call, ngo: &Client) -> Offer {
    let mut content = sample::offer_content(call);
    content.hours.iter_mut().for_each(|h| h.minutes = Minutes::from_hours(88));
    draft_of(app, call, ngo, content)
}

fn again_in(app: &TestApp, n: u32) -> Client {
    app.sign_in(&format!("{}@example.pl", sample::nip(n)))
}

#[actix_web::test]
async fn a_changed_announcement_changes_no_declaration_that_was_made() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = drafted(&app, &call, &ngo);
    let path = format!("/oferty/{}", offer.id);
    let own = call.content.terms.extra_declarations[0].clone();
    ngo.page(&format!("{path}/zlozenie"))
        .await
        .says("1) proponowane zadanie publiczne będzie realizowane wyłącznie w zakresie działalności pożytku publicznego oferenta")
        .says("3) oferent składający niniejszą ofertę … z opłacaniem należności z tytułu zobowiązań podatkowych")
        .says("5) dane zawarte w części II niniejszej oferty są zgodne z Krajowym Rejestrem Sądowym")
        .says(&format!("8) {own}"));
    post(&ngo, &format!("{path}/zlozenie"), answered(&app, &call, &offer.id), &[]).await.expect(303);
    app.new_mail();
    let files = ["oferta.pdf", "oferta.docx", "oferta.json", "potwierdzenie.pdf"];
    let mut before = Vec::new();
    for file in files {
        before.push(ngo.page(&format!("{path}/{file}")).await.body);
    }

    let changed = amended(&app, &call).await;
    assert_eq!(changed.content.terms.extra_declarations, [NEW]);
    assert_ne!(changed.content.elements.task, call.content.elements.task);
    let ngo = again_in(&app, 1);
    ngo.page(&format!("{path}/podglad"))
        .await
        .says(&format!("2. Rodzaj zadania publicznego¹⁾ {}", call.content.elements.task))
        .says(&own)
        .says_not("po zmianie ogłoszenia")
        .says_not(NEW);
    for (file, bytes) in files.iter().zip(before) {
        assert!(bytes == ngo.page(&format!("{path}/{file}")).await.body, "{file} is another one now");
    }
    let frozen = app.state.store.read(|r| store::version(r, &offer.id, 1)).unwrap().content;
    assert_eq!(frozen.declarations.organ, app.state.config.office.organ);
    assert_eq!(frozen.declarations.said[7], own);
    assert_eq!(frozen.declarations.said.len(), 7 + call.content.terms.extra_declarations.len());
    let json = ngo.get(&format!("{path}/oferta.json")).await.json();
    assert_eq!(json["declarations"]["said"][7], own.as_str(), "the texts are under the hash");
    assert_eq!(json["task_kind"], call.content.elements.task.as_str());
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap().1, Vec::<String>::new());
}

#[actix_web::test]
async fn nobody_declares_what_the_page_did_not_show() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = drafted(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let seen = answered(&app, &call, &offer.id);
    let none: Form = seen.iter().filter(|(name, _)| name != "terms").cloned().collect();
    post(&ngo, &path, none, &[]).await.expect(422).says("Reguła R-OFF-21");

    let changed = amended(&app, &call).await;
    let ngo = again_in(&app, 1);
    let page = post(&ngo, &path, seen, &[]).await;
    page.expect(422)
        .says("Urząd zmienił ogłoszenie po otwarciu tej strony.")
        .says("Przeczytaj oświadczenia jeszcze raz, zaznacz je i złóż ofertę.")
        .says(&format!("8) {NEW}"));
    let html = page.html();
    let ticked = |name: &str| {
        let at = html.find(&format!("name=\"{name}\"")).unwrap();
        html[at..at + html[at..].find('>').unwrap()].contains("checked")
    };
    assert!(ticked("all_true"), "what was typed and did not change stays");
    assert!(!ticked("extra.0"), "an answer is not carried over to other words");
    assert_eq!(page.value_of("terms"), changed.terms_hash);
    assert_eq!(find(&app, &offer.id).frozen_no, 0);
    post(&ngo, &path, answered(&app, &changed, &offer.id), &[]).await.expect(303);
    ngo.page(&format!("/oferty/{}/podglad", offer.id)).await.says(NEW).says("Reintegracja po zmianie ogłoszenia");
}

/// A colleague saved and the office changed the announcement: the page says the first, and carries no answer over to
/// what it shows now for the first time.
#[actix_web::test]
async fn no_answer_is_carried_over_when_the_offer_was_saved_as_well() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = drafted(&app, &call, &ngo);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let seen = answered(&app, &call, &offer.id);
    let changed = amended(&app, &call).await;
    let ngo = again_in(&app, 1);
    let (actor, now, mut content) = (app.actor(&ngo), app.state.clock.now(), offer.content.clone());
    content.other = "dopisek".into();
    app.state
        .store
        .write(|tx| konkurs::offer::save(tx, &actor, &offer.id, offer.version, content.clone(), now))
        .unwrap();
    let page = post(&ngo, &path, seen.clone(), &[]).await;
    page.expect(409).says(&format!("8) {NEW}"));
    let html = page.html();
    let ticked = |name: &str, value: &str| {
        let at = html.find(&format!("name=\"{name}\" value=\"{value}\"")).unwrap();
        html[at..at + html[at..].find('>').unwrap()].contains("checked")
    };
    assert!(ticked("all_true", "true"));
    assert!(!ticked("extra.0", "true"), "the ticks belong to other words");
    assert!(!ticked("tax_arrears", "no") && !ticked("social_arrears", "no"), "what arrears mean may have changed");
    assert_eq!(page.value_of("terms"), changed.terms_hash);
    // Sent again as it stands, it says what is not answered.
    let again = [("version", page.value_of("version").unwrap()), ("terms", page.value_of("terms").unwrap())];
    let unread = seen.into_iter().filter(|(name, _)| {
        !name.starts_with("extra.") && !name.ends_with("_arrears") && !["version", "terms"].contains(&name.as_str())
    });
    let unread: Form = unread.chain(again.map(|(name, value)| (name.to_owned(), value))).collect();
    post(&ngo, &path, unread, &[]).await.expect(422);
    assert_eq!(find(&app, &offer.id).frozen_no, 0);
}

/// A text of before the sentences were kept: it has the answers, and the hash of the announcement they were given to.
#[actix_web::test]
async fn an_old_frozen_text_is_read_with_the_announcement_of_its_time() {
    let app = TestApp::new().await;
    let first = office(&app).await;
    let call = announced(&app, &first).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let filed = sample::filed_offer(&app, &call, &ngo, 1);
    let mut old = app.state.store.read(|r| store::version(r, &filed.id, 1)).unwrap().content;
    old.declarations.said.clear();
    old.declarations.extra = vec![true; call.content.terms.extra_declarations.len()];
    (old.call_title, old.task_kind) = (String::new(), String::new());
    let now = app.state.clock.now();
    app.state
        .store
        .write(|tx| {
            let mut offer = store::find(tx, &filed.id)?;
            offer.frozen_no = 2;
            store::freeze(tx, &filed.id, 2, &old, "test", now)?;
            store::save(tx, &offer, now)
        })
        .unwrap();
    let text = app.state.store.read(|r| store::versions::text(r, &filed.id, 2)).unwrap().text;
    assert!(!text.contains("\"said\"") && !text.contains("task_kind") && !text.contains("organ\""), "{text}");

    amended(&app, &call).await;
    let ngo = again_in(&app, 1);
    let read = app.state.store.read(|r| store::version(r, &filed.id, 2)).unwrap().content;
    assert_eq!(
        read.declarations.said,
        wording::sentences(&old.declarations, true, &call.content.terms.extra_declarations)
    );
    let own = &call.content.terms.extra_declarations[0];
    ngo.page(&format!("/oferty/{}/podglad", filed.id)).await.says(own).says(&call.content.elements.task).says_not(NEW);
    let pdf = bare(&paper::pdf_text(&ngo.page(&format!("/oferty/{}/oferta.pdf", filed.id)).await.body));
    assert!(pdf.contains(&bare(own)) && !pdf.contains(&bare(NEW)));
    assert_eq!(app.state.store.read(program::verify_frozen).unwrap().1, Vec::<String>::new());
}
