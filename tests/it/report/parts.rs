//! The parts of a report save themselves, and whoever is in one is not in the way of another.

use konkurs::report::{ReportContent, store};
use konkurs::store::ReportId;
use serde_json::{Value, json};

use super::ledger::{Cast, cast, ledger};
use crate::support::Answer;

/// What a form stands on, with what is typed.
fn typed<'a>(page: &Answer, more: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let own = ["version", "base"].map(|name| (name.to_owned(), page.value_of(name).unwrap()));
    own.into_iter().chain(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn content(cast: &Cast, id: &ReportId) -> ReportContent {
    cast.app.state.store.read(|r| store::find(r, id)).unwrap().content
}

/// The form as it stands after the script was told.
fn after(fields: &[(String, String)], said: &Value) -> Vec<(String, String)> {
    let told = |name: &str| said[name].as_str().map_or_else(|| said[name].to_string(), str::to_owned);
    let mut out = fields.to_vec();
    out.iter_mut().filter(|(name, _)| name == "version" || name == "base").for_each(|(name, v)| *v = told(name));
    out
}

#[actix_web::test]
async fn what_saves_itself_in_one_part_is_not_in_the_way_of_the_others() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &ledger(&cast.contract, 1));
    let hub = format!("/sprawozdania/{id}");
    let (story, costs, hours) = (format!("{hub}/opis"), format!("{hub}/koszty"), format!("{hub}/godziny"));
    let (in_story, in_costs) = (cast.ngo.page(&story).await, cast.ngo.page(&costs).await);
    let in_hours = cast.ngo.page(&format!("{hours}?grupa=E2-G3")).await;
    assert!(in_story.html().contains(&format!("data-autosave=\"{story}/autozapis\"")), "{}", in_story.html());

    // Twice by itself, then by the button: the form goes on from what it was told.
    let first = typed(&in_story, &[("summary", "Grupa ukończyła")]);
    let said = cast.ngo.script(&format!("{story}/autozapis"), &pairs(&first)).await.expect(200).json();
    assert_eq!((&said["errors"], said["saved_at"].as_str().map(str::len)), (&json!({}), Some(8)), "{said}");
    assert_eq!(content(&cast, &id).summary, "Grupa ukończyła");
    let mut next = after(&first, &said);
    next[2].1 = "Grupa ukończyła program.".to_owned();
    cast.ngo.script(&format!("{story}/autozapis"), &pairs(&next)).await.expect(200);

    // The costs and the hours were opened before, and are saved all the same.
    let spent = typed(&in_costs, &[("bank_interest", "1,50")]);
    let said = cast.ngo.script(&format!("{costs}/autozapis"), &pairs(&spent)).await.expect(200).json();
    cast.ngo.post(&costs, &pairs(&after(&spent, &said))).await.expect(303);
    let row = [
        ("group", "E2-G3"),
        ("rows.0.day", "2027-07-12"),
        ("rows.0.from", "9:00"),
        ("rows.0.to", "14:00"),
        ("rows.0.trainer", "Ewa Trener"),
        ("rows.0.topic", "Motywacja"),
        ("rows.0.present", "8"),
        ("rows.0.absent", "0"),
    ];
    cast.ngo.post(&hours, &pairs(&typed(&in_hours, &row))).await.expect(303);
    let now = content(&cast, &id);
    assert_eq!(
        (now.summary.as_str(), now.bank_interest.to_string()),
        ("Grupa ukończyła program.", "1,50\u{a0}zł".into())
    );
}

#[actix_web::test]
async fn the_same_part_in_two_windows_overwrites_nothing_and_keeps_what_was_typed() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &ledger(&cast.contract, 1));
    let url = format!("/sprawozdania/{id}/opis");
    let (one, two) = (cast.ngo.page(&url).await, cast.ngo.page(&url).await);
    cast.ngo.post(&url, &pairs(&typed(&one, &[("summary", "Z pierwszego okna")]))).await.expect(303);

    let late = typed(&two, &[("summary", "Z drugiego okna")]);
    let said = cast.ngo.script(&format!("{url}/autozapis"), &pairs(&late)).await.expect(409).json();
    assert_eq!(said["stale"], true, "{said}");
    let page = cast.ngo.post(&url, &pairs(&late)).await;
    page.expect(409).says("Ktoś zapisał tę część w międzyczasie, może w innym oknie, i tamtego zapisu nie zmieniono.");
    page.says("Z drugiego okna");
    assert_eq!(content(&cast, &id).summary, "Z pierwszego okna");
    cast.ngo.post(&url, &pairs(&typed(&page, &[("summary", "Z drugiego okna")]))).await.expect(303);
    assert_eq!(content(&cast, &id).summary, "Z drugiego okna");

    // What the browser kept is shown without saving it, and cannot overwrite either.
    let mut copy = late.clone();
    copy.push(("_add".into(), "kopia".into()));
    let page = cast.ngo.post(&url, &pairs(&copy)).await;
    page.expect(200).says("Z drugiego okna");
    assert_eq!(page.value_of("version"), two.value_of("version"));
    cast.ngo.post(&url, &pairs(&typed(&page, &[("summary", "Kopia")]))).await.expect(409);
}

#[actix_web::test]
async fn what_cannot_be_read_is_named_and_the_rest_is_saved() {
    let cast = cast().await;
    let id = cast.filled(4, &[], &ledger(&cast.contract, 1));
    let url = format!("/sprawozdania/{id}/koszty");
    let form = typed(&cast.ngo.page(&url).await, &[("bank_interest", "dużo"), ("in_kind", "20")]);
    let said = cast.ngo.script(&format!("{url}/autozapis"), &pairs(&form)).await.expect(200).json();
    assert!(said["errors"]["bank_interest"].as_str().unwrap().starts_with("Wpisano „dużo”."), "{said}");
    assert_eq!(content(&cast, &id).in_kind, konkurs::law::Money::zl(20), "the rest is saved");
    cast.ngo.post(&url, &pairs(&after(&form, &said))).await.expect(422).says("Wpisano „dużo”.");

    let long = "ż".repeat(10_001);
    let story = format!("/sprawozdania/{id}/opis");
    let form = typed(&cast.ngo.page(&story).await, &[("summary", &long), ("extra", "Więcej.")]);
    let said = cast.ngo.script(&format!("{story}/autozapis"), &pairs(&form)).await.expect(200).json();
    assert_eq!(said["errors"]["summary"], "Tekst ma 10001 znaków, a najwyżej może mieć 10000. Skróć go.");
    assert_eq!(content(&cast, &id).extra, "Więcej.");
    cast.officer.script(&format!("{story}/autozapis"), &pairs(&form)).await.expect(404);
}
