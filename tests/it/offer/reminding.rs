//! Letters before the deadline to who has something that is not submitted.

use konkurs::call;
use konkurs::jobs::{self, Ran};
use konkurs::offer::{save, submit};

use super::{draft, find};
use crate::support::{TestApp, moment, sample};

fn run(app: &TestApp, wall: &str) -> Vec<(String, String)> {
    jobs::run_due(&app.state.store, &app.state.jobs, moment(wall)).unwrap();
    app.new_mail()
}

fn letters(app: &TestApp, wall: &str) -> Vec<String> {
    run(app, wall).into_iter().map(|(_, subject)| subject).collect()
}

fn draft_letter(left: &str) -> String {
    format!("Oferta nie jest złożona: termin {left} (LOK/1/2026)")
}

#[actix_web::test]
async fn a_draft_is_reminded_of_three_times_and_never_again() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    draft(&app, &call, &ngo);
    assert_eq!(letters(&app, "2026-12-07 23:59:59"), Vec::<String>::new());
    let first = run(&app, "2026-12-08 00:00:00");
    assert_eq!(first, [(format!("{}@example.pl", sample::nip(1)), draft_letter("za 7 dni"))]);
    assert_eq!(letters(&app, "2026-12-08 00:00:05"), Vec::<String>::new(), "once");
    assert_eq!(letters(&app, "2026-12-13 00:00:00"), [draft_letter("za 2 dni")]);
    assert_eq!(letters(&app, "2026-12-14 20:00:00"), [draft_letter("za 4 godziny")]);
    assert_eq!(letters(&app, "2026-12-15 00:00:00"), Vec::<String>::new());
    let after = jobs::run_due(&app.state.store, &app.state.jobs, moment("2027-06-01")).unwrap();
    assert_eq!(after, Ran::default(), "nothing is left to do");
}

#[actix_web::test]
async fn who_submitted_or_withdrew_meanwhile_gets_none_and_who_changed_the_offer_gets_another_one() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let (mut offers, now) = (Vec::new(), app.state.clock.now());
    for n in 1..=3 {
        let ngo = app.ngo(&format!("Organizacja {n}"), &sample::nip(n)).await;
        let actor = app.actor(&ngo);
        offers.push((actor, draft(&app, &call, &ngo).id));
    }
    for (actor, id) in &offers[..2] {
        app.state.store.write(|tx| submit(tx, actor, id, sample::declarations(), now)).unwrap();
    }
    let (actor, id) = &offers[2];
    let version = find(&app, id).version;
    app.state.store.write(|tx| konkurs::offer::withdraw(tx, actor, id, version, now)).unwrap();
    app.new_mail();
    assert_eq!(letters(&app, "2026-12-08 00:00:00"), Vec::<String>::new());
    let (actor, id) = &offers[1];
    let (version, mut content) = (find(&app, id).version, find(&app, id).content);
    content.other = "nowa sala".into();
    let later = moment("2026-12-10 12:00");
    app.state.store.write(|tx| save(tx, actor, id, version, content, later)).unwrap();
    let changed = "Zmiany oferty LOK/1/2026/O-2 nie są złożone: termin za 2 dni";
    assert_eq!(run(&app, "2026-12-13 00:00:00"), [(format!("{}@example.pl", sample::nip(2)), changed.to_owned())]);
}

#[actix_web::test]
async fn a_moved_deadline_moves_them() {
    let app = TestApp::new().await;
    let mut call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    draft(&app, &call, &ngo);
    assert_eq!(letters(&app, "2026-12-08 00:00:00"), [draft_letter("za 7 dni")]);
    // Prolonged on the 9th, until the end of 21 December.
    call.deadline_at = Some(moment("2026-12-22 00:00"));
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    assert_eq!(letters(&app, "2026-12-13 00:00:00"), Vec::<String>::new(), "the old one only plans anew");
    assert_eq!(letters(&app, "2026-12-15 00:00:00"), [draft_letter("za 7 dni")]);
    assert_eq!(letters(&app, "2026-12-20 00:00:00"), [draft_letter("za 2 dni")]);
    // Prolonged again in the last hour, when all letters of this deadline were sent.
    assert_eq!(letters(&app, "2026-12-21 20:00:00"), [draft_letter("za 4 godziny")]);
    let mut call = app.state.store.read(|r| call::store::find(r, &call.id)).unwrap();
    call.deadline_at = Some(moment("2026-12-29 00:00"));
    app.state.store.write(|tx| call::store::save(tx, &call)).unwrap();
    assert_eq!(letters(&app, "2026-12-22 00:00:00"), Vec::<String>::new());
    assert_eq!(letters(&app, "2026-12-27 00:00:00"), [draft_letter("za 2 dni")]);
}

#[actix_web::test]
async fn after_a_standstill_one_letter_is_enough_and_a_late_start_gets_what_is_left() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    draft(&app, &call, &ngo);
    assert_eq!(letters(&app, "2026-12-14 21:30:00"), [draft_letter("za 2 godziny i 30 minut")]);
    app.at("2026-12-14 12:00");
    let late = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    draft(&app, &call, &late);
    assert_eq!(
        run(&app, "2026-12-14 22:00:00"),
        [(format!("{}@example.pl", sample::nip(2)), draft_letter("za 2 godziny"))]
    );
}
