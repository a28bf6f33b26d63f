//! The settlement: figures, returns by legal class, closing, the workbook.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use konkurs::contract::{ContractState, Payment, PaymentKind};
use konkurs::error::AppError;
use konkurs::law::CapScope;
use konkurs::law::Money;
use konkurs::report::{FeesTaken, Part, ReportKind};
use konkurs::settlement::{self, ReturnClass};
use konkurs::store::PaymentId;
use proptest::test_runner::{Config, TestRunner};

use crate::report::ledger::{Cast, cast, costs, ledger, spent};
use crate::support::sample::day;

fn figures(cast: &Cast) -> settlement::Figures {
    cast.app.state.store.read(|r| settlement::figures(r, &cast.contract)).unwrap()
}

fn give_back(cast: &Cast, zl: i64) {
    let payment = Payment {
        id: PaymentId::new(),
        kind: PaymentKind::Return,
        amount: Money::zl(zl),
        paid_on: day("2027-12-15"),
        reference: "WB 77".into(),
        recorded_by: "test".into(),
    };
    let now = cast.app.state.clock.now();
    let store = &cast.app.state.store;
    store.write(|tx| konkurs::contract::store::insert_payment(tx, &cast.contract.id, &payment, now)).unwrap();
}

#[actix_web::test]
async fn ninety_hours_a_group_return_nothing_and_the_settlement_closes() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 9));
    let f = figures(&cast);
    assert_eq!((f.paid, f.used, f.cap_performed), (Money::zl(85_050), Money::zl(85_050), Money::zl(94_500)));
    assert_eq!((f.minutes_performed, f.implied_rate), (81_000, Some(Money::zl(63))));
    assert_eq!((f.to_return, f.returns.len()), (Money::ZERO, 0));

    let url = format!("/finanse/umowy/{}", cast.contract.id);
    cast.finance
        .page(&url)
        .await
        .says("Limit za godziny przeprowadzone 94 500,00 zł")
        .says("Na godzinę wypada 63,00 zł")
        .says("Jeszcze nierozliczone 0,00 zł")
        .says("Do zwrotu: 0,00 zł")
        .says("Sprawozdanie końcowe nie jest przyjęte.")
        .says_not("Zamknij rozliczenie");
    let close = format!("{url}/rozliczenie");
    cast.finance.post(&close, &[]).await.expect(422).says("Czego brakuje do zamknięcia");
    cast.accepted(&id, "", 0);
    cast.officer.post(&close, &[]).await.expect(404);
    cast.finance
        .page(&url)
        .await
        .says("Teraz czekamy na: finanse urzędu")
        .says("Do zwrotu 0,00 zł")
        .says_not("Jeszcze nierozliczone")
        .says("Zamknij rozliczenie");
    cast.finance.post(&close, &[]).await.expect(303);
    cast.finance.post(&close, &[]).await.expect(303);
    cast.finance.page(&url).await.says("Rozliczenie zamknięto 06.12.2027, 09:00 (finanse@example.pl).");
    cast.finance.page("/finanse").await.says("U/1/2026 Stowarzyszenie Promyk 85 050,00 zł").says("rozliczona");
    let contract = cast.app.state.store.read(|r| konkurs::contract::store::find(r, &cast.contract.id)).unwrap();
    assert_eq!(contract.state, ContractState::Settled);
    cast.app.new_mail();
}

