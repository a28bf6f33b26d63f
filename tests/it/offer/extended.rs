//! The organisation that got a later deadline files by its own; everybody else by the one of all.

use std::sync::Barrier;

use chrono::Duration;
use konkurs::call::Call;
use konkurs::error::AppError;
use konkurs::jobs;
use konkurs::law::Instant;
use konkurs::offer::{Offer, OfferState, Receipt, confirm_due, start, store, submit, withdraw};
use konkurs::store::{OfferId, OrgId};

use super::{declarations, draft, find, form, post};
use crate::call::extending::extend;
use crate::support::paper::pdf_text;
use crate::support::{Answer, Client, TestApp, moment, sample};

/// The end of the deadline that Promyk gets, and when it is decided.
const UNTIL: &str = "2026-12-18 00:00";
const DECIDED: &str = "2026-12-15 09:00";

struct Scene {
    app: TestApp,
    call: Call,
    promyk: Offer,
    razem: Offer,
}

fn ngo(app: &TestApp, n: u32) -> Client {
    app.sign_in(&format!("{}@example.pl", sample::nip(n)))
}

/// Promyk and Razem have drafts; the deadline has passed.
async fn scene() -> Scene {
    let app = TestApp::new().await;
    crate::call::office(&app).await;
    let call = sample::pai_call(&app);
    let promyk = draft(&app, &call, &app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await);
    let razem = draft(&app, &call, &app.ngo("Fundacja Razem", &sample::nip(2)).await);
    app.new_mail();
    Scene { app, call, promyk, razem }
}

/// The same with the decision for Promyk made.
async fn extended() -> Scene {
    let s = scene().await;
    extend(&s.app, &s.call, &s.promyk.org, UNTIL, DECIDED).unwrap();
    s.app.new_mail();
    s
}

fn submit_at(app: &TestApp, who: &Client, id: &OfferId, at: Instant) -> Result<Receipt, AppError> {
    let actor = app.actor(who);
    app.state.store.write(|tx| submit(tx, &actor, id, sample::declarations(), at))
}

