//! A local programme that is no course: a festival without trainers, supported, with tickets. From the rules the office
//! writes down to the receipt.

use konkurs::account::Role;
use konkurs::call::rules::{AmendmentKind, changes};
use konkurs::call::{Call, CallState, Part};
use konkurs::law::Money;
use konkurs::offer::{OfferState, store};

use super::exports::words;
use super::{Form, begin, declarations, fill, find, form, post};
use crate::call::{find as call_of, places};
use crate::support::paper::{pdf_text, says_in_order};
use crate::support::{Client, TestApp, moment, sample};

const RULES: [(&str, &str); 12] = [
    ("code", "FEST-1"),
    ("name", "Powiat kultury"),
    ("act", "uchwała nr 14/2026 Rady Powiatu z 5.10.2026"),
    ("from", "2026-10-15"),
    ("participants", "mieszkańcy powiatu"),
    ("offerors", "organizacje pozarządowe z powiatu"),
    ("cap", "none"),
    ("months", "6"),
    ("months_kind", "at_most"),
    ("clauses.0.title", "Dostęp dla mieszkańców"),
    ("clauses.0.demand", "Umowa zapewnia mieszkańcom powiatu pierwszeństwo."),
    ("to", ""),
];

const PROGRAMME: [(&str, &str); 15] = [
    ("title", "Lato w powiecie 2027"),
    ("rules", "FEST-1"),
    ("aim", "Wspólne świętowanie"),
    ("topics", ""),
    ("plan_number", "K/7/2026"),
    ("plan_amount", "30 000,00"),
    ("gminas.0.name", "Choceń"),
    ("gminas.0.persons", "500"),
    ("editions.0.from", "2027-05-01"),
    ("editions.0.to", "2027-09-30"),
    ("editions.0.persons", "500"),
    ("groups.0.code", ""),
    ("groups.0.edition", "1"),
    ("groups.0.gmina", "Choceń"),
    ("groups.0.persons", "500"),
];

const WAIVED: &str = "Festyn jest otwarty; liczby widzów nie da się zmierzyć.";

/// The step of the terms as it is typed for a festival.
const TERMS: [(&str, &str); 10] = [
    ("mode", "supporting"),
    ("paid", "yes"),
    ("classes", "no"),
    ("results", "no"),
    ("results_waived", WAIVED),
    ("policy", "full"),
    ("scope", "whole"),
    ("unit", "60"),
    ("week", "rolling"),
    ("group_max", "500"),
];

pub struct Office {
    pub officer: Client,
    pub organ: Client,
}

async fn change(officer: &Client, call: &Call, part: Part, fields: &[(&str, &str)]) -> crate::support::Answer {
    let url = format!("/urzad/konkursy/{}/{}", call.id, part.slug());
    let seen = officer.page(&url).await.value_of("seen").unwrap();
    let mut all = fields.to_vec();
    all.push(("seen", &seen));
    officer.post(&url, &all).await
}

/// The programme without a single group: nobody invents any for a festival.
fn without_groups() -> Vec<(&'static str, &'static str)> {
    PROGRAMME.into_iter().filter(|(name, _)| !name.starts_with("groups.")).collect()
}

/// The rules, the programme and a draft of the call, all through HTTP.
async fn drafted(app: &TestApp, programme: &[(&str, &str)]) -> (Office, Call) {
    let office = Office {
        officer: app.staff("urzednik@example.pl", &[Role::Officer]).await,
        organ: app.staff("organ@example.pl", &[Role::Organ]).await,
    };
    let officer = &office.officer;
    officer.post("/urzad/programy/lokalne", &RULES).await.expect(303);
    let programme = officer.post("/urzad/programy", programme).await.expect(303).location.clone();
    officer.post(&format!("{programme}/potwierdzenie"), &[("version", "0")]).await.expect(303);
    let made = officer.post(&format!("{programme}/konkursy"), &[]).await.expect(303).location.clone();
    let id = konkurs::store::CallId::parse(made.trim_start_matches("/urzad/konkursy/")).unwrap();
    (office, call_of(app, &id))
}