#[actix_web::test]
async fn eighty_hours_a_group_return_1050_taken_in_excess() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 8));
    cast.accepted(&id, "Nadwyżka ponad limit wraca do urzędu.", 0);
    let f = figures(&cast);
    assert_eq!((f.cap_performed, f.excess, f.to_return), (Money::zl(84_000), Money::zl(1_050), Money::zl(1_050)));
    let [line] = &f.returns[..] else { panic!("{:?}", f.returns) };
    assert_eq!(
        (line.class, line.due_on, line.interest_from),
        (ReturnClass::InExcess, day("2027-12-21"), day("2027-12-22"))
    );
    let url = format!("/finanse/umowy/{}", cast.contract.id);
    cast.finance
        .page(&url)
        .await
        .says("pobrana w nadmiernej wysokości § 10 umowy; odpowiednio art. 252 ust. 1 pkt 2 ufp 1 050,00 zł 21.12.2027 22.12.2027")
        .says("Teraz czekamy na: Stowarzyszenie Promyk Organizacja zwraca 1 050,00 zł.");
    cast.finance
        .post(&format!("{url}/rozliczenie"), &[])
        .await
        .expect(422)
        .says("Do zwrotu jest 1 050,00 zł, zwrócono 0,00 zł.");
    give_back(&cast, 1_050);
    cast.finance.post(&format!("{url}/rozliczenie"), &[]).await.expect(303);
    cast.app.new_mail();
}

#[actix_web::test]
async fn each_part_of_a_return_has_its_class_and_dates() {
    let cast = cast().await;
    let spending = [spent("I.1.1", 74_250, 74_250), spent("II.1", 4_800, 4_800)];
    let id = cast.filed(4, &spending, &ledger(&cast.contract, 7));
    cast.accepted(&id, "Uzgodniono z organizacją.", 2_000);
    let f = figures(&cast);
    // 7 × 10 h × 15 groups = 1 050 h, cap 73 500; used 79 050, of it 2 000 not recognised.
    assert_eq!((f.unused, f.ineligible, f.excess), (Money::zl(6_000), Money::zl(2_000), Money::zl(3_550)));
    assert_eq!(f.to_return, Money::zl(11_550));
    let lines: Vec<(ReturnClass, Money, String, String)> =
        f.returns.iter().map(|l| (l.class, l.amount, l.due_on.to_string(), l.interest_from.to_string())).collect();
    let of = |class, zl, due: &str, from: &str| (class, Money::zl(zl), due.to_owned(), from.to_owned());
    assert_eq!(
        lines,
        [
            of(ReturnClass::Unused, 6_000, "2027-12-18", "2027-12-19"),
            of(ReturnClass::ContraryToPurpose, 2_000, "2027-12-21", "2027-01-04"),
            of(ReturnClass::InExcess, 3_550, "2027-12-21", "2027-12-22"),
        ]
    );
    cast.app.new_mail();
}

#[actix_web::test]
async fn a_draft_does_not_count_and_closing_needs_a_contract_in_force() {
    let cast = cast().await;
    cast.filled(4, &costs(), &ledger(&cast.contract, 9));
    let f = figures(&cast);
    assert_eq!((f.used, f.minutes_performed, f.unused), (Money::ZERO, 0, Money::zl(85_050)));
    let (by, now) = (cast.app.actor(&cast.finance), cast.app.state.clock.now());
    let done = cast.app.state.store.write(|tx| settlement::close(tx, &by, &cast.contract.id, now));
    assert!(matches!(&done, Err(AppError::Refused(why)) if why.len() == 2), "{done:?}");
}

/// Until the final report is filed they may still be spent on the task.
#[actix_web::test]
async fn payments_of_recipients_come_back_once_the_final_report_left_them_unspent() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &[]);
    cast.app.new_mail();
    let mut content = cast.contract.content.clone();
    content.rules.code = "KUL-1".into();
    (content.terms.local.paid, content.sources.recipients) = (true, Money::zl(2_000));
    content.cap.scope = CapScope::TrainerLines;
    let part = |kind, total, spent_of_fees| {
        let mut report = cast.find(&id);
        report.kind = kind;
        report.content.fees =
            Some(FeesTaken { total: Money::zl(total), spent: Money::zl(spent_of_fees), ..FeesTaken::default() });
        Part { report, costs: vec![spent("II.1", 4_800, 4_800)], hours: Vec::new() }
    };
    let unspent = |parts: &[Part]| settlement::figures_of(&content, parts, &[]).unwrap();
    let first = part(ReportKind::Partial, 1_500, 1_000);
    assert_eq!(unspent(std::slice::from_ref(&first)).returns, []);
    let f = unspent(&[first.clone(), part(ReportKind::Final, 600, 1_000)]);
    assert_eq!((f.unspent_fees, f.to_return), (Money::zl(100), Money::zl(100)));
    let [line] = &f.returns[..] else { panic!("{:?}", f.returns) };
    assert_eq!(
        (line.class, line.due_on, line.interest_from),
        (ReturnClass::UnspentFees, day("2027-12-21"), day("2027-12-22"))
    );
    // It is the grant that comes back, so never more than was used of it.
    assert_eq!(unspent(&[first, part(ReportKind::Final, 90_000, 1_000)]).unspent_fees, Money::zl(9_600));
}

