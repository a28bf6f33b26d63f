//! The page saves by itself: what can be read is kept, the rest is named, and nobody's text is overwritten.

use futures_util::future::join_all;
use konkurs::audit;
use konkurs::call::Call;
use konkurs::error::AppError;
use konkurs::law::Money;
use konkurs::offer::{Activity, Offer, OfferContent, OfferState, Saving, edit_in};
use serde_json::{Value, json};

use super::{Form, draft, find, form};
use crate::support::{Answer, Client, PASSWORD, TestApp, sample};

async fn scene() -> (TestApp, Call, Client, Offer) {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    (app, call, ngo, offer)
}

/// The fields that the page of a part holds, as a browser would send them.
async fn typed(client: &Client, offer: &Offer, slug: &str, changes: &[(&str, &str)]) -> Form {
    let page = client.page(&format!("/oferty/{}/{slug}", offer.id)).await;
    let mut out: Form = super::merge::inputs(&page);
    for (name, value) in changes {
        match out.iter_mut().find(|(key, _)| key == name) {
            Some(pair) => pair.1 = (*value).to_owned(),
            None => out.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    out
}

async fn autosave(client: &Client, offer: &Offer, slug: &str, fields: &Form) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    client.script(&format!("/oferty/{}/{slug}/autozapis", offer.id), &fields).await
}

fn saves(app: &TestApp, offer: &Offer) -> Vec<(String, String)> {
    let rows = app.state.store.read(|r| audit::page(r, None, 1000)).unwrap();
    rows.into_iter().rev().filter(|r| r.object_id == offer.id.as_str()).map(|r| (r.deed, r.object_kind)).collect()
}

#[actix_web::test]
async fn what_was_typed_is_saved_with_its_time() {
    let (app, _, ngo, offer) = scene().await;
    let fields = typed(&ngo, &offer, "inne", &[("other", "Prowadzimy świetlicę.")]).await;
    app.at("2026-11-23 12:03:07");
    let answer = autosave(&ngo, &offer, "inne", &fields).await;
    answer.expect(200);
    let said = answer.json();
    assert_eq!((&said["saved_at"], &said["version"], &said["errors"]), (&json!("12:03:07"), &json!(2), &json!({})));
    assert_eq!(find(&app, &offer.id).content.other, "Prowadzimy świetlicę.");
    assert_eq!(saves(&app, &offer).last().unwrap(), &("offer.autosave".to_owned(), "offer".to_owned()));
    // The same again changes nothing and leaves no trace; the page saved by the button goes on from there.
    let deeds = app.deeds();
    let mut again = fields.clone();
    again.retain(|(name, _)| name != "version" && name != "base");
    again.push(("version".into(), said["version"].to_string()));
    again.push(("base".into(), said["base"].as_str().unwrap().to_owned()));
    assert_eq!(autosave(&ngo, &offer, "inne", &again).await.expect(200).json()["version"], json!(2));
    assert_eq!(app.deeds(), deeds);
    super::post(&ngo, &format!("/oferty/{}/inne", offer.id), again, &[]).await.expect(303);
    // The story of the offer tells of the button and not of every second.
    ngo.page(&format!("/oferty/{}", offer.id)).await.says("Zapisano część: Inne informacje");
}

#[actix_web::test]
async fn what_cannot_be_read_keeps_its_old_value_and_is_named() {
    let (app, _, ngo, offer) = scene().await;
    let before = offer.content.costs[0].unit_cost;
    let changes = [("costs.0.unit_cost", "12,345"), ("costs.0.units", "3"), ("grant", "-5"), ("recipients", "1")];
    let fields = typed(&ngo, &offer, "kosztorys", &changes).await;
    let answer = autosave(&ngo, &offer, "kosztorys", &fields).await;
    let said = answer.expect(200).json();
    assert_eq!(
        said["errors"],
        json!({
            "costs.0.unit_cost": "Wpisano „12,345”. Kwota ma najwyżej dwie cyfry po przecinku (pełne grosze). Wpisz kwotę w złotych, np. 12 345,67.",
            "grant": "Wpisano „-5”. Kwota nie może być ujemna. Wpisz kwotę w złotych, np. 12 345,67.",
        })
    );
    assert_eq!(said["sums"], Value::Null, "sums of something else would only confuse");
    let saved = find(&app, &offer.id).content;
    assert_eq!((saved.costs[0].unit_cost, saved.costs[0].units), (before, 3.into()));
    assert_eq!((saved.sources.grant, saved.sources.recipients), (offer.content.sources.grant, Money::zl(1)));
}

/// The form after its first row was removed: the script has numbered the others anew.
fn without_first(fields: Form, table: &str) -> Form {
    let shifted = |name: String| {
        let Some((row, cell)) = name.strip_prefix(table).and_then(|rest| rest[1..].split_once('.')) else {
            return Some(name);
        };
        let row: usize = row.parse().unwrap();
        Some(format!("{table}.{}.{cell}", row.checked_sub(1)?))
    };
    fields.into_iter().filter_map(|(name, value)| Some((shifted(name)?, value))).collect()
}

#[actix_web::test]
async fn a_field_never_takes_the_value_of_a_row_that_stood_in_its_place() {
    let (app, call, ngo, offer) = scene().await;
    // "Wynagrodzenia trenerów" of 55,00 zł goes, and "Wynajem sal" of 400,00 zł comes into its place.
    let mut fields = without_first(typed(&ngo, &offer, "kosztorys", &[]).await, "costs");
    fields.iter_mut().filter(|(name, _)| name == "costs.0.unit_cost").for_each(|(_, value)| *value = "4oo".into());
    let said = autosave(&ngo, &offer, "kosztorys", &fields).await.expect(200).json();
    assert_eq!(
        said["errors"],
        json!({ "costs.0.unit_cost": "Wpisano „4oo”. To nie jest kwota: dozwolone są cyfry, odstępy i jeden przecinek. Wpisz kwotę w złotych, np. 12 345,67." })
    );
    let costs = find(&app, &offer.id).content.costs;
    let prices: Vec<_> = costs.iter().map(|line| (line.name.as_str(), line.unit_cost)).collect();
    assert_eq!(prices, [("Wynajem sal", Money::zl(400)), ("Koordynacja i księgowość", Money::zl(600))]);

    // The same with groups, which have their own hours; a row of another name starts empty.
    let other = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let mut content = sample::offer_content(&call);
    content.hours[0].minutes = konkurs::law::Minutes::from_hours(70);
    content.hours[2].group = content.hours[1].group.clone();
    let offer = super::draft_of(&app, &call, &other, content.clone());
    let mut fields = without_first(typed(&other, &offer, "zasoby", &[]).await, "hours");
    let bad = ["hours.0.minutes", "hours.2.minutes", "hours.3.persons"];
    fields.iter_mut().filter(|(name, _)| bad.contains(&name.as_str())).for_each(|(_, value)| *value = "dużo".into());
    fields.iter_mut().filter(|(name, _)| name == "hours.3.group").for_each(|(_, value)| *value = "nowa".into());
    autosave(&other, &offer, "zasoby", &fields).await.expect(200);
    let (hours, was) = (find(&app, &offer.id).content.hours, content.hours);
    assert_eq!(hours[0].minutes, konkurs::law::Minutes::ZERO, "two groups of one name: it could be either");
    assert_eq!((&hours[2].group, hours[2].minutes), (&was[3].group, was[3].minutes));
    assert_eq!((hours[3].group.as_str(), hours[3].persons, hours[3].minutes), ("nowa", 0, was[4].minutes));
}

#[actix_web::test]
async fn the_server_counts_the_sums_again() {
    let (app, _, ngo, offer) = scene().await;
    let changes = [("costs.0.unit_cost", "10"), ("costs.0.units", "3")];
    let fields = typed(&ngo, &offer, "kosztorys", &changes).await;
    let said = autosave(&ngo, &offer, "kosztorys", &fields).await.expect(200).json();
    let saved = find(&app, &offer.id).content;
    assert_eq!(amounts(&said["sums"]["values"]), json!(["30,00 zł", "6 000,00 zł", "4 800,00 zł"]));
    let sums = json!({
        "costs:1": "6 030,00 zł", "costs:tasks": "6 030,00 zł", "costs:adm": "4 800,00 zł", "costs": "10 830,00 zł",
        "sources": "85 050,00 zł",
    });
    assert_eq!(amounts(&said["sums"]["totals"]), sums);
    assert_eq!(saved.total(), Some(Money::zl(10_830)));
    // Without a script the page says the same.
    ngo.page(&format!("/oferty/{}/kosztorys", offer.id)).await.says(
        "Sumy kosztów (V.A) Działanie Razem I.1 Warsztaty 6 030,00 zł Suma kosztów realizacji zadania 6 030,00 zł \
         Suma kosztów administracyjnych 4 800,00 zł Suma wszystkich kosztów realizacji zadania 10 830,00 zł",
    );
}

/// Amounts with plain spaces.
pub fn amounts(sums: &Value) -> Value {
    serde_json::from_str(&sums.to_string().replace(['\u{a0}', '\u{202f}'], " ")).unwrap()
}

#[actix_web::test]
async fn the_sums_of_activities_and_blocks_follow_their_costs_in_every_year() {
    let (app, call, _, _) = scene().await;
    let ngo = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let mut content = sample::offer_content(&call);
    content.starts = Some(super::day("2026-12-01"));
    content.activities.push(Activity { name: "Wyjazd".into(), ..Activity::default() });
    let offer = super::draft_of(&app, &call, &ngo, content);
    let changes = [
        ("costs.0.unit_cost", "100"),
        ("costs.0.units", "3"),
        ("costs.0.y0", "100"),
        ("costs.0.y1", "200"),
        ("costs.1.activity", "2"),
        ("costs.1.unit_cost", "40"),
        ("costs.1.units", "2,5"),
        ("costs.1.y0", "0"),
        ("costs.1.y1", "100"),
        ("costs.2.unit_cost", "0,05"),
        ("costs.2.units", "1"),
        ("costs.2.y0", "0,05"),
        ("costs.2.y1", ""),
    ];
    let fields = typed(&ngo, &offer, "kosztorys", &changes).await;
    let page = "I.1 Warsztaty 300,00 zł 100,00 zł 200,00 zł I.2 Wyjazd 100,00 zł 0,00 zł 100,00 zł \
                Suma kosztów realizacji zadania 400,00 zł 100,00 zł 300,00 zł \
                Suma kosztów administracyjnych 0,05 zł 0,05 zł 0,00 zł \
                Suma wszystkich kosztów realizacji zadania 400,05 zł 100,05 zł 300,00 zł";
    // A row more: nothing is saved, and the sums are of what stands in the fields.
    let path = format!("/oferty/{}/kosztorys", offer.id);
    super::post(&ngo, &path, fields.clone(), &[("_add", "costs")]).await.expect(200).says(page);
    let said = autosave(&ngo, &offer, "kosztorys", &fields).await.expect(200).json();
    let totals = json!({
        "costs:1": "300,00 zł", "y0:1": "100,00 zł", "y1:1": "200,00 zł",
        "costs:2": "100,00 zł", "y0:2": "0,00 zł", "y1:2": "100,00 zł",
        "costs:tasks": "400,00 zł", "y0:tasks": "100,00 zł", "y1:tasks": "300,00 zł",
        "costs:adm": "0,05 zł", "y0:adm": "0,05 zł", "y1:adm": "0,00 zł",
        "costs": "400,05 zł", "y0": "100,05 zł", "y1": "300,00 zł", "sources": "85 050,00 zł",
    });
    assert_eq!(amounts(&said["sums"]["totals"]), totals);
    ngo.page(&path).await.says(page);
}

#[actix_web::test]
async fn whoever_types_stays_signed_in_past_the_idle_end() {
    let (app, _, ngo, offer) = scene().await;
    let email = format!("{}@example.pl", sample::nip(1));
    let idle = app.sign_in(&email);
    let fields = typed(&ngo, &offer, "inne", &[]).await;
    let noon = app.state.clock.now();
    let save = |words: &str| {
        let mut fields = fields.clone();
        fields.retain(|(name, _)| !["version", "base", "other"].contains(&name.as_str()));
        let version = find(&app, &offer.id).version.to_string();
        fields.extend(form(&[("version", &version), ("other", words)]));
        fields
    };
    // The session ends after two hours in which nothing happens: it was begun at 12:00 and types until 17:30.
    for (n, minutes) in [90, 180, 270, 330].into_iter().enumerate() {
        app.state.clock.set(noon + chrono::Duration::minutes(minutes));
        let words = format!("Zdanie {n}.");
        autosave(&ngo, &offer, "inne", &save(&words)).await.expect(200);
        assert_eq!(find(&app, &offer.id).content.other, words);
    }
    autosave(&idle, &offer, "inne", &save("Z drugiej sesji.")).await.expect(401);
    ngo.page(&format!("/oferty/{}/inne", offer.id)).await.says("Inne informacje");
    // Two hours and a minute after the last save it has ended too, and nothing is saved.
    app.state.clock.set(noon + chrono::Duration::minutes(330 + 121));
    autosave(&ngo, &offer, "inne", &save("Za późno.")).await.expect(401);
    assert_eq!(find(&app, &offer.id).content.other, "Zdanie 3.");
}

#[actix_web::test]
async fn dates_in_the_wrong_order_do_not_stop_the_rest() {
    let (app, _, ngo, offer) = scene().await;
    let changes = [("starts", "2027-12-31"), ("ends", "2027-01-01"), ("title", "Nowy tytuł")];
    let fields = typed(&ngo, &offer, "zadanie", &changes).await;
    let said = autosave(&ngo, &offer, "zadanie", &fields).await.expect(200).json();
    assert!(said["errors"]["ends"].as_str().unwrap().starts_with("Zadanie nie może skończyć się przed początkiem."));
    assert_eq!(find(&app, &offer.id).content.title, "Nowy tytuł");
    assert_eq!(find(&app, &offer.id).content.years().len(), 0, "the end waits to be typed");
}

#[actix_web::test]
async fn a_row_that_cannot_stand_yet_waits_in_the_browser() {
    let (app, _, ngo, offer) = scene().await;
    let rows = offer.content.hours.len();
    let new = format!("hours.{rows}.persons");
    let fields = typed(&ngo, &offer, "zasoby", &[(&new, "7"), ("experience", "Od 2003 r.")]).await;
    let said = autosave(&ngo, &offer, "zasoby", &fields).await.expect(200).json();
    assert_eq!(said["errors"], json!({ format!("hours.{rows}.group"): "Wybierz grupę." }));
    let saved = find(&app, &offer.id).content;
    assert_eq!((saved.hours.len(), saved.experience.as_str()), (rows, "Od 2003 r."));
}

#[actix_web::test]
async fn when_nothing_can_be_saved_the_answer_says_so() {
    let (app, _, ngo, offer) = scene().await;
    let fields = typed(&ngo, &offer, "kosztorys", &[("grant", "dużo")]).await;
    let answer = autosave(&ngo, &offer, "kosztorys", &fields).await;
    assert!(answer.expect(422).json()["errors"]["grant"].is_string());
    let fields = typed(&ngo, &offer, "inne", &[("other", "Ala\0ma kota")]).await;
    let said = autosave(&ngo, &offer, "inne", &fields).await.expect(422).json();
    assert_eq!(
        said["errors"]["other"],
        json!("Pole „other” zawiera niewidoczny znak sterujący (U+0000). Usuń go albo wpisz tekst ręcznie.")
    );
    assert_eq!(find(&app, &offer.id), offer);
}

#[actix_web::test]
async fn people_in_two_parts_never_meet_and_in_one_part_the_second_is_told() {
    let (app, _, ngo, offer) = scene().await;
    let task = typed(&ngo, &offer, "zadanie", &[("title", "Pierwszy")]).await;
    let again = typed(&ngo, &offer, "zadanie", &[("title", "Drugi")]).await;
    let other = typed(&ngo, &offer, "inne", &[("other", "Świetlica")]).await;
    let asked = typed(&ngo, &offer, "rezultaty", &[("effect_direct", "Praca")]).await;
    autosave(&ngo, &offer, "zadanie", &task).await.expect(200);
    app.at("2026-11-23 12:00:05");
    autosave(&ngo, &offer, "inne", &other).await.expect(200);
    super::post(&ngo, &format!("/oferty/{}/rezultaty", offer.id), asked, &[]).await.expect(303);
    let said = autosave(&ngo, &offer, "zadanie", &again).await.expect(409).json();
    assert_eq!(said["stale"], json!(true));
    assert_eq!(
        said["error"],
        json!("O 12:00:00 zapisano tu coś innego. Tego, co teraz wpisujesz, nie zapisano i niczego nie nadpisano.")
    );
    let saved = find(&app, &offer.id).content;
    assert_eq!((&*saved.title, &*saved.other, &*saved.effect_direct), ("Pierwszy", "Świetlica", "Praca"));
}

#[actix_web::test]
async fn changes_of_a_submitted_offer_are_saved_beside_it_and_only_until_the_deadline() {
    let (app, _, ngo, offer) = scene().await;
    let mut declared = super::declarations(&app, &offer.id);
    declared.push(("replaces".into(), "0".into()));
    super::post(&ngo, &format!("/oferty/{}/zlozenie", offer.id), declared, &[]).await.expect(303);
    let fields = typed(&ngo, &offer, "inne", &[("other", "Mamy drugą salę.")]).await;
    autosave(&ngo, &offer, "inne", &fields).await.expect(200);
    let changed = find(&app, &offer.id);
    assert_eq!((changed.state, changed.frozen_no), (OfferState::Submitted, 1));
    assert_eq!((&*changed.content.other, &*changed.working().other), ("", "Mamy drugą salę."));

    let mut late = typed(&ngo, &offer, "inne", &[("other", "Mamy trzecią salę.")]).await;
    late.retain(|(name, _)| name != "_token"); // that of the session to come is sent instead
    app.at("2026-12-15 00:00:00");
    let ngo = app.sign_in(&format!("{}@example.pl", sample::nip(1)));
    let said = autosave(&ngo, &offer, "inne", &late).await.expect(403).json();
    assert_eq!(
        said["error"],
        json!(
            "Nie można tego zrobić. Tej oferty nie można już zmieniać: termin składania ofert minął albo ofertę wycofano."
        )
    );
    assert_eq!(find(&app, &offer.id), changed);
}

#[actix_web::test]
async fn a_session_that_ended_is_opened_again_in_place() {
    let (app, _, ngo, offer) = scene().await;
    let email = format!("{}@example.pl", sample::nip(1));
    let fields = typed(&ngo, &offer, "inne", &[("other", "W pół słowa")]).await;
    let old = ngo.token();
    app.at("2026-11-23 15:00");
    let said = autosave(&ngo, &offer, "inne", &fields).await.expect(401).json();
    assert_eq!((said["email"].as_str(), said["token"].as_str()), (Some(""), Some(old.as_str())));
    let enter = |password: &'static str| {
        let (ngo, email, old) = (&ngo, &email, &old);
        async move { ngo.script("/konto/logowanie", &[("email", email), ("password", password), ("_token", old)]).await }
    };
    for _ in 0..5 {
        let said = enter("nie to hasło").await.expect(422).json();
        assert!(said["errors"]["password"].as_str().unwrap().starts_with("Adres e-mail albo hasło się nie zgadza."));
    }
    let said = enter(PASSWORD).await.expect(422).json();
    assert!(said["errors"]["password"].as_str().unwrap().starts_with("To konto odpoczywa"), "{said}");
    app.at("2026-11-23 15:01");
    let said = enter(PASSWORD).await.expect(200).json();
    assert_eq!((said["email"].as_str(), said["token"].as_str()), (Some(&*email), Some(&*ngo.token())));
    assert_ne!(ngo.token(), old);
    autosave(&ngo, &offer, "inne", &fields).await.expect(200);
    assert_eq!(find(&app, &offer.id).content.other, "W pół słowa");
}