/// The call as the organ announced it.
async fn announced(app: &TestApp) -> (Office, Call) {
    let (office, draft) = drafted(app, &without_groups()).await;
    let officer = &office.officer;
    change(officer, &draft, Part::Terms, &TERMS).await.expect(303);
    let url = format!("/urzad/konkursy/{}", draft.id);
    let mut rows: Form = Vec::new();
    for (at, c) in call_of(app, &draft.id).content.card.criteria.iter().enumerate() {
        // Ten of the twenty points of the costs go to the own share.
        let max = if c.key == "cost" { 10 } else { c.max };
        let (point, max) = (c.point.to_string(), max.to_string());
        let neutral = c.neutral.map(|n| n.to_string()).unwrap_or_default();
        let cells =
            [("key", c.key.clone()), ("name", c.name.clone()), ("point", point), ("max", max), ("neutral", neutral)];
        rows.extend(cells.map(|(cell, value)| (format!("criteria.{at}.{cell}"), value)));
    }
    rows.extend(form(&[
        ("criteria.7.key", "own"),
        ("criteria.7.name", "Wkład własny i opłaty"),
        ("criteria.7.point", "4"),
        ("criteria.7.max", "10"),
        ("criteria.7.neutral", ""),
        ("threshold", "60"),
    ]));
    let rows: Vec<(&str, &str)> = rows.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    change(officer, &draft, Part::Card, &rows).await.expect(303);
    let money = [("tranches.0.share", "100"), ("tranches.0.condition", "zawarcie umowy"), ("shift_percent", "10")];
    let money: Vec<(&str, &str)> = money.into_iter().chain([("min_own", "10"), ("offer_max", "20 000")]).collect();
    change(officer, &draft, Part::Money, &money).await.expect(303);
    let again = officer.post(&format!("{url}/elementy"), &[("_rewrite", "yes")]).await;
    let programme = app.state.store.read(|r| konkurs::programme::store::find(r, &draft.programme)).unwrap();
    let (three, four) = konkurs::call::rewritten(&call_of(app, &draft.id).content, &programme.content);
    again.says(&three).says("Liczba odbiorców: 500.");
    let elements = [
        ("task", "Kultura w powiecie"),
        ("allocation", "30 000"),
        ("grant_rules", three.as_str()),
        ("conditions", four.as_str()),
        ("deadline_date", "2026-12-14"),
        ("deadline_time", "23:59"),
        ("selection", "Komisja opiniuje, organ wybiera."),
        ("decision_by", "2027-01-04"),
        ("earlier.0.year", "2026"),
        ("earlier.0.cost", "0"),
        ("earlier.0.grants", "0"),
        ("earlier.1.year", "2025"),
        ("earlier.1.cost", "0"),
        ("earlier.1.grants", "0"),
    ];
    change(officer, &draft, Part::Elements, &elements).await.expect(303);
    officer.page(&url).await.says_not("R-LOC-02").says_not("R-ANN-02");
    let (organ, written) = (app.actor(&office.organ), call_of(app, &draft.id));
    let early = moment("2026-11-23 07:00");
    app.state.store.write(|tx| konkurs::call::approve(tx, &organ, &draft.id, written.version, early)).unwrap();
    let version = call_of(app, &draft.id).version.to_string();
    office.organ.post(&format!("{url}/ogloszenie"), &places(&version, "2026-11-23")).await.expect(303);
    let call = call_of(app, &draft.id);
    assert_eq!((call.state, call.number()), (CallState::Announced, "FEST/1/2026"));
    (office, call)
}

/// Everything but VI.1 and the sources.
async fn filled(ngo: &Client, id: &konkurs::store::OfferId) {
    fill(
        ngo,
        id,
        "zadanie",
        form(&[
            ("title", "Święto jeziora"),
            ("starts", "2027-06-01"),
            ("ends", "2027-08-31"),
            ("place", "plaża w Choceniu"),
            ("target_group", "mieszkańcy powiatu"),
            ("problem", "brak wspólnych wydarzeń"),
            ("contact_name", "Anna Prezes"),
            ("contact_phone", "54 000 00 00"),
            ("contact_email", "biuro@example.pl"),
        ]),
    )
    .await;
    let activity = [
        ("activities.0.name", "Koncert"),
        ("activities.0.description", "koncert na plaży"),
        ("activities.0.target_group", "wszyscy"),
        ("activities.0.from", "2027-07-10"),
        ("activities.0.to", "2027-07-10"),
    ];
    fill(ngo, id, "harmonogram", form(&activity)).await;
    let effects = [("effect_direct", "koncert"), ("effect_change", "więzi"), ("effect_durable", "co roku")];
    fill(ngo, id, "rezultaty", form(&effects)).await;
    fill(ngo, id, "zasoby", form(&[("experience", "od 2008 r."), ("resources", "scena i nagłośnienie")])).await;
}

