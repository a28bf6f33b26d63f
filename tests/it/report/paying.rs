//! A tranche is paid as far as the cap over hours done and hours still to come goes (R-CAP-05).

use konkurs::contract::{self, Flow};
use konkurs::law::Money;

use super::ledger::{Cast, cast_unpaid, ledger, spent};
use crate::support::Answer;

async fn pay(cast: &Cast, no: u32, amount: &str) -> Answer {
    let no = no.to_string();
    let fields = [
        ("tranche", no.as_str()),
        ("amount", amount),
        ("paid_on", "2027-12-06"),
        ("paid_to", "61 1090 1014 0000 0712 1981 2874"),
        ("reference", "FP/2027/1"),
        ("condition_met", "sprawdzono z aktami umowy"),
    ];
    cast.finance.post(&format!("/finanse/umowy/{}/wyplaty", cast.contract.id), &fields).await
}

#[actix_web::test]
async fn hours_that_were_not_held_leave_less_to_pay() {
    let cast = cast_unpaid().await;
    let paid = || {
        let payments = cast.app.state.store.read(|r| contract::store::payments(r, &cast.contract.id)).unwrap();
        Flow::of(&payments).paid
    };
    pay(&cast, 1, "39 690,01")
        .await
        .expect(422)
        .says("Wpisano 39 690,01 zł. Wypłata wynosi więcej niż zero i najwyżej 39 690,00 zł.");
    pay(&cast, 1, "0").await.expect(422).says("Wypłata wynosi więcej niż zero");
    pay(&cast, 1, "").await.expect(303);

    // Seven groups of the first edition met for 60 hours instead of 90; the other eight are still to have 90 each.
    let first: Vec<_> = ledger(&cast.contract, 6).into_iter().filter(|l| l.group.starts_with("E1")).collect();
    cast.filed(1, &[spent("I.1.1", 29_000, 29_000)], &first);
    pay(&cast, 2, "").await.expect(303);
    assert_eq!(paid(), Money::zl(56_700));
    let refused = pay(&cast, 3, "").await;
    refused
        .expect(422)
        .says("R-CAP-05")
        .says("transza 3")
        .says("Wypłacono 56 700,00 zł, teraz ma być wypłacone 28 350,00 zł.")
        .says("Limit za godziny przeprowadzone: 29 400,00 zł, za godziny jeszcze zaplanowane: 50 400,00 zł.")
        .says("Wypłać o 5 250,00 zł mniej: najwyżej 23 100,00 zł.");
    assert_eq!(refused.value_of("reference").as_deref(), Some("FP/2027/1"));
    pay(&cast, 3, "23 100,01").await.expect(422).says("Wypłać o 0,01 zł mniej: najwyżej 23 100,00 zł.");
    assert_eq!(paid(), Money::zl(56_700), "nothing was recorded");
    pay(&cast, 3, "23 100,00").await.expect(303);
    assert_eq!(paid(), Money::zl(79_800));
    cast.finance
        .page(&format!("/finanse/umowy/{}/wyplaty", cast.contract.id))
        .await
        .says("23 100,00 zł, 06.12.2027, FP/2027/1")
        .says_not("Wypłata transzy");
    cast.app.new_mail();
}
