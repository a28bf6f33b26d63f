//! The verbs called directly: twice, at the same time, with an old version, in a wrong state.

use konkurs::contract::Contract;
use konkurs::error::AppError;
use konkurs::law::Money;
use konkurs::report::{self, Expected, HoursSource, ReportKind, ReportState, expected};

use super::ledger::{cast, class, costs, ledger, spent, time};
use crate::support::sample::day;

#[actix_web::test]
async fn a_contract_asks_for_a_report_after_each_edition_and_a_final_one() {
    let cast = cast().await;
    let plan: Vec<(i64, ReportKind, String, String)> = expected(&cast.contract)
        .into_iter()
        .map(|e| (e.no, e.kind, format!("{}..{}", e.from, e.to), e.due_on.to_string()))
        .collect();
    let partial = ReportKind::Partial;
    let of = |no, kind, period: &str, due: &str| (no, kind, period.to_owned(), due.to_owned());
    assert_eq!(
        plan,
        [
            of(1, partial, "2027-01-11..2027-03-10", "2027-04-09"),
            of(2, partial, "2027-07-12..2027-09-11", "2027-10-11"),
            of(3, partial, "2027-10-04..2027-12-03", "2028-01-03"),
            of(4, ReportKind::Final, "2027-01-11..2027-12-03", "2028-01-03"),
        ],
        "30 days end on Sunday 2.01.2028, so the term is Monday"
    );
}

/// The contract of the samples as a festival: local rules, no classes, one edition on these days.
fn festival(contract: &Contract, from: &str, to: &str) -> Contract {
    let mut changed = contract.clone();
    let c = &mut changed.content;
    c.rules.code = "KUL-1".into();
    c.terms.local.classes = false;
    c.editions.truncate(1);
    (c.editions[0].from, c.editions[0].to) = (day(from), day(to));
    (c.starts, c.ends) = (day(from), day(to));
    changed
}

fn plan(contract: &Contract) -> Vec<String> {
    let one = |e: Expected| format!("{} {} {}..{} do {}", e.no, e.name(), e.from, e.to, e.due_on);
    expected(contract).into_iter().map(one).collect()
}

#[actix_web::test]
async fn a_festival_has_one_report_and_one_more_for_each_year_that_ends_before_it() {
    let cast = cast().await;
    assert_eq!(
        plan(&festival(&cast.contract, "2027-05-01", "2027-09-30")),
        ["2 sprawozdanie końcowe 2027-05-01..2027-09-30 do 2027-11-02"]
    );
    assert_eq!(
        plan(&festival(&cast.contract, "2026-11-15", "2028-02-15")),
        [
            "1 sprawozdanie częściowe nr 1 2026-11-15..2026-12-31 do 2027-02-01",
            "2 sprawozdanie częściowe nr 2 2027-01-01..2027-12-31 do 2028-01-31",
            "3 sprawozdanie końcowe 2026-11-15..2028-02-15 do 2028-03-16",
        ],
        "§ 9 of the contract asks for each budget year; the final report covers the last"
    );
}

#[actix_web::test]
async fn a_report_begun_under_another_plan_stands_in_nobodys_way() {
    let cast = cast().await;
    let begin = |no: i64| {
        let (by, now) = (cast.app.actor(&cast.ngo), cast.app.state.clock.now());
        cast.app.state.store.write(|tx| report::start(tx, &by, &cast.contract.id, no, now))
    };
    let old = begin(1).unwrap();
    let changed = festival(&cast.contract, "2027-05-01", "2027-09-30");
    cast.app.state.store.write(|tx| konkurs::contract::store::save(tx, &changed)).unwrap();
    let list = format!("/umowy/{}/sprawozdania", cast.contract.id);
    cast.ngo
        .page(&list)
        .await
        .says("Następne: sprawozdanie końcowe.")
        .says("sprawozdanie częściowe nr 1 11.01.2027–10.03.2027 – rozpoczęte, niewymagane")
        .says("sprawozdanie końcowe 01.05.2027–30.09.2027 wtorek, 02.11.2027 po terminie nierozpoczęte");
    assert_eq!(begin(1).unwrap(), old);
    let last = begin(2).unwrap();
    assert_eq!((cast.find(&last).kind, cast.find(&last).no), (ReportKind::Final, 2));
    assert_eq!(begin(2).unwrap(), last);
    cast.ngo
        .page(&list)
        .await
        .says("sprawozdanie końcowe 01.05.2027–30.09.2027 wtorek, 02.11.2027 po terminie do złożenia");
    // A final report that had the number of the partial one is still the final one.
    let mut numbered = expected(&changed);
    let plan = numbered.remove(0);
    let mut first = cast.find(&last);
    first.no = 1;
    assert!(plan.is(&first) && plan.no == 2);
    cast.app.new_mail();
}

#[actix_web::test]
async fn filing_at_the_same_moment_makes_one_version_and_one_letter() {
    let cast = cast().await;
    let id = cast.filled(4, &costs(), &ledger(&cast.contract, 9));
    let (by, now, store) = (cast.app.actor(&cast.ngo), cast.app.state.clock.now(), cast.app.state.store.clone());
    let all: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..6).map(|_| scope.spawn(|| store.write(|tx| report::submit(tx, &by, &id, now)))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(all.iter().all(|done| matches!(done, Ok(()) | Err(AppError::Stale))), "{all:?}");
    assert_eq!(cast.find(&id).state, ReportState::Submitted);
    assert_eq!(cast.app.new_mail().len(), 1);
    let (frozen, _) = store.read(konkurs::app::verify_frozen).unwrap();
    assert_eq!(frozen, 4, "the terms, the offer, the contract and one version of the report");
}