fn costs(recipients: &str, own: &str) -> Form {
    form(&[
        ("costs.0.activity", "1"),
        ("costs.0.name", "Zespół i scena"),
        ("costs.0.unit", "koncert"),
        ("costs.0.unit_cost", "25 000"),
        ("costs.0.units", "1"),
        ("grant", "20 000"),
        ("own_financial", own),
        ("recipients", recipients),
    ])
}

/// A festival with tickets, filed as `FEST/1/2026/O-1`.
pub async fn filed(app: &TestApp) -> (Office, Call, konkurs::store::OfferId) {
    let (office, call) = announced(app).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = begin(&ngo, &call).await;
    filled(&ngo, &id).await;
    fill(&ngo, &id, "kosztorys", costs("2 000", "3 000")).await;
    let tickets = form(&[("unpaid", "false"), ("fees_form", "bilet na koncert"), ("fees_amount", "20"), ("other", "")]);
    fill(&ngo, &id, "inne", tickets).await;
    post(&ngo, &format!("/oferty/{id}/zlozenie"), declarations(app, &id), &[]).await.expect(303);
    app.new_mail();
    (office, call, id)
}

const TICKET: &str = "Zadanie zostanie wykonane odpłatnie. Świadczenia od odbiorców: bilet na koncert; najwyższa opłata od \
                      jednego odbiorcy: 20,00 zł.";

