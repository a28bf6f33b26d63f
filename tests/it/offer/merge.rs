//! Two texts of one part: both are shown, and only a choice is saved.

use super::{Form, draft, find, post};
use crate::support::{Answer, Client, TestApp, sample};
use konkurs::offer::Offer;

/// The fields of the form on a page of a part.
pub fn inputs(page: &Answer) -> Form {
    let html = page.html();
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let plain = |text: &str| {
        [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
            ("&#x2F;", "/"),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
    };
    let attribute = |tag: &str, name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(plain(tag[from..].split('"').next()?))
    };
    let mut out = Form::new();
    for rest in main.split('<').skip(1) {
        let Some((tag, after)) = rest.split_once('>') else { continue };
        let kind = tag.split_whitespace().next().unwrap_or_default();
        let Some(name) = attribute(tag, "name").filter(|name| name != "_token") else {
            if tag.starts_with("option") && tag.ends_with(" selected") {
                let last = out.last_mut().unwrap();
                last.1 = attribute(tag, "value").unwrap();
            }
            continue;
        };
        let ticked = tag.contains(" checked");
        match (kind, attribute(tag, "type").as_deref()) {
            ("input", Some("checkbox" | "radio")) if !ticked => {}
            ("input", _) => out.push((name, attribute(tag, "value").unwrap_or_default())),
            ("textarea", _) => out.push((name, plain(after.trim_start_matches('\n')))),
            ("select", _) => out.push((name, String::new())),
            _ => {}
        }
    }
    out
}