/// Whatever was paid, spent, recognised and done: no part of a return is negative, they add up, and no
/// złoty comes back twice.
#[actix_web::test]
async fn the_parts_of_a_return_add_up() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &[]);
    cast.app.new_mail();
    let (report, all) = (cast.find(&id), ledger(&cast.contract, 9));
    let fees = (proptest::bool::ANY, 0_i64..10_000_000, 0_i64..=100);
    let numbers = (0_i64..10_000_000, 0_i64..10_000_000, 0_i64..=100, 0_usize..=270, proptest::bool::ANY, fees);
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let checked = runner.run(&numbers, |(paid, used, share, classes, trainers, (charged, taken, spent_of_fees))| {
        let mut content = cast.contract.content.clone();
        content.cap.scope = if trainers { CapScope::TrainerLines } else { CapScope::WholeGrant };
        let grosze = Money::from_grosze;
        let item = |item: &str, grosze: i64| {
            let mut cost = spent(item, 0, 0);
            (cost.actual, cost.from_grant) = (Money::from_grosze(grosze), Money::from_grosze(grosze));
            cost
        };
        let mut report = report.clone();
        report.content.ineligible = grosze(used * share / 100);
        // Only a local programme charges recipients.
        content.rules.code = if charged { "KUL-1".into() } else { content.rules.code };
        content.terms.local.paid = charged;
        content.sources.recipients = Money::zl(1);
        let spent_of_fees = grosze(taken * spent_of_fees / 100);
        report.content.fees = Some(FeesTaken { total: grosze(taken), spent: spent_of_fees, ..FeesTaken::default() });
        let costs = vec![item("I.1.1", used / 3), item("II.1", used - used / 3)];
        let part = Part { report, costs, hours: all[..classes].to_vec() };
        let payment = Payment {
            id: PaymentId::new(),
            kind: PaymentKind::Tranche(1),
            amount: grosze(paid),
            paid_on: day("2027-01-04"),
            reference: String::new(),
            recorded_by: String::new(),
        };
        let f = settlement::figures_of(&content, &[part], &[payment]).unwrap();
        let lines = Money::sum(f.returns.iter().map(|l| l.amount)).unwrap();
        proptest::prop_assert_eq!(lines, f.to_return);
        proptest::prop_assert_eq!(Money::sum([f.unused, f.ineligible, f.excess, f.unspent_fees]).unwrap(), f.to_return);
        proptest::prop_assert!([f.unused, f.ineligible, f.excess, f.unspent_fees].iter().all(|m| *m >= Money::ZERO));
        proptest::prop_assert!(f.to_return <= grosze(paid.max(used)));
        proptest::prop_assert!(f.ineligible.checked_add(f.excess).unwrap() <= f.used);
        let left = f.used.saturating_sub_floor0(f.ineligible).saturating_sub_floor0(f.excess);
        let kept_fees = if charged { grosze(taken).saturating_sub_floor0(spent_of_fees) } else { Money::ZERO };
        proptest::prop_assert_eq!(f.unspent_fees, kept_fees.min(left));
        proptest::prop_assert_eq!(f.kept(), left.saturating_sub_floor0(f.unspent_fees));
        if !trainers {
            let kept = f.used.saturating_sub_floor0(f.ineligible).saturating_sub_floor0(f.excess);
            proptest::prop_assert!(kept <= f.cap_performed);
        }
        Ok(())
    });
    checked.unwrap();
}