#[actix_web::test]
async fn a_festival_goes_from_the_rules_of_the_office_to_the_receipt() {
    let app = TestApp::new().await;
    let (_, call) = announced(&app).await;
    let public = format!("/konkursy/{}", call.id);
    let said = [
        "Tryb wspieranie",
        "Oferent może pobierać opłaty od odbiorców zadania w ramach odpłatnej działalności pożytku publicznego",
        "Liczba odbiorców: 500. Termin realizacji: od 01.05.2027 do 30.09.2027.",
        "Opłaty od odbiorców oferent może pobierać opłaty od odbiorców zadania; mówi o nich w częściach VI.1 i V.B (wiersz 4) oferty",
        "Zajęcia zadanie nie polega na zajęciach w grupach: trenerów, grup, godzin ani programu zajęć oferta nie podaje",
        "Rezultaty (część III.6) oferent nie wypełnia tej części (nie dotyczy); powód: Festyn jest otwarty; liczby widzów nie da się zmierzyć.",
        "Kwalifikacje osób, które wykonają zadanie",
        "Odbiorcy",
        "Choceń",
    ];
    let page = app.stranger().page(&public).await;
    for words in said {
        page.says(words);
    }
    let print = pdf_text(&app.stranger().page(&format!("{public}/ogloszenie.pdf")).await.body);
    for text in [page.text(), print] {
        for never in ["trener z", "trenera", "Kwalifikacje trenerów", "Największa grupa", "Godziny zajęć", "70,00 zł"]
        {
            assert!(!text.contains(never), "{never}");
        }
    }

    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let id = begin(&ngo, &call).await;
    let path = format!("/oferty/{id}");
    assert!(!find(&app, &id).content.unpaid, "whether the task is paid is the offeror's to say");
    ngo.page(&path)
        .await
        .says("Doświadczenie i zasoby")
        .says("Program zajęć ogłoszenie nie prosi o zajęcia; ta część wypełnia się sama nie dotyczy")
        .says("Brakuje: deklaracja odpłatnego albo nieodpłatnego wykonania zadania.")
        .says_not("trener z kwalifikacjami")
        .says_not("choć jedna grupa")
        .says_not("choć jeden rezultat");
    filled(&ngo, &id).await;
    ngo.page(&format!("{path}/rezultaty"))
        .await
        .says("Ta część wypełnia się sama: „nie dotyczy”. Urząd zrezygnował z niej w ogłoszeniu. Powód: Festyn jest otwarty")
        .says_not("Dodaj rezultat")
        .says_not("Dodaj miernik");
    ngo.page(&format!("{path}/zasoby"))
        .await
        .says("Trenerzy, grupy, godziny i program zajęć wypełniają się same")
        .says_not("Dodaj trenera");
    ngo.page(&format!("{path}/program")).await.says("Ogłoszenie tego konkursu nie prosi o zajęcia.");
    ngo.post(&format!("{path}/program"), &[("grupa", "E1-G1"), ("version", "1")])
        .await
        .expect(403)
        .says("nie prosi o zajęcia");
    // Nor is it taken from a page that saves by itself, or from the choice between two texts.
    let before = find(&app, &id);
    let (version, base) = (before.version.to_string(), "x");
    let lesson =
        [("grupa", "E1-G1"), ("version", version.as_str()), ("base", base), ("programme.0.topic", "Praca w sieci")];
    let refused = ngo.script(&format!("{path}/program/autozapis"), &lesson).await;
    assert!(refused.expect(403).json()["error"].as_str().unwrap().contains("nie prosi o zajęcia"));
    let merged = lesson.into_iter().chain([("_wszystko", "mine")]).collect::<Vec<_>>();
    ngo.post(&format!("{path}/program/scalenie"), &merged).await;
    assert_eq!(find(&app, &id), before);
    ngo.get(&format!("{path}/arkusze/rezultaty")).await.expect(403).says("zrezygnował w ogłoszeniu z części III.6");
    ngo.page(&format!("{path}/kosztorys")).await.says_not("Praca trenera");

    fill(&ngo, &id, "kosztorys", costs("2 000", "3 000")).await;
    fill(&ngo, &id, "inne", form(&[("unpaid", "true"), ("other", "")])).await;
    ngo.page(&path)
        .await
        .says("Świadczenia od odbiorców: 2 000,00 zł, a w części VI.1 zaznaczono „nieodpłatnie”.")
        .says("R-OFF-23")
        .says("Zostaw wiersz 4 pusty albo zmień deklarację VI.1 na „odpłatnie”.");
    assert!(ngo.page(&path).await.html().contains(&format!("href=\"{path}/kosztorys#recipients\"")));
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[]).await.expect(422).says("R-OFF-23");
    fill(&ngo, &id, "inne", form(&[("unpaid", "false"), ("other", "")])).await;
    ngo.page(&path)
        .await
        .says("Brakuje: za co i w jakiej formie odbiorcy zapłacą.")
        .says("Brakuje: najwyższa opłata od jednego odbiorcy.");
    let tickets = form(&[("unpaid", "false"), ("fees_form", "bilet na koncert"), ("fees_amount", "20"), ("other", "")]);
    fill(&ngo, &id, "inne", tickets).await;
    fill(&ngo, &id, "kosztorys", costs("", "5 000")).await;
    ngo.page(&path)
        .await
        .says("Zaznaczono „odpłatnie”, a w wierszu 4 części V.B nie ma świadczeń od odbiorców.")
        .says("Oferta jest kompletna i można ją złożyć.");
    fill(&ngo, &id, "kosztorys", costs("2 000", "3 000")).await;
    for page in [path.clone(), format!("{path}/zlozenie")] {
        ngo.page(&page)
            .await
            .says("Oferta jest kompletna i można ją złożyć.")
            .says("Sprawdziliśmy sumy i limity. Uwag nie ma.")
            .says_not("godziny i limity")
            .says_not("Grupy");
    }
    assert_eq!(find(&app, &id).content.place, "plaża w Choceniu");

    app.new_mail();
    post(&ngo, &format!("{path}/zlozenie"), declarations(&app, &id), &[]).await.expect(303);
    assert_eq!(app.new_mail().len(), 1);
    let offer = find(&app, &id);
    assert_eq!((offer.state, offer.grant), (OfferState::Submitted, Money::zl(20_000)));
    let version = app.state.store.read(|r| store::version(r, &id, 1)).unwrap();
    assert_eq!(version.content.offer.fees.as_ref().map(|f| f.amount), Some(Money::zl(20)));
    ngo.page(&format!("{path}/potwierdzenie")).await.says("Numer FEST/1/2026/O-1").says(&version.sha256);
    let receipt = pdf_text(&ngo.page(&format!("{path}/potwierdzenie.pdf")).await.body);
    says_in_order(&receipt, &["FEST/1/2026/O-1", "Święto jeziora"]);
    the_papers_say_what_does_not_apply(&ngo, &path).await;
}

