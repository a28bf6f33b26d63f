use konkurs::account::Role;

use super::Scene;
use crate::support::sample;

#[actix_web::test]
async fn a_contract_is_not_there_for_strangers() {
    let s = Scene::new().await;
    let id = s.generated().await;
    let foreign = s.app.ngo("Inna Fundacja", &sample::nip(2)).await;
    for path in [format!("/umowy/{id}"), format!("/umowy/{id}/umowa.pdf"), format!("/urzad/umowy/{id}")] {
        foreign.get(&path).await.expect(404);
        assert_eq!(s.app.stranger().get(&path).await.status, 303, "{path}");
    }
    for path in ["edycja", "generowanie", "podpisanie"] {
        foreign.post(&format!("/urzad/umowy/{id}/{path}"), &[("version", "0")]).await.expect(404);
        s.ngo.post(&format!("/urzad/umowy/{id}/{path}"), &[("version", "0")]).await.expect(404);
        s.finance.post(&format!("/urzad/umowy/{id}/{path}"), &[("version", "0")]).await.expect(403);
    }
    foreign.page("/umowy").await.says("Nie masz jeszcze umów");
    foreign.get("/urzad/umowy").await.expect(403);
    foreign.get(&format!("/urzad/konkursy/{}/umowy", s.call)).await.expect(404);
    s.ngo.post(&format!("/finanse/umowy/{id}/wyplaty"), &[]).await.expect(404);
    let auditor = s.app.staff("auditor@example.pl", &[Role::Auditor]).await;
    auditor.page(&format!("/urzad/umowy/{id}")).await.says_not("Edytuj umowę");
    auditor.get(&format!("/urzad/umowy/{id}/edycja")).await.expect(403);
    s.app.new_mail();
}

#[actix_web::test]
async fn pages_need_few_statements_and_write_nothing() {
    let mut s = Scene::new().await;
    let id = s.signed().await;
    s.app.new_mail();
    let deeds = s.app.deeds();
    let call = format!("/urzad/konkursy/{}/umowy", s.call);
    let office = [call, "/urzad/umowy".into(), format!("/urzad/umowy/{id}")];
    for path in office {
        let (page, queries) = s.app.queries(s.officer.get(&path)).await;
        page.expect(200);
        assert!(queries <= 12, "{path}: {queries}");
    }
    for path in ["/umowy".to_owned(), format!("/umowy/{id}"), format!("/umowy/{id}/umowa.pdf")] {
        let (page, queries) = s.app.queries(s.ngo.get(&path)).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(queries <= 12, "{path}: {queries}");
    }
    let (page, queries) = s.app.queries(s.finance.get(&format!("/finanse/umowy/{id}/wyplaty"))).await;
    page.expect(200);
    assert!(queries <= 12, "{queries}");
    assert_eq!(s.app.deeds(), deeds);
    assert!(s.app.new_mail().is_empty());
}

#[actix_web::test]
async fn an_open_contract_needs_few_statements_too() {
    let s = Scene::new().await;
    let id = s.drawn_up().await;
    for path in ["", "/edycja", "/generowanie"] {
        let (page, queries) = s.app.queries(s.officer.get(&format!("/urzad/umowy/{id}{path}"))).await;
        page.expect(200);
        assert!(queries <= 12, "{path}: {queries}");
    }
}