#[actix_web::test]
async fn closing_at_the_same_moment_closes_once() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 9));
    cast.accepted(&id, "", 0);
    cast.app.new_mail();
    let (by, now, store) = (cast.app.actor(&cast.finance), cast.app.state.clock.now(), &cast.app.state.store);
    let contract = &cast.contract.id;
    let all: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| store.write(|tx| settlement::close(tx, &by, contract, now)))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let closed = store.read(|r| settlement::store::of_contract(r, contract)).unwrap().unwrap();
    for done in all {
        assert!(matches!(&done, Ok(id) if *id == closed.id) || matches!(done, Err(AppError::Stale)), "{done:?}");
    }
    assert_eq!(closed.figures.to_return, Money::ZERO);
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The value in the last row under a heading.
fn last(rows: &[Vec<Data>], heading: &str) -> Data {
    let column = rows[0].iter().position(|c| *c == Data::String(heading.into())).unwrap_or_else(|| panic!("{heading}"));
    rows.last().unwrap()[column].clone()
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(n) => *n,
        Data::Int(n) => f64::from(i32::try_from(*n).unwrap()),
        Data::DateTime(at) => at.as_f64(),
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn the_workbook_carries_the_same_figures() {
    let cast = cast().await;
    let id = cast.filed(4, &costs(), &ledger(&cast.contract, 9));
    cast.accepted(&id, "", 0);
    cast.app.new_mail();
    for path in [
        format!("/finanse/umowy/{}/rozliczenie.xlsx", cast.contract.id),
        format!("/finanse/konkursy/{}/rozliczenie.xlsx", cast.contract.call),
    ] {
        let answer = cast.finance.page(&path).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&answer.body[..])).unwrap();
        assert_eq!(
            book.sheet_names(),
            ["Umowa", "Grupy", "Godziny", "Koszty", "Dokumenty", "Transze", "Rozliczenie", "Zwroty", "Efekty"]
        );
        let hours = cells(&mut book, "Godziny");
        assert_eq!(hours.len(), 272, "headings, 270 classes, a total");
        assert_eq!(number(&last(&hours, "Godziny")) * 24.0, 1_350.0);
        let formulas = book.worksheet_formula("Godziny").unwrap();
        assert!(formulas.used_cells().any(|(_, _, f)| f == "SUM(G2:G271)"));
        let groups = cells(&mut book, "Grupy");
        assert_eq!(number(&last(&groups, "Limit – wykonanie")), 94_500.0);
        assert_eq!(number(&last(&groups, "Godziny – wykonanie")) * 24.0, 1_350.0);
        let settlement = cells(&mut book, "Rozliczenie");
        assert_eq!(number(&last(&settlement, "Do zwrotu")), 0.0);
        assert_eq!(number(&last(&settlement, "Limit za przeprowadzone godziny")), 94_500.0);
        assert_eq!(number(&settlement[1][6]), 63.0, "the cost of an hour");
        assert_eq!(number(&last(&cells(&mut book, "Koszty"), "Z dotacji")), 85_050.0);
        assert_eq!(number(&last(&cells(&mut book, "Transze"), "Wypłacono")), 85_050.0);
        assert_eq!(cells(&mut book, "Dokumenty").len(), 1, "headings only");
        assert_eq!(cells(&mut book, "Efekty").len(), 1 + 15 + 1);
    }
    cast.ngo.get(&format!("/finanse/umowy/{}/rozliczenie.xlsx", cast.contract.id)).await.expect(404);
    cast.ngo.get("/finanse").await.expect(403);
}
