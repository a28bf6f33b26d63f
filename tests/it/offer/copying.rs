//! An untouched draft is filled from an earlier offer; what the new call says stays.

use konkurs::error::AppError;
use konkurs::law::Money;
use konkurs::offer::copy;

use super::classes::full_edition;
use super::{begin, draft_of, find, form, org_id, post};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn a_draft_begins_from_an_earlier_offer_of_the_same_organisation() {
    let app = TestApp::new().await;
    let (old_call, new_call) = (sample::pai_call(&app), sample::rsd_call(&app));
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&old_call);
    content.programme = full_edition("E1-G1", "09:00:00", "14:00:00");
    content.experience = "od 2008 r.".into();
    content.starts = Some(super::day("2026-12-01"));
    for line in &mut content.costs {
        line.years = vec![Money::zl(100), line.value().unwrap().saturating_sub_floor0(Money::zl(100))];
    }
    let old = draft_of(&app, &old_call, &ngo, content);
    let id = begin(&ngo, &new_call).await;
    let path = format!("/oferty/{id}");
    ngo.page(&path)
        .await
        .says("Zacznij od wcześniejszej oferty")
        .says("Warsztaty integracji społecznej (bez numeru, 23.11.2026)");
    let copied = post(&ngo, &format!("{path}/kopia"), form(&[("version", "0"), ("from", old.id.as_str())]), &[]).await;
    copied.expect(303);
    let new = find(&app, &id);
    assert_eq!(new.content.experience, "od 2008 r.");
    assert_eq!(new.content.starts, Some(super::day("2027-01-11")), "dates are those of the new call");
    assert_eq!(new.content.activities[0].name, "Warsztaty");
    assert_eq!(new.content.activities[0].from, None);
    assert!(new.content.programme.is_empty());
    assert_eq!(new.content.costs[0].years, [Money::zl(74_250)], "the columns follow the new dates");
    assert_eq!(new.grant, Money::zl(85_050));
    assert_eq!(find(&app, &old.id), old, "the earlier offer stays as it was");
    ngo.page(&path)
        .await
        .says("Skopiowano treść z wcześniejszej oferty „Warsztaty integracji społecznej” (bez numeru).")
        .says("Obejrzyj jeszcze raz")
        .says("Brakuje: planowany termin realizacji.")
        .says_not("Zacznij od wcześniejszej oferty");
    let again = post(&ngo, &format!("{path}/kopia"), form(&[("version", "1"), ("from", old.id.as_str())]), &[]).await;
    again.expect(422).says("W tej wersji roboczej coś już zapisano.");
    post(&ngo, &format!("{path}/kopia"), form(&[("version", "1")]), &[]).await.expect(422);
}

#[actix_web::test]
async fn nobody_copies_a_foreign_offer_and_of_two_copies_one_wins() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let foreign = super::draft(&app, &call, &other);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = begin(&ngo, &call).await;
    let path = format!("/oferty/{id}/kopia");
    post(&ngo, &path, form(&[("version", "0"), ("from", foreign.id.as_str())]), &[]).await.expect(404);
    post(&ngo, &path, form(&[("version", "0"), ("from", id.as_str())]), &[]).await.expect(404);

    let mine = draft_of(&app, &sample::rsd_call(&app), &ngo, sample::offer_content(&call));
    assert_eq!(mine.org, org_id(&app, &ngo));
    let (actor, now, store) = (app.actor(&ngo), app.state.clock.now(), app.state.store.clone());
    let won: usize = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let (store, actor, id, from) = (store.clone(), &actor, &id, &mine.id);
                threads.spawn(move || {
                    let done = store.write(|tx| copy(tx, actor, id, 0, from, now));
                    assert!(matches!(done, Ok(()) | Err(AppError::Stale)), "{done:?}");
                    usize::from(done.is_ok())
                })
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).sum()
    });
    assert_eq!((won, find(&app, &id).version), (1, 1));
}