fn with(mut fields: Form, changes: &[(&str, &str)]) -> Form {
    for (name, value) in changes {
        fields.retain(|(key, _)| key != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

struct Scene {
    app: TestApp,
    ngo: Client,
    offer: Offer,
}

impl Scene {
    async fn new() -> Scene {
        let app = TestApp::new().await;
        let call = sample::pai_call(&app);
        let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
        let offer = draft(&app, &call, &ngo);
        Scene { app, ngo, offer }
    }

    fn path(&self, rest: &str) -> String {
        format!("/oferty/{}/{rest}", self.offer.id)
    }

    /// Two people open the part; the first saves, the second is shown both texts.
    async fn meet(&self, slug: &str, first: &[(&str, &str)], second: &[(&str, &str)]) -> Answer {
        let page = inputs(&self.ngo.page(&self.path(slug)).await);
        post(&self.ngo, &self.path(slug), with(page.clone(), first), &[]).await.expect(303);
        let met = post(&self.ngo, &self.path(slug), with(page, second), &[]).await;
        assert_eq!(met.status, 409, "{}", met.text());
        met
    }

    async fn choose(&self, slug: &str, met: &Answer, picks: &[(&str, &str)]) -> Answer {
        post(&self.ngo, &self.path(&format!("{slug}/scalenie")), inputs(met), picks).await
    }
}

#[actix_web::test]
async fn both_texts_stand_side_by_side_and_nothing_is_chosen() {
    let s = Scene::new().await;
    let met = s
        .meet("zadanie", &[("title", "Zapisany"), ("place", "Lipno")], &[("title", "Mój <b>"), ("problem", "Inny")])
        .await;
    let email = format!("{}@example.pl", sample::nip(1));
    met.says("Kiedy ta część była u Ciebie otwarta, zapisano w niej coś innego.")
        .says(&format!("Ostatni zapis: 23.11.2026, 12:00:00, {email} (to Ty, w innej karcie albo na innym urządzeniu)"))
        .says("Tytuł zadania publicznego Moja wersja Mój <b> Wersja zapisana Zapisany")
        .says("Miejsce realizacji")
        .says_not("Grupa docelowa");
    assert!(!met.html().contains(" checked"));
    assert_eq!(find(&s.app, &s.offer.id).content.title, "Zapisany");

    let half = s.choose("zadanie", &met, &[("_wybor.title", "mine")]).await;
    half.expect(422).says("Miejsce realizacji: wybierz, który tekst ma zostać.");
    assert!(half.html().contains("name=\"_wybor.title\" value=\"mine\" checked"), "a choice is kept");
    let picks = [("_wybor.title", "mine"), ("_wybor.place", "saved"), ("_wybor.problem", "mine")];
    s.choose("zadanie", &met, &picks).await.expect(303);
    let saved = find(&s.app, &s.offer.id).content;
    assert_eq!((&*saved.title, &*saved.place, &*saved.problem), ("Mój <b>", "Lipno", "Inny"));
    assert_eq!((saved.starts, &saved.contact), (s.offer.content.starts, &s.offer.content.contact));
}

#[actix_web::test]
async fn one_press_takes_all_of_one_side() {
    let s = Scene::new().await;
    let met = s.meet("inne", &[("other", "zapisane")], &[("other", "moje")]).await;
    let kept = s.choose("inne", &met, &[("_wszystko", "saved")]).await;
    assert_eq!((kept.status, kept.location.as_str()), (303, s.path("inne").as_str()));
    assert_eq!((find(&s.app, &s.offer.id).version, &*find(&s.app, &s.offer.id).content.other), (2, "zapisane"));
    s.choose("inne", &met, &[("_wszystko", "mine")]).await.expect(303);
    assert_eq!(find(&s.app, &s.offer.id).content.other, "moje");
}

#[actix_web::test]
async fn a_choice_that_came_too_late_is_asked_again() {
    let s = Scene::new().await;
    let met = s.meet("inne", &[("other", "pierwsze")], &[("other", "moje")]).await;
    let page = inputs(&s.ngo.page(&s.path("inne")).await);
    post(&s.ngo, &s.path("inne"), with(page, &[("other", "trzecie")]), &[]).await.expect(303);
    let again = s.choose("inne", &met, &[("_wybor.other", "mine")]).await;
    again.expect(409).says("trzecie").says("moje").says_not("pierwsze");
    assert_eq!(find(&s.app, &s.offer.id).content.other, "trzecie");
    s.choose("inne", &again, &[("_wybor.other", "mine")]).await.expect(303);
    assert_eq!(find(&s.app, &s.offer.id).content.other, "moje");
}

#[actix_web::test]
async fn the_same_text_and_another_spelling_are_no_difference() {
    let s = Scene::new().await;
    let page = inputs(&s.ngo.page(&s.path("kosztorys")).await);
    post(&s.ngo, &s.path("kosztorys"), with(page.clone(), &[("recipients", "1200")]), &[]).await.expect(303);
    let answer = post(&s.ngo, &s.path("kosztorys"), with(page, &[("recipients", "1 200,00 zł")]), &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, s.path("kosztorys").as_str()));
    assert_eq!(find(&s.app, &s.offer.id).version, 2);
}

#[actix_web::test]
async fn rows_are_chosen_one_by_one_while_their_number_is_the_same() {
    let s = Scene::new().await;
    let met = s
        .meet(
            "kosztorys",
            &[("costs.0.name", "Zapisany koszt")],
            &[("costs.1.name", "Mój koszt"), ("costs.0.units", "2")],
        )
        .await;
    met.says("Koszty, wiersz 1").says("Rodzaj kosztu: Zapisany koszt").says("Koszty, wiersz 2").says_not("wiersz 3");
    s.choose("kosztorys", &met, &[("_wybor.costs.0", "saved"), ("_wybor.costs.1", "mine")]).await.expect(303);
    let (saved, before) = (find(&s.app, &s.offer.id).content.costs, &s.offer.content.costs);
    assert_eq!((&*saved[0].name, saved[0].units), ("Zapisany koszt", before[0].units));
    assert_eq!(saved[1].name, "Mój koszt");
    assert_eq!((saved.len(), saved.last()), (before.len(), before.last()));
}

#[actix_web::test]
async fn a_table_with_other_rows_is_chosen_whole_and_costs_keep_their_activity() {
    let s = Scene::new().await;
    let rows = s.offer.content.activities.len();
    let page = inputs(&s.ngo.page(&s.path("harmonogram")).await);
    let new = format!("activities.{rows}.name");
    post(&s.ngo, &s.path("harmonogram"), with(page.clone(), &[(&new, "Dodane przez kogoś")]), &[]).await.expect(303);
    let mine = with(page, &[("activities.0.description", "Mój opis")]);
    let met = post(&s.ngo, &s.path("harmonogram"), mine, &[]).await;
    met.expect(409).says("Działania: cała tabela").says("Dodane przez kogoś").says("Mój opis");
    s.choose("harmonogram", &met, &[("_wybor.activities", "mine")]).await.expect(303);
    let saved = find(&s.app, &s.offer.id).content;
    assert_eq!((saved.activities.len(), &*saved.activities[0].description), (rows, "Mój opis"));
    let homes = |c: &konkurs::offer::OfferContent| c.costs.iter().map(|line| line.activity).collect::<Vec<_>>();
    assert_eq!(homes(&saved), homes(&s.offer.content));
}

#[actix_web::test]
async fn a_text_that_cannot_be_read_is_shown_and_mended_after_the_choice() {
    let s = Scene::new().await;
    let met = s.meet("kosztorys", &[("grant", "100")], &[("grant", "sto złotych")]).await;
    met.says("Planowana dotacja w ramach niniejszej oferty Moja wersja sto złotych Wersja zapisana 100");
    let answer = s.choose("kosztorys", &met, &[("_wybor.grant", "mine")]).await;
    assert_eq!(answer.expect(422).value_of("grant").as_deref(), Some("sto złotych"));
    let fields = with(inputs(&answer), &[("grant", "101")]);
    post(&s.ngo, &s.path("kosztorys"), fields, &[]).await.expect(303);
    assert_eq!(find(&s.app, &s.offer.id).grant, konkurs::law::Money::zl(101));
}

#[actix_web::test]
async fn a_row_more_does_not_hide_that_somebody_saved() {
    let s = Scene::new().await;
    let page = inputs(&s.ngo.page(&s.path("rezultaty")).await);
    post(&s.ngo, &s.path("rezultaty"), with(page.clone(), &[("effect_direct", "zapisane")]), &[]).await.expect(303);
    let more = post(&s.ngo, &s.path("rezultaty"), page, &[("_add", "results")]).await;
    let answer =
        post(&s.ngo, &s.path("rezultaty"), with(inputs(more.expect(200)), &[("effect_change", "moje")]), &[]).await;
    answer.expect(409).says("co będzie bezpośrednim efektem (np. materialne „produkty”");
    assert_eq!(find(&s.app, &s.offer.id).content.effect_direct, "zapisane");
}

#[actix_web::test]
async fn the_page_names_who_saved_this_part_and_the_list_who_saved_which() {
    let s = Scene::new().await;
    let other = s.app.staff("ala@example.pl", &[konkurs::account::Role::Committee]).await;
    let (person, now) = (s.app.actor(&other).person_id().unwrap().clone(), s.app.state.clock.now());
    let editor = konkurs::account::OrgRole::Editor;
    let join = |tx: &mut konkurs::store::Tx<'_>| {
        konkurs::account::store::insert_membership(tx, &s.offer.org, &person, editor, now)
    };
    s.app.state.store.write(join).unwrap();
    let ala = s.app.sign_in("ala@example.pl");
    let hub = format!("/oferty/{}", s.offer.id);
    let results = inputs(&s.ngo.page(&s.path("rezultaty")).await);
    s.app.at("2026-11-23 12:03");
    post(&ala, &s.path("rezultaty"), with(results.clone(), &[("effect_direct", "Ala")]), &[]).await.expect(303);
    s.app.at("2026-11-23 12:07");
    let costs = inputs(&s.ngo.page(&s.path("kosztorys")).await);
    post(&s.ngo, &s.path("kosztorys"), with(costs, &[("costs.0.name", "Praca trenerów")]), &[]).await.expect(303);
    let met = post(&s.ngo, &s.path("rezultaty"), with(results.clone(), &[("effect_direct", "Ja")]), &[]).await;
    met.expect(409).says("Ostatni zapis: 23.11.2026, 12:03:00, ala@example.pl").says_not("12:07");

    let email = format!("{}@example.pl", sample::nip(1));
    let page = s.ngo.page(&hub).await;
    page.says("część III.5 i III.6 oferty ostatnio: 12:03, ala@example.pl")
        .says(&format!("część V oferty ostatnio: 12:07, {email}"))
        .says("· ala@example.pl Zapisano część: Rezultaty")
        .says(&format!("· {email} Zapisano część: Koszty i źródła finansowania"));
    // two parts by one person are two lines, and the page's own save says when this part was saved
    let more = inputs(&s.ngo.page(&s.path("inne")).await);
    post(&s.ngo, &s.path("inne"), with(more, &[("other", "x")]), &[]).await.expect(303);
    let both = s.ngo.page(&hub).await;
    both.says("Zapisano część: Inne informacje").says("Zapisano część: Koszty i źródła finansowania");
    let late =
        post(&s.ngo, &s.path("rezultaty/autozapis"), with(results.clone(), &[("effect_direct", "Ja")]), &[]).await;
    let error = late.expect(409).json()["error"].as_str().unwrap().to_owned();
    assert!(error.starts_with("O 12:03:00 zapisano tu coś innego."), "{error}");
    assert_eq!(page.text().matches("ostatnio:").count(), 2, "{}", page.text());
    s.app.at("2026-11-24 09:00");
    let ngo = s.app.sign_in(&email);
    ngo.page(&hub).await.says("ostatnio: 23.11.2026, 12:03, ala@example.pl");
    s.app.new_mail();
}
