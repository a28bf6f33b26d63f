//! Part VII where nobody has declared anything yet, and where several offerors declare different things.

use super::joint::scene;
use super::{declarations, draft, post};
use crate::support::paper::{bare, pdf_text, says_in_order};
use crate::support::{TestApp, sample};

const OWES: &str = "oferent składający niniejszą ofertę zalega z opłacaniem należności z tytułu zobowiązań podatkowych";
const PAID: &str =
    "oferent składający niniejszą ofertę nie zalega z opłacaniem należności z tytułu zobowiązań podatkowych";

#[actix_web::test]
async fn a_draft_declares_nothing_and_the_empty_form_keeps_the_alternatives() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let text = pdf_text(&ngo.page(&format!("/oferty/{}/oferta.pdf", offer.id)).await.body);
    says_in_order(&text, &["VII. Oświadczenia", "Oświadczenia składa się razem z ofertą."]);
    assert!(!bare(&text).contains(&bare("nie zalega")) && !bare(&text).contains("Oświadczam"), "{text}");
    ngo.page(&format!("/oferty/{}/podglad", offer.id))
        .await
        .says("Oświadczenia składa się razem z ofertą")
        .says_not("zalega");

    let alternatives = [
        "VII. Oświadczenia",
        "Oświadczam(my), że:",
        "oferent* / oferenci* składający niniejszą ofertę nie zalega(-ją)* / zalega(-ją)* z opłacaniem należności z tytułu zobowiązań podatkowych",
        "nie zalega(-ją)* / zalega(-ją)* z opłacaniem należności z tytułu składek na ubezpieczenia społeczne",
        "zgodne z Krajowym Rejestrem Sądowym* / właściwą ewidencją*",
        "Przy * wybiera się jedną z odpowiedzi.",
    ];
    let anybody = app.stranger();
    says_in_order(&pdf_text(&anybody.page("/oferta/wzor.pdf").await.body), &alternatives);
    let page = anybody.page("/oferta/wzor").await;
    for words in &alternatives[..5] {
        page.says(words);
    }
}

#[actix_web::test]
async fn each_offeror_of_a_joint_offer_declares_for_itself() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let mut razem = sample::org_of(&s.app, &s.partner);
    (razem.krs, razem.content.register) = (None, "ewidencja stowarzyszeń zwykłych, nr 7".into());
    s.app.state.store.write(|tx| konkurs::account::store::save_organisation(tx, &razem)).unwrap();
    let digest = s.partner.page(&s.word()).await.value_of("digest").unwrap();
    let mut fields = declarations(&s.app, &s.id);
    fields.retain(|(name, _)| !["version", "signed_by", "tax_arrears"].contains(&name.as_str()));
    let more = [("digest", digest.as_str()), ("signed_by", "Jan Razem, prezes"), ("tax_arrears", "yes")];
    post(&s.partner, &s.word(), fields, &more).await.expect(303);
    s.submit().await.expect(303);
    let promyk = ["Stowarzyszenie Promyk", PAID, "zgodne z Krajowym Rejestrem Sądowym", "Anna Prezes, prezes zarządu"];
    let razem = ["Fundacja Razem", OWES, "zgodne z właściwą ewidencją", "Jan Razem, prezes, 23.11.2026, 12:00:00"];
    let all = [["VII. Oświadczenia"].as_slice(), &promyk, &razem].concat();
    let print = pdf_text(&s.lead.page(&s.path("/oferta.pdf")).await.body);
    says_in_order(&print, &all);
    assert_eq!(bare(&print).matches(&bare(OWES)).count(), 1, "one debtor is one debtor");
    says_in_order(&s.lead.page(&s.path("/podglad")).await.text(), &all);
    let docx = s.lead.page(&s.path("/oferta.docx")).await.body;
    says_in_order(&super::exports::words(&docx), &all);
}
