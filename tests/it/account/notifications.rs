//! Which letters a person may switch off, and which always come.

use konkurs::jobs;
use konkurs::mail::{self, MailChoice};
use konkurs::offer::{self, submit};

use crate::support::{TestApp, moment, sample};

fn kinds(app: &TestApp) -> Vec<String> {
    app.new_mail();
    let mut all: Vec<String> =
        app.state.store.read(|r| mail::recent(r, 50)).unwrap().into_iter().map(|l| l.kind).collect();
    all.reverse();
    all
}

#[actix_web::test]
async fn reminders_are_switched_off_and_on_again_and_receipts_always_come() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let (actor, org, now) = (app.actor(&ngo), sample::org_of(&app, &ngo), app.state.clock.now());
    let id = app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap();
    ngo.page("/konto").await.says("Które listy przychodzą na Twój adres");
    let page = ngo.page("/konto/powiadomienia").await;
    page.says("Przypomnienia o niezłożonej ofercie albo niezłożonych zmianach").says("Co przychodzi zawsze");
    assert_eq!(page.html().matches(" checked").count(), 3, "everything comes until somebody says otherwise");
    let before = kinds(&app).len();
    jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-08 00:00")).unwrap();
    assert_eq!(kinds(&app)[before..], ["offer_reminder"]);
    let letter = app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    assert!(letter.body.ends_with("otwórz „Moje konto”, „Powiadomienia”.\n"), "{}", letter.body);

    ngo.post("/konto/powiadomienia", &[("answers", "true"), ("joined", "true")]).await.expect(303);
    let page = ngo.page("/konto/powiadomienia").await;
    assert_eq!(page.html().matches(" checked").count(), 2);
    jobs::run_due(&app.state.store, &app.state.jobs, moment("2026-12-13 00:00")).unwrap();
    assert_eq!(kinds(&app).len(), before + 1, "switched off is off");
    let log = app.state.store.read(|r| konkurs::audit::page(r, None, 1)).unwrap().remove(0);
    assert_eq!(log.detail, "Wyłączone powiadomienia: Przypomnienia o niezłożonej ofercie albo niezłożonych zmianach.");

    let content = sample::offer_content(&call);
    let version = app.state.store.read(|r| offer::store::find(r, &id)).unwrap().version;
    app.state.store.write(|tx| offer::save(tx, &actor, &id, version, content, now)).unwrap();
    app.state.store.write(|tx| submit(tx, &actor, &id, sample::declarations(), now)).unwrap();
    assert_eq!(kinds(&app).last().map(String::as_str), Some("offer_receipt"), "a receipt always comes");
    let letter = app.state.store.read(|r| mail::recent(r, 1)).unwrap().remove(0);
    assert!(!letter.body.contains("Powiadomienia"), "{}", letter.body);

    let all = [("drafts", "true"), ("answers", "true"), ("joined", "true")];
    ngo.post("/konto/powiadomienia", &all).await.expect(303);
    assert_eq!(ngo.page("/konto/powiadomienia").await.html().matches(" checked").count(), 3);
}

#[actix_web::test]
async fn who_wants_no_news_is_not_among_the_counted() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let emails: Vec<String> = (1..=2).map(|n| format!("{}@example.pl", sample::nip(n))).collect();
    for n in 1..=2 {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        let (actor, org, now) = (app.actor(&ngo), sample::org_of(&app, &ngo), app.state.clock.now());
        app.state.store.write(|tx| offer::start(tx, &actor, &call.id, &org.id, now)).unwrap();
        if n == 2 {
            ngo.post("/konto/powiadomienia", &[("drafts", "true"), ("joined", "true")]).await.expect(303);
        }
    }
    let wanting = |choice| app.state.store.read(|r| mail::wanting(r, choice, emails.clone())).unwrap();
    assert_eq!(wanting(MailChoice::Answers), emails[..1]);
    assert_eq!(wanting(MailChoice::Drafts), emails);
}

#[test]
fn legal_notices_have_no_switch() {
    for kind in ["offer_receipt", "offer_reminder_confirmation", "call_amended", "call_cancelled", "award_result"] {
        assert_eq!(MailChoice::of(kind), None, "{kind}");
    }
    for kind in ["question_answered", "question_answer_corrected", "question_refused", "account_password"] {
        assert_eq!(MailChoice::of(kind), None, "{kind}");
    }
    assert!(MailChoice::ALL.into_iter().all(|c| MailChoice::parse(c.code()) == Some(c)));
}
