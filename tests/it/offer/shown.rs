//! What the signatory signs is what the page showed: the offer, its files, and who offers.

use konkurs::offer::OfferState;

use super::{declarations, draft, find, post};
use crate::support::clamd::{Clamd, MALWARE};
use crate::support::{TestApp, sample};

#[actix_web::test]
async fn a_file_or_an_address_changed_behind_the_page_is_shown_before_anything_is_frozen() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let (offer, org) = (draft(&app, &call, &ngo), sample::org_of(&app, &ngo));
    let path = format!("/oferty/{}/zlozenie", offer.id);
    let shown = ngo.page(&path).await.says("Załączniki brak").value_of("rest").unwrap();
    let file = format!("/oferty/{}/zalaczniki/inne", offer.id);
    ngo.upload(&file, &[], "file", "list intencyjny.pdf", b"%PDF-1.7 list").await.expect(303);
    let newer = post(&ngo, &path, declarations(&app, &offer.id), &[("rest", &shown)]).await;
    newer
        .expect(409)
        .says("Niczego nie złożono, bo ofertę zmieniono, gdy ta strona była otwarta.")
        .says("Załączniki list intencyjny.pdf");
    let shown = newer.value_of("rest").unwrap();

    let kept = [("version", "0"), ("experience", "od 2008 r. 40 edycji warsztatów"), ("resources", "")];
    ngo.post(&format!("/konto/organizacja/{}/do-ofert", org.id), &kept).await.expect(303);
    let newer = post(&ngo, &path, declarations(&app, &offer.id), &[("rest", &shown)]).await;
    newer.expect(409);
    assert_eq!(find(&app, &offer.id).state, OfferState::Draft);

    let shown = newer.value_of("rest").unwrap();
    post(&ngo, &path, declarations(&app, &offer.id), &[("rest", &shown)]).await.expect(303);
    let frozen = app.state.store.read(|r| konkurs::offer::store::version(r, &offer.id, 1)).unwrap().content;
    assert_eq!(frozen.attachments.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["list intencyjny.pdf"]);
    app.new_mail();
}

#[actix_web::test]
async fn a_refused_file_is_not_among_what_is_going_to_be_frozen() {
    let clamd = Clamd::start();
    let address = clamd.address.clone();
    let app = TestApp::with_config(|config| config.scan.clamd = address).await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let file = format!("/oferty/{}/zalaczniki/inne", offer.id);
    ngo.upload(&file, &[], "file", "zly.pdf", &[b"%PDF-1.7 ", MALWARE].concat()).await.expect(303);
    let path = format!("/oferty/{}/zlozenie", offer.id);
    ngo.page(&path).await.says("Załączniki brak").says_not("zly.pdf");
    ngo.upload(&file, &[], "file", "list.pdf", b"%PDF-1.7 list").await.expect(303);
    ngo.page(&path).await.says("Załączniki list.pdf Ostatni zapis");
    post(&ngo, &path, declarations(&app, &offer.id), &[]).await.expect(303);
    let frozen = app.state.store.read(|r| konkurs::offer::store::version(r, &offer.id, 1)).unwrap().content;
    assert_eq!(frozen.attachments.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["list.pdf"]);
    app.new_mail();
}