#[actix_web::test]
async fn a_form_of_an_older_session_gets_the_new_token_and_no_stranger_learns_anything() {
    let (app, _, ngo, offer) = scene().await;
    let fields = typed(&ngo, &offer, "inne", &[("other", "dalej"), ("_token", &"0".repeat(64))]).await;
    let said = autosave(&ngo, &offer, "inne", &fields).await.expect(403).json();
    assert_eq!((said["other_session"].as_bool(), said["token"].as_str()), (Some(true), Some(&*ngo.token())));
    assert_eq!(said["email"].as_str(), Some(&*format!("{}@example.pl", sample::nip(1))));
    let foreign = app.ngo("Stowarzyszenie Obce", &sample::nip(2)).await;
    let fields = form(&[("version", "1"), ("other", "cudze")]);
    let said = autosave(&foreign, &offer, "inne", &fields).await.expect(404).json();
    assert_eq!(said["error"], json!("Nie ma takiej strony. Strona nie istnieje albo nie masz do niej dostępu."));
    assert_eq!(find(&app, &offer.id), offer);
}

#[actix_web::test]
async fn parts_saved_at_the_same_instant_are_all_kept() {
    let (app, _, ngo, offer) = scene().await;
    let parts = [("zadanie", "title"), ("rezultaty", "effect_direct"), ("zasoby", "experience"), ("inne", "other")];
    let mut forms = Vec::new();
    for (slug, name) in parts {
        forms.push((slug, typed(&ngo, &offer, slug, &[(name, "razem")]).await));
    }
    let answers = join_all(forms.iter().map(|(slug, fields)| autosave(&ngo, &offer, slug, fields))).await;
    let all: Vec<u16> = answers.iter().map(|a| a.status).collect();
    assert_eq!(all, [200; 4]);
    let saved = find(&app, &offer.id);
    let c = &saved.content;
    assert_eq!([&c.title, &c.effect_direct, &c.experience, &c.other], ["razem"; 4]);
    assert_eq!(saved.version, 5);
}