#[actix_web::test]
async fn an_old_version_changes_nothing() {
    let cast = cast().await;
    let id = cast.filled(4, &costs(), &ledger(&cast.contract, 9));
    let (by, now, store) = (cast.app.actor(&cast.ngo), cast.app.state.clock.now(), &cast.app.state.store);
    let before = cast.find(&id);
    let done =
        store.write(|tx| report::put_hours(tx, &by, &id, before.version - 1, Vec::new(), HoursSource::Form, now));
    assert!(matches!(done, Err(AppError::Stale)), "{done:?}");
    let content = before.content.clone();
    let done = store.write(|tx| report::save(tx, &by, &id, before.version - 1, content, Vec::new(), now));
    assert!(matches!(done, Err(AppError::Stale)), "{done:?}");
    assert_eq!(cast.find(&id), before);
    assert_eq!(store.read(|r| report::store::hours_of_report(r, &id)).unwrap().len(), 270);
}

#[actix_web::test]
async fn a_filed_report_is_closed_and_what_the_office_wrote_is_not_the_organisations() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 9));
    let (by, now, store) = (cast.app.actor(&cast.ngo), cast.app.state.clock.now(), &cast.app.state.store);
    let filed = cast.find(&id);
    let refused = store.write(|tx| report::put_hours(tx, &by, &id, filed.version, Vec::new(), HoursSource::Form, now));
    assert!(
        matches!(&refused, Err(AppError::Forbidden(why)) if why.starts_with("Sprawozdanie jest już złożone")),
        "{refused:?}"
    );

    store.write(|tx| report::send_back(tx, &by, &id, filed.version, "Popraw opis.".into(), now)).unwrap();
    let mut mine = cast.find(&id).content;
    mine.sent_back.clear();
    mine.ineligible = Money::zl(5);
    mine.accepted_note = "sam sobie".into();
    store.write(|tx| report::save(tx, &by, &id, filed.version + 1, mine, Vec::new(), now)).unwrap();
    let kept = cast.find(&id).content;
    assert_eq!((kept.sent_back.len(), kept.ineligible, kept.accepted_note.as_str()), (1, Money::ZERO, ""));
    cast.app.new_mail();
}

#[actix_web::test]
async fn acceptance_asks_for_reasons_where_they_are_due() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 8));
    let (by, now, store) = (cast.app.actor(&cast.officer), cast.app.state.clock.now(), &cast.app.state.store);
    let seen = cast.find(&id).version;
    let accept = |note: &str, ineligible: i64, why: &str| {
        let done = store.write(|tx| {
            report::accept(tx, &by, &id, seen, note.to_owned(), Money::zl(ineligible), why.to_owned(), now)
        });
        done.map_err(|e| e.reason())
    };
    let said = accept("", 0, "").unwrap_err();
    assert!(said.starts_with("note: Są uwagi, które blokują przyjęcie bez uzasadnienia."), "{said}");
    let said = accept("Uzgodniono.", 100, " ").unwrap_err();
    assert_eq!(said, "why: Napisz, których kosztów urząd nie uznaje i dlaczego.");
    let said = accept("Uzgodniono.", 90_000, "x").unwrap_err();
    assert!(said.contains("Nie uznano 90\u{202f}000,00"), "{said}");
    accept("Nadwyżka ponad limit wraca do urzędu.", 100, "faktura nr 7 sprzed umowy").unwrap();
    let report = cast.find(&id);
    assert_eq!(report.state, ReportState::Accepted);
    assert_eq!(report.content.accepted_on, Some(day("2027-12-06")));
    assert!(accept("x", 0, "").unwrap_err().contains("już przyjęte"));
    cast.app.new_mail();
}

#[actix_web::test]
async fn lines_no_ledger_can_hold_are_refused() {
    let cast = cast().await;
    let id = cast.filled(4, &costs(), &[]);
    let (by, now, store) = (cast.app.actor(&cast.ngo), cast.app.state.clock.now(), &cast.app.state.store);
    let (mut strange, mut backwards) = (class("E9-G1", day("2027-01-11"), 10), class("E1-G1", day("2027-01-11"), 10));
    strange.place = "wiersz 1".into();
    (backwards.from, backwards.to) = (time(14, 0), time(9, 0));
    let seen = cast.find(&id).version;
    let lines = vec![strange, backwards];
    let refused = store.write(|tx| report::put_hours(tx, &by, &id, seen, lines, HoursSource::Form, now)).unwrap_err();
    let said = refused.reason();
    assert!(said.contains("Umowa nie ma grupy „E9-G1”.") && said.contains("Zajęcia od 14:00 do 09:00."), "{said}");
    let wrong = store.write(|tx| {
        let content = report::store::find(tx, &id)?.content;
        report::save(tx, &by, &id, seen, content, vec![spent("I.9.9", 1, 1)], now)
    });
    assert!(wrong.unwrap_err().reason().contains("Umowa nie ma pozycji I.9.9."));
}