async fn the_papers_say_what_does_not_apply(ngo: &Client, path: &str) {
    let print = pdf_text(&ngo.page(&format!("{path}/oferta.pdf")).await.body);
    let form = [
        "6. Dodatkowe informacje",
        "nie dotyczy",
        "IV. Charakterystyka oferenta",
        "4 Świadczenia pieniężne od odbiorców zadania 2 000,00 8,00",
        "1. Deklaracja o zamiarze odpłatnego lub nieodpłatnego wykonania zadania publicznego",
        TICKET,
        "pobieranie świadczeń pieniężnych będzie się odbywać wyłącznie w ramach prowadzonej odpłatnej działalności",
    ];
    says_in_order(&print, &form);
    let text = words(&ngo.page(&format!("{path}/oferta.docx")).await.body);
    let docx =
        [TICKET, "Załącznik: opis zajęć", "1. Grupy i godziny", "nie dotyczy", "2. Program zajęć", "nie dotyczy"];
    says_in_order(&text, &docx);
    let page = ngo.page(&format!("{path}/podglad")).await;
    page.says(TICKET).says("Program zajęć nie dotyczy").says("Mierniki efektów u pojedynczej osoby nie dotyczy");
    for text in [print, text, page.text()] {
        assert!(!text.contains("godziny grup stoją w tabeli") && !text.contains("Trenerzy"), "{text}");
    }
    let book = ngo.page(&format!("{path}/oferta.xlsx")).await;
    assert!(book.body.starts_with(b"PK"));
}

#[actix_web::test]
async fn the_choices_of_a_local_programme_agree_with_its_rules_and_with_themselves() {
    let app = TestApp::new().await;
    let (office, draft) = drafted(&app, &PROGRAMME).await;
    let officer = &office.officer;
    let url = format!("/urzad/konkursy/{}/warunki", draft.id);
    officer
        .page(&url)
        .await
        .says("Czy oferent może pobierać opłaty od odbiorców zadania")
        .says("Czy zadanie polega na zajęciach w grupach")
        .says_not("bo wynika to z ustawy");
    let with = |changes: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
        let kept = TERMS.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        kept.chain(changes.iter().copied()).collect()
    };
    let page = change(officer, &draft, Part::Terms, &with(&[("results_waived", "")])).await;
    page.expect(422).says("Napisz, dlaczego rodzaj zadania uniemożliwia podanie takich rezultatów.");
    assert!(page.html().contains("href=\"#results_waived\""));
    change(officer, &draft, Part::Terms, &with(&[("mode", "entrusting")])).await.expect(303);
    let hub = officer.page(&format!("/urzad/konkursy/{}", draft.id)).await;
    hub.says("Konkurs powierza zadanie i pozwala pobierać opłaty od odbiorców.")
        .says("Konkurs pozwala pobierać opłaty od odbiorców, a element 3 o nich nie mówi.")
        .says("Zadanie nie polega na zajęciach w grupach, a element 4 o nich mówi.")
        .says("Kwalifikacje osób, które wykonają zadanie");
    let card = [
        ("criteria.0.key", "trainers"),
        ("criteria.0.name", "Kwalifikacje trenerów"),
        ("criteria.0.point", "3"),
        ("criteria.0.max", "100"),
        ("threshold", "60"),
    ];
    change(officer, &draft, Part::Card, &card).await.expect(303);
    officer
        .page(&format!("/urzad/konkursy/{}/karta-oceny", draft.id))
        .await
        .says("Kryterium „Kwalifikacje trenerów” mówi o trenerach albo zajęciach.")
        .says("R-LOC-02");
    change(officer, &draft, Part::Terms, &with(&[("classes", "yes")])).await.expect(303);
    let kept = call_of(&app, &draft.id).content;
    assert_eq!(kept.card.criteria.len(), 1, "a card that somebody changed stays");
    assert!(kept.attachments.iter().any(|a| a.key == "qualifications"), "the others follow");
}

