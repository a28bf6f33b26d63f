//! Attachments that contests usually ask for.

use konkurs::call::{self, store};

use super::{complete, find, office};
use crate::support::{TestApp, sample};

/// Attachments that are usual are proposed unticked; what is ticked becomes a row that the office may change.
#[actix_web::test]
async fn usual_attachments_are_ticked_into_the_list() {
    let app = TestApp::new().await;
    let office = office(&app).await;
    let draft = complete(&app, &office);
    let path = format!("/urzad/konkursy/{}/zalaczniki", draft.id);
    let officer = &office.officer;
    let page = officer.page(&path).await;
    page.says("Załączniki, o które urzędy zwykle proszą")
        .says("Sprawozdanie merytoryczne i finansowe za ostatni rok")
        .says("Odpisu z KRS się nie żąda: wystarcza wydruk, a urząd sprawdza rejestr sam.")
        .says("Dokument o prowadzeniu CIS albo KIS lub o statusie podmiotu ekonomii społecznej Wymagany od każdego.");
    assert!(!page.html().contains("name=\"usual.standing\" value=\"true\" checked"));
    let keys = |app: &TestApp| -> Vec<String> {
        app.state
            .store
            .read(|r| store::find(r, &draft.id))
            .unwrap()
            .content
            .attachments
            .into_iter()
            .map(|a| a.key)
            .collect()
    };
    assert_eq!(keys(&app), ["statute", "attorney", "qualifications"], "nothing is asked for unticked");
    let mut typed: Vec<(String, String)> = Vec::new();
    for (i, a) in find(&app, &draft.id).content.attachments.iter().enumerate() {
        for (name, value) in [("key", &a.key), ("name", &a.name), ("note", &a.note)] {
            typed.push((format!("attachments.{i}.{name}"), value.clone()));
        }
    }
    typed.push(("usual.standing".into(), "true".into()));
    typed.push(("usual.yearly_report".into(), "true".into()));
    typed.push(("confirmation".into(), "no".into()));
    typed.push(("_then".into(), "stay".into()));
    typed.push(("seen".into(), page.value_of("seen").unwrap()));
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    officer.post(&path, &typed).await.expect(303);
    assert_eq!(keys(&app), ["statute", "attorney", "qualifications", "standing", "yearly_report"]);
    let standing = find(&app, &draft.id).content.attachments.remove(3);
    assert!(standing.required && standing.name.starts_with("Dokument o prowadzeniu CIS"), "{standing:?}");
    let page = officer.page(&path).await;
    page.says("Umowa albo akt założycielski spółki");
    assert!(!page.html().contains("usual.standing"), "what is in the list is not proposed again");
    let mut festival = find(&app, &draft.id);
    festival.content.rules = sample::local_pai();
    festival.content.terms.local.classes = false;
    let offered: Vec<String> = call::usual_attachments(&festival.content).into_iter().map(|a| a.key).collect();
    assert_eq!(offered, ["register", "deed", "partner"], "no classes, no reintegration");
}