#[actix_web::test]
async fn of_many_tabs_in_one_part_one_wins_each_version() {
    let (app, _, ngo, offer) = scene().await;
    let (actor, now, store) = (app.actor(&ngo), app.state.clock.now(), app.state.store.clone());
    let won: Vec<usize> = std::thread::scope(|threads| {
        let tries: Vec<_> = (0..6)
            .map(|n| {
                let (store, actor, id) = (store.clone(), &actor, &offer.id);
                threads.spawn(move || {
                    let mut won = 0;
                    for round in 0..5 {
                        let (seen, part) = (1 + round, (Saving::ByItself, "Inne informacje"));
                        let change = |offer: &Offer| {
                            if offer.version > seen {
                                return Err(AppError::Stale);
                            }
                            Ok(OfferContent { other: format!("{n} {round}"), ..offer.content.clone() })
                        };
                        won += usize::from(edit_in(&store, actor, id, None, part, change, now).is_ok());
                    }
                    won
                })
            })
            .collect();
        tries.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(won.iter().sum::<usize>(), 5, "{won:?}");
    assert_eq!(find(&app, &offer.id).version, 6);
    let rows = saves(&app, &offer);
    assert_eq!(rows.iter().filter(|(deed, _)| deed == "offer.autosave").count(), 5);
    assert_eq!(app.state.store.read(audit::verify).unwrap().1, vec![]);
}

#[actix_web::test]
async fn a_saved_plan_says_where_its_rows_stand_now() {
    let (app, call, _, _) = scene().await;
    let ngo = app.ngo("Fundacja Zorza", &sample::nip(2)).await;
    let mut content = sample::offer_content(&call);
    let activity = |name: &str| Activity { name: name.into(), ..content.activities[0].clone() };
    content.activities = ["A", "B", "C"].map(activity).to_vec();
    (0..3_u32).zip(&mut content.costs).for_each(|(n, line)| line.activity = Some(n + 1));
    let offer = super::draft_of(&app, &call, &ngo, content);
    let homes = || find(&app, &offer.id).content.costs.iter().map(|c| c.activity).collect::<Vec<_>>();
    let mut fields = without_first(typed(&ngo, &offer, "harmonogram", &[]).await, "activities");
    // A row that holds nothing but what cannot be read is no activity yet.
    fields.push(("activities.5.from".into(), "kiedyś".into()));
    fields.push(("activities.7.name".into(), "D".into()));
    let said = autosave(&ngo, &offer, "harmonogram", &fields).await.expect(200).json();
    let rows = json!({ "activities.0.was": 1, "activities.1.was": 2, "activities.7.was": 3 });
    assert_eq!((&said["rows"], homes()), (&rows, vec![Some(0), Some(1), Some(2)]));
    let now = |name: &str| rows.get(name).map(Value::to_string);
    fields.retain(|(name, _)| !["version", "base", "activities.5.from"].contains(&name.as_str()));
    fields.iter_mut().for_each(|(name, value)| *value = now(name).unwrap_or_else(|| value.clone()));
    fields.push(("activities.0.outside".into(), "dojazdy".into()));
    fields.push(("version".into(), said["version"].to_string()));
    fields.push(("base".into(), said["base"].as_str().unwrap().to_owned()));
    autosave(&ngo, &offer, "harmonogram", &fields).await.expect(200);
    assert_eq!(homes(), [Some(0), Some(1), Some(2)]);
}

#[actix_web::test]
async fn costs_that_were_opened_before_the_activities_changed_are_not_hung_on_others() {
    let (app, _, ngo, offer) = scene().await;
    let open = typed(&ngo, &offer, "kosztorys", &[("grant", "1")]).await;
    let plan = typed(&ngo, &offer, "harmonogram", &[("activities.0.description", "inny opis")]).await;
    autosave(&ngo, &offer, "harmonogram", &plan).await.expect(200);
    autosave(&ngo, &offer, "kosztorys", &open).await.expect(200);
    let open = typed(&ngo, &offer, "kosztorys", &[("grant", "2")]).await;
    let plan = typed(&ngo, &offer, "harmonogram", &[("activities.0.name", "Zupełnie inne działanie")]).await;
    autosave(&ngo, &offer, "harmonogram", &plan).await.expect(200);
    let said = autosave(&ngo, &offer, "kosztorys", &open).await.expect(409).json();
    assert_eq!(said["stale"], json!(true));
    assert_eq!(find(&app, &offer.id).content.sources.grant, Money::zl(1));
}