fn said(e: &AppError) -> String {
    match e {
        AppError::Refused(findings) => findings.iter().map(|f| format!("{}: {}", f.rule, f.limit)).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

async fn hand_in(app: &TestApp, who: &Client, id: &OfferId) -> Answer {
    let over = find(app, id).frozen_no.to_string();
    post(who, &format!("/oferty/{id}/zlozenie"), declarations(app, id), &[("replaces", &over)]).await
}

#[actix_web::test]
async fn exactly_that_organisation_files_to_the_microsecond() {
    let s = extended().await;
    let (end, own, gap) = (s.call.deadline_at.unwrap(), moment(UNTIL), Duration::microseconds(1));
    let (promyk, razem) = (ngo(&s.app, 1), ngo(&s.app, 2));
    for late in [end, end + gap, own - gap, own] {
        let refused = submit_at(&s.app, &razem, &s.razem.id, late).unwrap_err();
        let known = "R-OFF-TERM: Termin składania ofert minął: oferty przyjmowano do końca dnia 14.12.2026.";
        assert_eq!(said(&refused), known);
    }
    for late in [own, own + gap] {
        let refused = submit_at(&s.app, &promyk, &s.promyk.id, late).unwrap_err();
        let known =
            "R-OFF-TERM: Termin wyznaczony tej organizacji minął: jej ofertę przyjmowano do końca dnia 17.12.2026.";
        assert_eq!(said(&refused), known);
    }
    let receipt = submit_at(&s.app, &promyk, &s.promyk.id, own - gap).unwrap();
    assert_eq!((receipt.number.as_str(), receipt.arrived), ("LOK/1/2026/O-1", own - gap));
    assert_eq!(submit_at(&s.app, &razem, &s.razem.id, end - gap).unwrap().number, "LOK/1/2026/O-2");
}

#[actix_web::test]
async fn through_its_pages_it_starts_files_changes_and_withdraws() {
    let s = extended().await;
    s.app.at("2026-12-16 10:00");
    let (promyk, razem) = (ngo(&s.app, 1), ngo(&s.app, 2));
    let path = format!("/oferty/{}", s.promyk.id);
    let own = "czwartek, 17.12.2026, do końca dnia (23:59), decyzją z 15.12.2026";
    promyk
        .page(&path)
        .await
        .says(&format!("Termin wyznaczony Twojej organizacji: {own}."))
        .says("za 1 dzień i 14 godzin");
    promyk.page(&format!("{path}/zlozenie")).await.says(own).says("Złóż ofertę");
    promyk.page("/oferty").await.says("17.12.2026, do końca dnia (23:59)");
    razem.page("/oferty").await.says("14.12.2026, do końca dnia (23:59)").says_not("17.12.2026");
    hand_in(&s.app, &razem, &s.razem.id).await.expect(422).says("oferty przyjmowano do końca dnia 14.12.2026");
    hand_in(&s.app, &promyk, &s.promyk.id).await.expect(303);
    let receipt = promyk.page(&format!("{path}/potwierdzenie")).await;
    receipt.says(&format!("Termin wyznaczony tej organizacji {own}")).says("Wycofaj ofertę");
    let paper = pdf_text(&promyk.page(&format!("{path}/potwierdzenie.pdf")).await.body);
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(paper.contains(&format!("Termin wyznaczony tej organizacji {own}")), "{paper}");

    let version = find(&s.app, &s.promyk.id).version.to_string();
    let fields = form(&[("version", &version), ("unpaid", "true"), ("other", "nowa sala")]);
    post(&promyk, &format!("{path}/inne"), fields, &[]).await.expect(303);
    hand_in(&s.app, &promyk, &s.promyk.id).await.expect(303);
    assert_eq!(find(&s.app, &s.promyk.id).frozen_no, 2);
    let version = find(&s.app, &s.promyk.id).version.to_string();
    promyk.post(&format!("{path}/wycofanie"), &[("version", &version)]).await.expect(303);
    assert_eq!(find(&s.app, &s.promyk.id).state, OfferState::Withdrawn);
    promyk.post(&format!("/konkursy/{}/oferty", s.call.id), &[]).await.expect(303);

    let version = find(&s.app, &s.razem.id).version.to_string();
    razem.post(&format!("/oferty/{}/wycofanie", s.razem.id), &[("version", &version)]).await.expect(303);
    let again = razem.post(&format!("/konkursy/{}/oferty", s.call.id), &[]).await;
    again.expect(422).says("R-OFF-TERM").says("oferty przyjmowano do końca dnia 14.12.2026");
}

#[actix_web::test]
async fn autosave_and_files_of_a_submitted_offer_go_by_its_own_deadline() {
    let s = extended().await;
    for (n, offer) in [(1, &s.promyk), (2, &s.razem)] {
        hand_in(&s.app, &ngo(&s.app, n), &offer.id).await.expect(303);
    }
    s.app.new_mail();
    for (wall, status) in [("2026-12-17 23:59:59.999999", (200, 303)), (UNTIL, (403, 403))] {
        s.app.at(wall);
        let promyk = ngo(&s.app, 1);
        assert_eq!(tried(&promyk, &s.promyk, wall).await, status, "{wall}");
        assert_eq!(tried(&ngo(&s.app, 2), &s.razem, wall).await, (403, 403), "{wall}");
    }
    let draft = find(&s.app, &s.promyk.id);
    assert_eq!(draft.working().other, "sala 2026-12-17 23:59:59.999999");
    assert_eq!(s.app.state.store.read(|r| store::attachments(r, &s.promyk.id)).unwrap().len(), 1);
    assert_eq!(find(&s.app, &s.razem.id).draft, None);
}

/// The answers to an autosave and to a file.
async fn tried(who: &Client, offer: &Offer, wall: &str) -> (u16, u16) {
    let page = who.get(&format!("/oferty/{}/inne", offer.id)).await;
    let mut fields = if page.status == 200 { super::merge::inputs(&page) } else { form(&[("version", "9")]) };
    fields.retain(|(name, _)| name != "other");
    fields.push(("other".into(), format!("sala {wall}")));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let saved = who.script(&format!("/oferty/{}/inne/autozapis", offer.id), &fields).await.status;
    let path = format!("/oferty/{}/zalaczniki/inne", offer.id);
    let file = who.upload(&path, &[], "file", "nowy.pdf", b"%PDF-1.7 nowy").await.status;
    (saved, file)
}

#[actix_web::test]
async fn its_pages_cost_no_more_statements() {
    let s = scene().await;
    hand_in(&s.app, &ngo(&s.app, 1), &s.promyk.id).await.expect(303);
    let promyk = ngo(&s.app, 1);
    let (before, plain) = s.app.queries(tried(&promyk, &s.promyk, "raz")).await;
    extend(&s.app, &s.call, &s.promyk.org, UNTIL, "2026-11-23 12:01").unwrap();
    let path = format!("/oferty/{}/inne", s.promyk.id);
    let (_, page) = s.app.queries(promyk.get(&path)).await;
    s.app.at(DECIDED);
    let promyk = ngo(&s.app, 1);
    let (_, later) = s.app.queries(promyk.get(&path)).await;
    assert_eq!((before, page), ((200, 303), later));
    assert!(plain > 0 && page <= 12, "{page}");
}

#[actix_web::test]
async fn a_joint_offer_goes_by_the_deadline_of_its_lead() {
    let s = super::joint::scene().await;
    crate::call::office(&s.app).await;
    let call = s.app.state.store.read(|r| konkurs::call::store::find(r, &find(&s.app, &s.id).call)).unwrap();
    let (lead, partner): (OrgId, OrgId) = (super::org_id(&s.app, &s.lead), super::org_id(&s.app, &s.partner));
    s.join().await;
    s.divide().await;
    extend(&s.app, &call, &partner, "2026-12-20 00:00", "2026-11-24").unwrap();
    s.app.at("2026-12-15 09:00");
    let late = super::joint::Scene { lead: ngo(&s.app, 1), partner: ngo(&s.app, 2), ..s };
    late.partner.page(&late.path("")).await.says("Wypełnij swoją część").says_not("Sprawdź i potwierdź ofertę");
    late.confirm().await.expect(422).says("oferty przyjmowano do końca dnia 14.12.2026");
    extend(&late.app, &call, &lead, UNTIL, DECIDED).unwrap();
    let said = "Termin wyznaczony organizacji Stowarzyszenie Promyk, która prowadzi ofertę: czwartek, 17.12.2026";
    late.partner.page(&late.path("")).await.says(said).says("Sprawdź i potwierdź ofertę");
    late.confirm().await.expect(303);
    late.submit().await.expect(303);
    assert_eq!(find(&late.app, &late.id).state, OfferState::Submitted);
}

#[actix_web::test]
async fn reminders_and_the_confirmation_follow_it() {
    let s = scene().await;
    let run = |wall: &str| {
        jobs::run_due(&s.app.state.store, &s.app.state.jobs, moment(wall)).unwrap();
        s.app.new_mail()
    };
    assert_eq!(run("2026-12-15 00:00"), [], "too late for a letter");
    extend(&s.app, &s.call, &s.promyk.org, "2026-12-22 00:00", DECIDED).unwrap();
    s.app.new_mail();
    assert_eq!(run("2026-12-15 09:01"), [], "all is planned anew");
    let to = format!("{}@example.pl", sample::nip(1));
    let said = |left: &str| (to.clone(), format!("Oferta nie jest złożona: termin {left} (LOK/1/2026)"));
    assert_eq!(run("2026-12-20 00:00"), [said("za 2 dni")]);
    assert_eq!(run("2026-12-21 20:00"), [said("za 4 godziny")]);
    assert_eq!(run("2026-12-22 00:00"), []);

    let mut call = crate::call::find(&s.app, &s.call.id);
    call.content.confirmation = Some(konkurs::call::Confirmation { days: 3 });
    let due = |offer: &Offer| confirm_due(&call, &offer.org);
    assert_eq!(due(&s.razem), Some(moment("2026-12-18 00:00")));
    assert_eq!(due(&s.promyk), Some(moment("2026-12-29 00:00")), "three working days after the 21st");
}

#[actix_web::test]
async fn meanwhile_nobody_reads_from_a_number_whether_it_filed() {
    let s = scene().await;
    s.app.at("2026-12-14 10:00");
    hand_in(&s.app, &ngo(&s.app, 2), &s.razem.id).await.expect(303);
    extend(&s.app, &s.call, &s.promyk.org, UNTIL, DECIDED).unwrap();
    let base = format!("/urzad/konkursy/{}", s.call.id);
    let numbers = async |at: &str| {
        s.app.at(at);
        let (officer, organ) = (s.app.sign_in("urzednik@example.pl"), s.app.sign_in("organ@example.pl"));
        let list = officer.page(&format!("{base}/oferty")).await.between("Dopóki", "Oferty można");
        let cancel = organ.page(&format!("{base}/uniewaznienie")).await.between("Oferty złożone:", "Dlaczego");
        (list, cancel)
    };
    let before = numbers("2026-12-15 10:00").await;
    hand_in(&s.app, &ngo(&s.app, 1), &s.promyk.id).await.expect(303);
    assert_eq!(numbers("2026-12-16 10:00").await, before);
    s.app
        .sign_in("urzednik@example.pl")
        .page(&format!("{base}/oferty"))
        .await
        .says("Liczby ofert jeszcze się nie ujawnia")
        .says("liczba ofert zdradziłaby, czy to zrobiła")
        .says_not("Złożono:");
    ngo(&s.app, 2)
        .page(&format!("/oferty/{}", s.razem.id))
        .await
        .says("Teraz czekamy na: urząd Oferta jest złożona. Urząd otworzy wszystkie oferty po ostatnim terminie")
        .says_not("Trwa ocena ofert");
    let receipt = ngo(&s.app, 2).page(&format!("/oferty/{}/potwierdzenie", s.razem.id)).await;
    receipt.says_not("Termin wyznaczony tej organizacji");
    s.app.at(UNTIL);
    s.app.sign_in("urzednik@example.pl").page(&format!("{base}/oferty")).await.says("Złożono: 2 oferty");
}

#[actix_web::test]
async fn lateness_is_judged_by_its_own_deadline() {
    let s = scene().await;
    s.app.at("2026-12-15 00:00:05");
    hand_in(&s.app, &ngo(&s.app, 1), &s.promyk.id).await.expect(422);
    extend(&s.app, &s.call, &s.promyk.org, UNTIL, DECIDED).unwrap();
    s.app.at("2026-12-17 10:00");
    hand_in(&s.app, &ngo(&s.app, 1), &s.promyk.id).await.expect(303);
    s.app.at(UNTIL);
    let officer = s.app.sign_in("urzednik@example.pl");
    officer.post(&format!("/urzad/konkursy/{}/otwarcie", s.call.id), &[]).await.expect(303);
    let card = officer.page(&format!("/urzad/oferty/{}/ocena-formalna", s.promyk.id)).await;
    card.says(
        "Z systemu: złożono 17.12.2026, 10:00:00; oferty przyjmowano do końca dnia 14.12.2026, a od tej organizacji, \
         decyzją organu z 15.12.2026, 09:00, do końca dnia 17.12.2026.",
    );
    assert!(card.html().contains("id=\"answer.deadline\" name=\"answer.deadline\" value=\"yes\" checked"));
    let tries = officer.page(&format!("/urzad/konkursy/{}/proby", s.call.id)).await;
    tries.says("przyjęto").says("odmowa, po terminie"); // late when it came; the decision was made of it
}

#[actix_web::test]
async fn decisions_and_submissions_at_one_instant_leave_one_truth() {
    let s = scene().await;
    let (organ, at) = (s.app.actor(&s.app.sign_in("organ@example.pl")), moment(DECIDED));
    let (store, gate) = (&s.app.state.store, Barrier::new(4));
    let decide = |until: &str| {
        let org = s.promyk.org.clone();
        let asked = konkurs::call::Extending { org, until: moment(until), why: crate::call::extending::WHY.into() };
        gate.wait();
        store.write(|tx| konkurs::call::extend(tx, &organ, &s.call.id, 0, asked.clone(), at))
    };
    let decide = &decide;
    let untils = ["2026-12-17", "2026-12-18", "2026-12-19", "2026-12-20"];
    let done: Vec<bool> = std::thread::scope(|threads| {
        let all: Vec<_> = untils.iter().map(|until| threads.spawn(move || decide(until).is_ok())).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|ok| **ok).count(), 1, "{done:?}");
    assert_eq!(crate::call::find(&s.app, &s.call.id).extensions.len(), 1);
    assert_eq!(s.app.new_mail().len(), 1);
    let (razem, org) = (s.app.actor(&ngo(&s.app, 2)), s.razem.org.clone());
    let version = s.razem.version;
    store.write(|tx| withdraw(tx, &razem, &s.razem.id, version, at)).unwrap();
    let refused = store.write(|tx| start(tx, &razem, &s.call.id, &org, at)).unwrap_err();
    assert!(said(&refused).starts_with("R-OFF-TERM"), "{refused:?}");
}
