use konkurs::contract::{self, Flow};
use konkurs::error::AppError;

use super::Scene;
use crate::support::sample;

const ACCOUNT: &str = "61 1090 1014 0000 0712 1981 2874";

fn payment<'a>(no: &'a str, on: &'a str, version: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("tranche", no),
        ("paid_on", on),
        ("paid_to", ACCOUNT),
        ("reference", "FP/2026/17"),
        ("condition_met", "umowa podpisana 22.12.2026"),
        ("version", version),
    ]
}

#[actix_web::test]
async fn finance_pays_the_tranches_one_after_another() {
    let mut s = Scene::new().await;
    let id = s.signed().await;
    let url = format!("/finanse/umowy/{id}/wyplaty");
    s.officer.get(&url).await.expect(403);
    let version = s.contract(&id).version.to_string();
    s.finance
        .page(&url)
        .await
        .says("Wypłata transzy 1: 39 690,00 zł")
        .says("Rachunek z umowy 61 1090 1014 0000 0712 1981 2874");
    let second = s.finance.post(&url, &payment("2", "2026-12-22", &version)).await;
    second.expect(422).says("R-PAY-02").says("Transza 1 nie jest jeszcze wypłacona.");
    let before = s.finance.post(&url, &payment("1", "2026-12-21", &version)).await;
    before.expect(422).says("R-PAY-02").says("Wypłata po podpisaniu umowy (22.12.2026)");
    let mut other = payment("1", "2026-12-22", &version);
    other[2].1 = "27 1140 2004 0000 3002 0135 5387";
    s.finance.post(&url, &other).await.expect(422).says("R-PAY-03");
    let mut unmet = payment("1", "2026-12-22", &version);
    unmet[4].1 = "";
    let answer = s.finance.post(&url, &unmet).await;
    answer.expect(422).says("Nie potwierdzono warunku wypłaty.");
    assert_eq!(answer.value_of("reference").as_deref(), Some("FP/2026/17"));
    s.finance.post(&url, &payment("1", "2026-12-22", &version)).await.expect(303);
    s.finance
        .post(&url, &payment("1", "2026-12-22", &version))
        .await
        .expect(409)
        .says("Wypłatę tej transzy już zapisano.");
    s.finance
        .page(&url)
        .await
        .says("1 11.01.2027 39 690,00 zł podpisanie umowy przez obie strony wypłacona 22.12.2026, FP/2026/17")
        .says("Wypłata transzy 2: 17 010,00 zł")
        .says("do wypłaty: 45 360,00 zł");
    s.officer.page("/urzad/umowy").await.says("85 050,00 zł 39 690,00 zł 0,00 zł 45 360,00 zł");
}

#[actix_web::test]
async fn money_that_comes_back_is_recorded() {
    let mut s = Scene::new().await;
    let id = s.signed().await;
    let version = s.contract(&id).version.to_string();
    s.finance.post(&format!("/finanse/umowy/{id}/wyplaty"), &payment("1", "2026-12-22", &version)).await.expect(303);
    let url = format!("/finanse/umowy/{id}/zwroty");
    let version = s.contract(&id).version.to_string();
    let back = |amount: &'static str| {
        vec![
            ("return_amount", amount),
            ("return_on", "2026-12-22"),
            ("return_reference", "WB/3"),
            ("version", &version),
        ]
    };
    let too_much = s.finance.post(&url, &back("39 690,01")).await;
    too_much.expect(422).says("najwyżej 39 690,00 zł");
    assert_eq!(too_much.value_of("return_amount").as_deref(), Some("39 690,01"));
    s.finance.post(&url, &back("690")).await.expect(303);
    s.finance.post(&url, &back("690")).await.expect(409);
    s.finance.page(&format!("/urzad/umowy/{id}")).await.says("Zwroty Data Kwota Przelew 22.12.2026 690,00 zł WB/3");
    let flow = s.app.state.store.read(|r| contract::store::payments(r, &id)).map(|p| Flow::of(&p)).unwrap();
    assert_eq!((flow.paid.plain(), flow.returned.plain()), ("39690,00".into(), "690,00".into()));
}

#[actix_web::test]
async fn of_eight_payments_at_once_one_is_recorded() {
    let mut s = Scene::new().await;
    let id = s.signed().await;
    let by = s.app.actor(&s.finance);
    let (now, day) = (s.app.state.clock.now(), sample::day("2026-12-22"));
    let store = &s.app.state.store;
    let done: Vec<Result<(), AppError>> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|n| {
                let (by, id) = (&by, &id);
                let transfer = contract::Transfer {
                    tranche: 1,
                    amount: None,
                    paid_on: day,
                    reference: format!("P/{n}"),
                    condition_met: "podpisano".into(),
                };
                scope.spawn(move || store.write(|tx| konkurs::report::pay_tranche(tx, by, id, transfer.clone(), now)))
            })
            .collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|d| d.is_ok()).count(), 1, "{done:?}");
    assert!(done.iter().all(|d| matches!(d, Ok(()) | Err(AppError::Taken(_) | AppError::Stale))), "{done:?}");
    assert_eq!(store.read(|r| contract::store::payments(r, &id)).unwrap().len(), 1);
}
