//! Rules of the form, each provoked by typing into its page, with the sentence that a person reads there.

use konkurs::call::Call;
use konkurs::law::Minutes;
use konkurs::offer::Offer;

use super::{Form, draft, draft_of, find, form, post};
use crate::support::{Answer, Client, TestApp, sample, text_of};

/// Every field of a page's form as a browser would send it.
pub fn typed(page: &Answer) -> Form {
    let html = page.html();
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    let mut out = Form::new();
    for piece in
        main.split('<').filter(|p| p.starts_with("input") || p.starts_with("select") || p.starts_with("textarea"))
    {
        let attribute = |name: &str| {
            let start = piece.find(&format!(" {name}=\""))? + name.len() + 3;
            Some(text_of(&piece[start..start + piece[start..].find('"')?]))
        };
        let Some(name) = attribute("name").filter(|n| !n.starts_with('_')) else { continue };
        let value = if piece.starts_with("select") {
            let from = main.find(&format!("name=\"{name}\"")).unwrap();
            let options = &main[from..from + main[from..].find("</select>").unwrap()];
            let chosen = options.split("<option ").find(|o| o.contains(" selected"));
            chosen.and_then(|o| o.split('"').nth(1)).map(text_of).unwrap_or_default()
        } else if piece.starts_with("textarea") {
            text_of(piece.split_once('>').unwrap().1)
        } else {
            if matches!(attribute("type").as_deref(), Some("checkbox" | "radio")) && !piece.contains(" checked") {
                continue;
            }
            attribute("value").unwrap_or_default()
        };
        out.push((name, value));
    }
    out
}