#[actix_web::test]
async fn where_hours_are_counted_or_an_act_speaks_there_is_no_choice() {
    let app = TestApp::new().await;
    let mut capped = sample::pai_call(&app);
    capped.content.terms.local.classes = false;
    let check = |call: &Call| {
        let programme = sample::programme_content(&call.content.rules.code);
        let tables = konkurs::law::Tables::shipped();
        konkurs::call::rules::check(&call.content, &programme, sample::day("2026-11-23"), &tables, Money::ZERO)
    };
    let found: Vec<String> =
        check(&capped).into_iter().filter(|f| f.rule.as_str() == "R-LOC-02").map(|f| f.found).collect();
    assert_eq!(
        found[..1],
        ["Konkurs nie prosi o zajęcia, a zasady LOK-1 mają limit stawki albo godziny zajęć.".to_owned()]
    );
    let mut rsd = sample::rsd_call(&app);
    rsd.content.terms.local = capped.content.terms.local.clone();
    rsd.content.terms.local.paid = true;
    assert_eq!(rsd.content.applies(), konkurs::call::Applies::STATUTORY);
    assert!(check(&rsd).iter().all(|f| f.rule.as_str() != "R-LOC-02"));

    let office = crate::call::office(&app).await;
    let draft = crate::call::drafted(&app, &office, sample::programme_content("RSD-1"));
    office
        .officer
        .page(&format!("/urzad/konkursy/{}/warunki", draft.id))
        .await
        .says("Tego ogłoszenie nie zmienia, bo wynika to z ustawy:")
        .says("Opłaty od odbiorców (VI.1) zadanie jest nieodpłatne: to forma pomocy finansowana z Funduszu Pracy. Podstawa: art. 200 ust. 4 i art. 300 ust. 2 pkt 21 ustawy z 20.03.2025 (o opłatach od uczestników ustawa wprost nie mówi) (niesprawdzone z tekstem urzędowym).")
        .says("art. 200 ust. 2 pkt 4 ustawy z 20.03.2025")
        .says_not("Czy oferent może pobierać opłaty")
        .says("Co obejmuje limit")
        .says_not("Limit dla mniejszej grupy")
        .says_not("Tydzień, w którym liczy się godziny");
    let shown = app.stranger().page(&format!("/konkursy/{}", rsd.id)).await;
    shown.says("Co obejmuje limit").says_not("Mniejsza grupa").says_not("Tydzień");
    let sent = [("mode", "entrusting"), ("paid", "yes"), ("classes", "no"), ("results", "no"), ("group_max", "10")];
    change(&office.officer, &draft, Part::Terms, &sent).await.expect(303);
    assert!(call_of(&app, &draft.id).content.terms.local.is_usual(), "what was sent all the same is not kept");
}

#[actix_web::test]
async fn a_free_task_of_an_act_takes_no_payments_of_recipients() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.sources.recipients = Money::zl(50);
    content.sources.grant = Money::zl(85_000);
    let offer = super::draft_of(&app, &call, &ngo, content);
    ngo.page(&format!("/oferty/{}/kosztorys", offer.id))
        .await
        .says("Świadczenia od odbiorców: 50,00 zł, a w części VI.1 zaznaczono „nieodpłatnie”.")
        .says("Zostaw wiersz 4 pusty: w tym konkursie zadanie jest nieodpłatne.");
    let refused = post(&ngo, &format!("/oferty/{}/zlozenie", offer.id), declarations(&app, &offer.id), &[]).await;
    refused.expect(422).says("R-OFF-23");
}

#[actix_web::test]
async fn a_change_that_asks_for_more_opens_a_new_term_and_one_that_asks_for_less_does_not() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let changed = |change: fn(&mut konkurs::call::LocalTerms), from: &konkurs::call::CallContent| {
        let mut to = from.clone();
        change(&mut to.terms.local);
        (AmendmentKind::of(&changes(from, &to)), to)
    };
    let (kind, waived) = changed(|t| t.results_waived = Some("festyn".into()), &call.content);
    assert_eq!(kind, AmendmentKind::Repair);
    assert_eq!(changed(|t| t.results_waived = None, &waived).0, AmendmentKind::NewTerm(vec![3]));
    assert_eq!(changed(|t| t.paid = true, &call.content).0, AmendmentKind::NewTerm(vec![3]));
    assert_eq!(changed(|t| t.classes = false, &call.content).0, AmendmentKind::NewTerm(vec![3, 4]));
}

