//! Who may open what, and how many statements a page needs.

use konkurs::account::Role;

use super::ledger::{cast, costs, ledger};
use crate::support::sample;

#[actix_web::test]
async fn reports_of_others_do_not_exist() {
    let cast = cast().await;
    let id = cast.filled(4, &costs(), &ledger(&cast.contract, 9));
    let (hub, list) = (format!("/sprawozdania/{id}"), format!("/umowy/{}/sprawozdania", cast.contract.id));
    let foreign = cast.app.ngo("Fundacja Obca", &sample::nip(2)).await;
    let paths = ["", "/opis", "/koszty", "/godziny", "/godziny/szablon.xlsx", "/godziny/import", "/zlozenie"];
    for tail in paths {
        foreign.get(&format!("{hub}{tail}")).await.expect(404);
        cast.officer.get(&format!("{hub}{tail}")).await.expect(404);
        assert_eq!(cast.app.stranger().get(&format!("{hub}{tail}")).await.sign_in_page(), "/konto/logowanie");
        cast.ngo.page(&format!("{hub}{tail}")).await;
    }
    foreign.get(&list).await.expect(404);
    foreign.post(&list, &[("no", "1")]).await.expect(404);
    foreign.post(&format!("{hub}/zlozenie"), &[]).await.expect(404);
    foreign.get(&format!("/urzad/sprawozdania/{id}")).await.expect(404);
    cast.ngo.get(&format!("/urzad{list}")).await.expect(404);
    // A draft is the organisation's own.
    cast.officer.get(&format!("/urzad/sprawozdania/{id}")).await.expect(404);
    cast.officer.page(&format!("/urzad{list}")).await.says("do złożenia");

    cast.ngo.post(&format!("{hub}/zlozenie"), &[]).await.expect(303);
    cast.app.new_mail();
    let auditor = cast.app.staff("audyt@example.pl", &[Role::Auditor]).await;
    auditor.page(&format!("/urzad/sprawozdania/{id}")).await.says_not("Przejdź do przyjęcia");
    auditor.get(&format!("/urzad/sprawozdania/{id}/przyjecie")).await.expect(403);
    cast.finance
        .post(&format!("/urzad/sprawozdania/{id}/zwrot"), &[("version", "1"), ("reasons", "x")])
        .await
        .expect(403);
    cast.ngo.get("/sprawozdania/nic").await.expect(404);
}

#[actix_web::test]
async fn a_get_writes_nothing_and_needs_few_statements() {
    let cast = cast().await;
    let partial: Vec<_> = ledger(&cast.contract, 9).into_iter().filter(|l| l.group.starts_with("E1")).collect();
    cast.filed(1, &[super::ledger::spent("I.1.1", 30_000, 30_000)], &partial);
    let rest: Vec<_> = ledger(&cast.contract, 9).into_iter().filter(|l| !l.group.starts_with("E1")).collect();
    let id = cast.filed(4, &[super::ledger::spent("I.1.1", 44_250, 44_250)], &rest);
    cast.app.new_mail();
    let before = cast.app.deeds();
    let (hub, list) = (format!("/sprawozdania/{id}"), format!("/umowy/{}/sprawozdania", cast.contract.id));
    let own = [list.clone(), hub.clone(), format!("{hub}/opis"), format!("{hub}/koszty"), format!("{hub}/godziny")];
    for path in own {
        let (_, n) = cast.app.queries(cast.ngo.page(&path)).await;
        assert!(n <= 12, "{path}: {n} statements");
    }
    for path in [format!("/urzad{list}"), format!("/urzad{hub}"), format!("/urzad{hub}/przyjecie")] {
        let (_, n) = cast.app.queries(cast.officer.page(&path)).await;
        assert!(n <= 12, "{path}: {n} statements");
    }
    for path in ["/finanse".to_owned(), format!("/finanse/umowy/{}", cast.contract.id)] {
        let (_, n) = cast.app.queries(cast.finance.page(&path)).await;
        assert!(n <= 12, "{path}: {n} statements");
    }
    assert_eq!(cast.app.deeds(), before);
    assert!(cast.app.new_mail().is_empty());
}