/// Opens a part, types over some fields, saves, and reads the part again.
pub async fn retype(ngo: &Client, path: &str, over: &[(&str, &str)]) -> Answer {
    let mut fields = typed(&ngo.page(path).await);
    for (name, value) in over {
        match fields.iter_mut().find(|(n, _)| n == name) {
            Some(field) => field.1 = (*value).to_owned(),
            None => fields.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    let answer = post(ngo, path, fields, &[]).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.text());
    ngo.page(path).await
}

struct Scene {
    app: TestApp,
    call: Call,
    ngo: Client,
    offer: Offer,
}

async fn scene(call_of: fn(&TestApp) -> Call) -> Scene {
    let app = TestApp::new().await;
    let call = call_of(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    if call.content.rules.family() == "RSD" {
        for h in &mut content.hours {
            h.minutes = Minutes::from_hours(88);
        }
    }
    let offer = draft_of(&app, &call, &ngo, content);
    Scene { app, call, ngo, offer }
}

/// Part, what is typed over, rule, sentence.
type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

const PAI: &[Case] = &[
    (
        "kosztorys",
        &[("costs.0.unit_cost", "999999999999,99"), ("costs.0.units", "1000000")],
        "R-OFF-01",
        "999 999 999 999,99 zł × 1000000.",
    ),
    (
        "kosztorys",
        &[
            ("costs.0.unit_cost", "999999999999,99"),
            ("costs.0.units", "90000"),
            ("costs.1.unit_cost", "999999999999,99"),
            ("costs.1.units", "90000"),
        ],
        "R-OFF-03",
        "Sumy kosztów nie da się policzyć: jest za duża.",
    ),
    ("kosztorys", &[("grant", "85 049")], "R-OFF-06", "Brakuje 1,00 zł: zwiększ źródła albo zmniejsz koszty."),
    (
        "kosztorys",
        &[("costs.0.activity", "")],
        "R-OFF-09",
        "Koszt nie jest przypisany do żadnego działania z harmonogramu (III.4).",
    ),
    ("kosztorys", &[("grant", "100001")], "R-OFF-10", "Wnioskowana dotacja: 100 001,00 zł."),
    ("kosztorys", &[("grant", "94501")], "R-OFF-11", "Najwyżej 94 500,00 zł: 1 350 h po 70,00 zł."),
    ("kosztorys", &[("costs.1.units", "0")], "R-OFF-13", "Koszt jednostkowy: 400,00 zł, liczba jednostek: 0."),
    ("kosztorys", &[("costs.0.unit_cost", "70,01")], "R-CAP-03", "Obniż stawkę o 0,01 zł."),
    ("kosztorys", &[], "R-CAP-04", "Na jedną godzinę zajęć przypada 63,00 zł."),
    ("kosztorys", &[("own_financial", "10")], "R-MODE-02", "Środki inne niż dotacja: 10,00 zł."),
    ("kosztorys", &[("costs.2.name", "")], "R-OFF-14", "Brakuje: rodzaj kosztu."),
    ("rezultaty", &[("results.0.target", "")], "R-OFF-14", "Brakuje: planowany poziom osiągnięcia rezultatu."),
    ("rezultaty", &[("measures.0.when", "")], "R-OFF-14", "Brakuje: czas pomiaru."),
    ("inne", &[("unpaid", "false")], "R-OFF-14", "Brakuje: deklaracja nieodpłatnego wykonania zadania."),
    ("zadanie", &[("starts", "2027-01-10")], "R-OFF-15", "Najwcześniej 11.01.2027: wtedy zaczyna się pierwsza edycja."),
    ("zasoby", &[("hours.0.minutes", "80")], "R-HRS-01", "Zaplanowano 80 h zajęć."),
    ("zasoby", &[("hours.0.minutes", "1417")], "R-HRS-08", "Zaplanowano 1 417 h zajęć grupowych."),
    (
        "zasoby",
        &[("hours.0.minutes", "5000")],
        "R-HRS-08",
        "Edycja 1 (11.01.2027–10.03.2027) ma 59 dni, razem najwyżej 1 416 h.",
    ),
    (
        "zasoby",
        &[("hours.0.individual", "14000")],
        "R-HRS-08",
        "Edycja 1 (11.01.2027–10.03.2027) ma 59 dni, czyli 1 416 h dla osoby, z tego 90 h w grupie; dla 10 osób razem najwyżej 13 260 h zajęć indywidualnych.",
    ),
    ("zasoby", &[("hours.0.persons", "11")], "R-HRS-03", "Ogłoszenie pozwala najwyżej na 10 osób w grupie."),
];

async fn provoke(scene: fn(&TestApp) -> Call, cases: &[Case]) {
    for (at, (part, over, rule, sentence)) in cases.iter().enumerate() {
        let s = self::scene(scene).await;
        let page = retype(&s.ngo, &format!("/oferty/{}/{part}", s.offer.id), over).await;
        let text = page.text();
        assert!(text.contains(&format!("Reguła {rule}")) && text.contains(sentence), "case {at}, {rule}: {text}");
    }
}

#[actix_web::test]
async fn a_rule_says_its_sentence_where_the_mistake_was_typed() {
    provoke(sample::pai_call, PAI).await;
    let rsd: &[Case] = &[
        ("zasoby", &[("hours.0.minutes", "90")], "R-HRS-05", "Zaplanowano 90 h zajęć grupowych."),
        (
            "zasoby",
            &[("hours.0.minutes", "88"), ("hours.0.individual", "5000")],
            "R-HRS-05",
            "Edycja 1 (11.01.2027–10.03.2027) ma 59 dni po 4 h, czyli 236 h dla osoby, z tego 88 h w grupie; dla 10 osób razem najwyżej 1 480 h zajęć indywidualnych.",
        ),
    ];
    provoke(sample::rsd_call, rsd).await;
}

#[actix_web::test]
async fn the_share_of_administrative_costs_is_held_against_the_announcement() {
    let s = scene(sample::pai_call).await;
    let mut call = s.call.clone();
    call.content.terms.admin_percent = Some(5);
    s.app.state.store.write(|tx| konkurs::call::store::save(tx, &call)).unwrap();
    s.ngo
        .page(&format!("/oferty/{}/kosztorys", s.offer.id))
        .await
        .says("Koszty administracyjne: 4 800,00 zł, czyli 5,64% kosztów.")
        .says("Najwyżej 5% sumy kosztów.");
}

#[actix_web::test]
async fn a_page_saved_unchanged_changes_nothing() {
    let s = scene(sample::pai_call).await;
    for part in ["zadanie", "harmonogram", "rezultaty", "zasoby", "kosztorys", "inne"] {
        retype(&s.ngo, &format!("/oferty/{}/{part}", s.offer.id), &[]).await;
    }
    let after = find(&s.app, &s.offer.id);
    assert_eq!(after.content, s.offer.content);
    assert_eq!(after.version, 7);
}

#[actix_web::test]
async fn shares_and_the_cap_stand_beside_the_money() {
    let s = scene(sample::pai_call).await;
    let path = format!("/oferty/{}/kosztorys", s.offer.id);
    let page = retype(&s.ngo, &path, &[("grant", "80000"), ("own_in_kind", "5050")]).await;
    page.says("limit: 15 grup × 90 h × 70,00 zł = 94 500,00 zł; oferta: 80 000,00 zł (59,26 zł/h)")
        .says("wolne do limitu: 14 500,00 zł")
        .says("Udział dotacji w kosztach: 94,06%")
        .says("3. Wkład własny razem: 5 050,00 zł, udział: 5,94%")
        .says("Limit według grup Grupa Osoby Godziny Limit E1-G1 10 90 h 6 300,00 zł")
        .says("Razem 1 350 h 94 500,00 zł");
    let html = page.html();
    assert!(html.contains("data-limit=\"94500,00\" data-minutes=\"81000\" data-unit=\"60\" data-follows=\"grant\""));
}

#[actix_web::test]
async fn year_columns_follow_the_dates_and_what_moved_is_told() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let (task, costs) = (format!("/oferty/{}/zadanie", offer.id), format!("/oferty/{}/kosztorys", offer.id));
    retype(&ngo, &task, &[("ends", "2028-02-11")]).await;
    let page = ngo.page(&costs).await;
    page.says("Rok 1 (2027)").says("Rok 2 (2028)");
    assert_eq!(page.value_of("costs.0.y0").as_deref(), Some("74250,00"));
    retype(&ngo, &costs, &[("costs.0.y0", "70 000"), ("costs.0.y1", "4 250")]).await;
    retype(&ngo, &task, &[("starts", "2026-12-01")]).await;
    let years = find(&app, &offer.id).content.costs[0].years.clone();
    assert_eq!(
        years.iter().map(|m| m.grosze() / 100).collect::<Vec<_>>(),
        [0, 70_000, 4_250],
        "years keep their amounts"
    );
    let mut fields = typed(&ngo.page(&task).await);
    for (name, value) in &mut fields {
        if name == "ends" {
            *value = "2027-12-03".into();
        }
    }
    let answer = post(&ngo, &task, fields, &[]).await;
    answer.expect(303);
    let costs_page = ngo.page(&costs).await;
    let seen = text_of(&costs_page.html());
    assert!(seen.contains("przeniesiono do najbliższego roku: 4 250,00 zł z roku 2028."), "{seen}");
    let years = find(&app, &offer.id).content.costs[0].years.clone();
    assert_eq!(years.iter().map(|m| m.grosze() / 100).collect::<Vec<_>>(), [0, 74_250]);
    retype(&ngo, &task, &[("ends", "")]).await;
    retype(&ngo, &costs, &[("costs.1.name", "Sale")]).await;
    let years = find(&app, &offer.id).content.costs[0].years.clone();
    assert_eq!(years.iter().map(|m| m.grosze() / 100).collect::<Vec<_>>(), [0, 74_250], "no dates, no loss");
    let lost = form(&[("version", "99"), ("title", "x")]);
    post(&ngo, &task, lost, &[]).await.expect(409);
}