#[actix_web::test]
async fn a_programme_without_groups_makes_a_call_without_classes() {
    let app = TestApp::new().await;
    let (office, draft) = drafted(&app, &without_groups()).await;
    let officer = &office.officer;
    officer
        .page(&format!("/urzad/programy/{}", draft.programme))
        .await
        .says("Warunki przed konkursem są spełnione.")
        .says("Odbiorcy mieszkańcy powiatu")
        .says_not("Opinia powiatowej rady")
        .says_not("Prace społecznie użyteczne")
        .says_not("OPS")
        .says_not("Grupy");
    let c = &draft.content;
    assert!(c.groups.is_empty() && !c.applies().classes);
    assert_eq!((c.persons(), c.gmina_names()), (500, vec!["Choceń"]));
    let url = format!("/urzad/konkursy/{}", draft.id);
    officer
        .page(&url)
        .await
        .says("nazwa, kontakt, terminy i gminy, inna podstawa prawna")
        .says_not("wielkość grupy")
        .says_not("R-LOC-02");
    officer.page(&format!("{url}/program")).await.says("Odbiorcy 500 (Choceń)").says_not("Grupy w konkursie");
    officer.page(&format!("{url}/warunki-wstepne")).await.says("Choceń 500").says_not("brak zapisu");
    officer
        .page(&format!("{url}/warunki"))
        .await
        .says("Godziny i wielkość grupy: bez znaczenia, bo zadanie nie polega na zajęciach w grupach");
    officer
        .page(&format!("{url}/karta-formalna"))
        .await
        .says("Czy zakres zgadza się z ogłoszonym zadaniem (działania, liczba odbiorców, terminy)?")
        .says_not("godziny");
    let card = officer.page(&format!("{url}/karta-oceny")).await.html();
    assert!(card.contains("Plan działań: dopasowanie do odbiorców") && !card.contains("trener"), "{card}");
    officer.page(&format!("{url}/elementy")).await.says("Liczba odbiorców: 500.").says_not("w każdej najwyżej");
    // Classes need groups, and groups come from the programme.
    let classes: Vec<(&str, &str)> =
        TERMS.into_iter().map(|(name, value)| (name, if name == "classes" { "yes" } else { value })).collect();
    change(officer, &draft, Part::Terms, &classes).await.expect(303);
    officer
        .page(&url)
        .await
        .says("Konkurs prosi o zajęcia w grupach, a program nie ma żadnej grupy.")
        .says("Wpisz grupy w programie albo zaznacz, że zadanie nie polega na zajęciach.");
    let asked = call_of(&app, &draft.id).content;
    assert!(asked.formal.iter().any(|q| q.text.contains("(liczba osób, godziny)")), "the usual question is back");
}

#[actix_web::test]
async fn persons_of_a_programme_without_groups_still_agree_and_counted_hours_want_groups() {
    let app = TestApp::new().await;
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    officer.post("/urzad/programy/lokalne", &RULES).await.expect(303);
    let mut fewer = without_groups();
    fewer.retain(|(name, _)| *name != "editions.0.persons");
    fewer.push(("editions.0.persons", "400"));
    let programme = officer.post("/urzad/programy", &fewer).await.expect(303).location.clone();
    officer
        .page(&programme)
        .await
        .says("W gminach 500, w edycjach 400.")
        .says("Te dwie sumy są równe i większe od zera.")
        .says("Popraw liczby w gminach albo edycjach; grup ten program mieć nie musi.");
    officer.post(&format!("{programme}/potwierdzenie"), &[("version", "0")]).await.expect(422);
    let mut counted = RULES.to_vec();
    counted.retain(|(name, _)| !["code", "cap"].contains(name));
    counted.extend([("code", "KURS-1"), ("cap", "trainer"), ("rate", "90"), ("cap_basis", "§ 4 uchwały")]);
    officer.post("/urzad/programy/lokalne", &counted).await.expect(303);
    let mut course = without_groups();
    course.retain(|(name, _)| *name != "rules");
    course.push(("rules", "KURS-1"));
    let programme = officer.post("/urzad/programy", &course).await.expect(303).location.clone();
    officer
        .page(&programme)
        .await
        .says("W gminach 500, w edycjach 500, w grupach 0.")
        .says("W edycji 500 osób, w jej grupach 0.");
}

#[actix_web::test]
async fn a_festival_copied_from_a_course_and_its_workbook_speak_of_no_trainers() {
    let app = TestApp::new().await;
    let (_, call) = announced(&app).await;
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let course = sample::pai_call(&app);
    let old = super::draft(&app, &course, &ngo);
    let id = begin(&ngo, &call).await;
    let path = format!("/oferty/{id}");
    assert_eq!(find(&app, &id).content.place, "Choceń", "the place comes from the gminas of the call");
    post(&ngo, &format!("{path}/kopia"), form(&[("version", "0"), ("from", old.id.as_str())]), &[]).await.expect(303);
    ngo.page(&path)
        .await
        .says("Obejrzyj jeszcze raz: terminy i działania (daty są puste), koszty i dotację, opłaty od odbiorców, rezultaty. Oświadczeń nie skopiowano.")
        .says_not("grupy i godziny (są z tego ogłoszenia)");
    for tail in ["wzor", "dane"] {
        let book = ngo.page(&format!("{path}/arkusze/koszty/{tail}.xlsx")).await;
        let text = format!("{:?}", cells_of(&book.body));
        assert!(text.contains("Koszt jednostkowy"), "{tail}: {text}");
        // What the offeror wrote in the course stays; the headings and the explanations do not ask for it.
        let own = text.replace("Wynagrodzenia trenerów", "").replace("wynagrodzenia trenerów", "");
        assert!(!own.to_lowercase().contains("trener"), "{tail}: {own}");
    }
}

/// Every cell of every sheet.
fn cells_of(book: &[u8]) -> Vec<String> {
    use calamine::{Reader as _, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(book)).unwrap();
    let sheets = book.worksheets();
    sheets.iter().flat_map(|(_, range)| range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>()).collect()
}

#[actix_web::test]
async fn a_copy_into_classes_has_the_card_and_the_attachments_of_classes() {
    let app = TestApp::new().await;
    let (office, draft) = drafted(&app, &PROGRAMME).await;
    change(&office.officer, &draft, Part::Terms, &TERMS).await.expect(303);
    let from = call_of(&app, &draft.id);
    assert!(from.content.card.criteria.iter().all(|c| c.key != "trainers"));
    let other = crate::programme::confirmed(&app, &office.officer, sample::programme_content("RSD-1"));
    let other = [("programme", other.as_str())];
    let made = office.officer.post(&format!("/urzad/konkursy/{}/kopia", from.id), &other).await;
    let id = konkurs::store::CallId::parse(made.expect(303).location.rsplit('/').next().unwrap()).unwrap();
    let copy = call_of(&app, &id).content;
    assert!(copy.card.criteria.iter().any(|c| c.key == "trainers"), "{:?}", copy.card);
    assert!(copy.attachments.iter().any(|a| a.key == "qualifications"), "{:?}", copy.attachments);
    // And back: a course copied for a programme without groups is no course.
    let bare = office.officer.post("/urzad/programy", &without_groups()).await.expect(303).location.clone();
    office.officer.post(&format!("{bare}/potwierdzenie"), &[("version", "0")]).await.expect(303);
    let bare = [("programme", bare.trim_start_matches("/urzad/programy/"))];
    let made = office.officer.post(&format!("/urzad/konkursy/{id}/kopia"), &bare).await;
    let id = konkurs::store::CallId::parse(made.expect(303).location.rsplit('/').next().unwrap()).unwrap();
    let copy = call_of(&app, &id).content;
    assert!(!copy.applies().classes && copy.card.criteria.iter().all(|c| c.key != "trainers"), "{:?}", copy.card);
    assert!(copy.formal.iter().all(|q| !q.text.contains("godziny")), "{:?}", copy.formal);
    assert!(copy.elements.conditions.contains("Liczba odbiorców: 500."), "{}", copy.elements.conditions);
}
