//! The part of one offeror saves by itself and loses nothing, like the parts of the form.

use konkurs::audit;
use konkurs::law::Money;
use konkurs::offer::Word;
use konkurs::offer::joint;
use serde_json::json;

use super::joint::{Scene, scene};
use super::{Form, find, org_id, post};
use crate::support::{Answer, Client, PASSWORD, sample};

impl Scene {
    fn part_of(&self, whose: &Client) -> String {
        self.path(&format!("/podzial/{}", org_id(&self.app, whose)))
    }

    /// What the page of the partner's part holds, with these changes.
    async fn typed(&self, who: &Client, changes: &[(&str, &str)]) -> Form {
        let page = who.page(&self.part_of(&self.partner)).await;
        let mut out: Form = super::merge::inputs(&page);
        out.retain(|(name, _)| !changes.iter().any(|(changed, _)| name == changed));
        out.extend(super::form(changes));
        out
    }

    async fn autosave(&self, who: &Client, fields: &Form) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        who.script(&self.path(&format!("/podzial/{}/autozapis", self.share().org)), &fields).await
    }

    fn share(&self) -> konkurs::offer::Share {
        find(&self.app, &self.id).content.joint.unwrap().shares[1].clone()
    }

    /// Where the partner's word stands for the content as it is.
    fn stands(&self) -> Word {
        let of = |r: &mut konkurs::store::Read<'_>| {
            let offer = konkurs::offer::store::find(r, &self.id)?;
            let call = konkurs::call::store::find(r, &offer.call)?;
            let org = konkurs::account::store::organisation(r, &offer.org)?;
            let parties = joint::parties(r, &offer)?;
            let whole = joint::freeze_whole(&offer, &call, &org, &[], &parties);
            Ok(parties[0].word(&joint::asked_digest(&whole)?))
        };
        self.app.state.store.read(of).unwrap()
    }
}

#[actix_web::test]
async fn the_part_of_a_partner_saves_by_itself_and_makes_its_word_stale() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    s.confirm().await.expect(303);
    assert_eq!(s.stands(), Word::Given);
    let page = s.partner.page(&s.part_of(&s.partner)).await;
    page.says("Ta część zapisuje się sama");
    let wired = format!("data-autosave=\"{}/autozapis\"", s.part_of(&s.partner)).replace('/', "&#x2F;");
    assert!(page.html().replace('/', "&#x2F;").contains(&wired), "{}", page.html());

    let fields = s.typed(&s.partner, &[("tasks", "dojazdy uczestników")]).await;
    s.app.at("2026-11-23 12:03:07");
    let said = s.autosave(&s.partner, &fields).await.expect(200).json();
    assert_eq!((&said["saved_at"], &said["errors"]), (&json!("12:03:07"), &json!({})));
    assert_eq!((s.share().tasks.as_str(), s.share().years), ("dojazdy uczestników", vec![Money::zl(35_000)]));
    assert_eq!(s.stands(), Word::Stale, "what saves itself is a change like any other");
    s.partner.page(&s.path("")).await.says("dotyczy innej treści – potrzebne nowe.");

    // The same again changes nothing; the log has the row, the story of the offer has not.
    let (version, deeds) = (s.version(), s.app.deeds());
    let again = s.typed(&s.partner, &[]).await;
    s.autosave(&s.partner, &again).await.expect(200);
    assert_eq!((s.version(), s.app.deeds()), (version, deeds));
    let rows = s.app.state.store.read(|r| audit::page(r, None, 50)).unwrap();
    assert!(
        rows.iter().any(|r| r.deed == "offer.part.autosave" && r.detail == "Zapisano część oferenta Fundacja Razem")
    );
    let story = s.app.state.store.read(|r| audit::of_object(r, s.id.as_str())).unwrap();
    assert!(!story.iter().any(|r| r.deed.ends_with(".autosave")));
    // The button goes on from what was saved by itself.
    let pressed = s.typed(&s.partner, &[("y0", "36 000")]).await;
    post(&s.partner, &s.part_of(&s.partner), pressed, &[]).await.expect(303);
    assert_eq!(s.share().years, [Money::zl(36_000)]);
}

#[actix_web::test]
async fn what_a_partner_types_is_saved_as_far_as_it_can_be_read_and_only_in_its_part() {
    let s = scene().await;
    s.join().await;
    s.divide().await;
    let fields = s.typed(&s.partner, &[("tasks", "sale w Kowalu"), ("y0", "dużo")]).await;
    let said = s.autosave(&s.partner, &fields).await.expect(200).json();
    assert_eq!(
        said["errors"],
        json!({ "y0": "Wpisano „dużo”. To nie jest kwota: dozwolone są cyfry, odstępy i jeden przecinek. Wpisz kwotę w złotych, np. 12 345,67." })
    );
    assert_eq!((s.share().tasks.as_str(), s.share().years), ("sale w Kowalu", vec![Money::zl(35_000)]));
    let fields = s.typed(&s.partner, &[("y0", "-1")]).await;
    s.autosave(&s.partner, &fields).await.expect(422);
    post(&s.partner, &s.part_of(&s.partner), fields, &[]).await.expect(422).titled("Błąd: Część oferenta");

    // The address says whose part it is, whatever the form says; the lead's is none of the partner's.
    let lead = org_id(&s.app, &s.lead).to_string();
    let fields = s.typed(&s.partner, &[("grupa", &lead), ("tasks", "nie moje")]).await;
    s.autosave(&s.partner, &fields).await.expect(200);
    let shares = find(&s.app, &s.id).content.joint.unwrap().shares;
    assert_eq!((shares[0].tasks.as_str(), shares[1].tasks.as_str()), ("grupy w gminie Kowal", "nie moje"));
    let theirs = format!("{}/autozapis", s.part_of(&s.lead));
    let refused = s.partner.script(&theirs, &[("tasks", "x")]).await;
    refused.expect(403);
    let stranger = s.app.ngo("Stowarzyszenie Obce", &sample::nip(3)).await;
    s.autosave(&stranger, &fields).await.expect(404);
}

#[actix_web::test]
async fn two_people_in_one_part_choose_between_both_texts() {
    let s = scene().await;
    s.join().await;
    let late = s.typed(&s.partner, &[("tasks", "dojazdy uczestników"), ("y0", "20 000")]).await;
    s.fill_part(&s.lead, &s.partner, "35 000").await.expect(303);
    let told = s.autosave(&s.partner, &late).await;
    let told = told.expect(409).json();
    assert_eq!(told["stale"], json!(true));
    let both = post(&s.partner, &s.part_of(&s.partner), late, &[]).await;
    both.expect(409)
        .says("Kiedy ta część była u Ciebie otwarta, zapisano w niej coś innego.")
        .says("Działanie 1. Warsztaty Moja wersja nie Wersja zapisana tak")
        .says("Co dokładnie wykonuje ten oferent Moja wersja dojazdy uczestników Wersja zapisana grupy w gminie Kowal")
        .says("Część kosztów (V.C): Rok 1 Moja wersja 20000,00 Wersja zapisana 35000,00");
    assert_eq!(s.share().tasks, "grupy w gminie Kowal", "nothing was overwritten");
    let merge = format!("{}/scalenie", s.part_of(&s.partner));
    let fields = super::merge::inputs(&both);
    let open = post(&s.partner, &merge, fields.clone(), &[]).await;
    open.expect(422).says("Działanie 1. Warsztaty: wybierz, który tekst ma zostać.");
    let picks = [("_wybor.act1", "saved"), ("_wybor.tasks", "mine"), ("_wybor.y0", "saved")];
    let done = post(&s.partner, &merge, fields, &picks).await;
    assert_eq!((done.status, done.location), (303, s.path("/partnerzy")));
    let share = s.share();
    assert_eq!(
        (share.activities, share.tasks.as_str(), share.years),
        (vec![1], "dojazdy uczestników", vec![Money::zl(35_000)])
    );
    let part = format!("podzial/{}", org_id(&s.app, &s.partner));
    let here = s.lead.script(&s.path("/obecnosc"), &[("section", &part)]).await.json();
    assert_eq!(here["said"], "Anna Prezes pisze teraz w tej części, od 12:00.");
}

#[actix_web::test]
async fn a_partner_whose_session_ended_signs_in_in_place_and_saves() {
    let s = scene().await;
    s.join().await;
    let fields = s.typed(&s.partner, &[("tasks", "dojazdy")]).await;
    s.app.at("2026-11-23 15:00");
    let ended = s.autosave(&s.partner, &fields).await;
    let token = ended.expect(401).json()["token"].as_str().unwrap().to_owned();
    let email = format!("{}@example.pl", sample::nip(2));
    let enter = [("email", email.as_str()), ("password", PASSWORD), ("_token", &token)];
    s.partner.script("/konto/logowanie", &enter).await.expect(200);
    s.autosave(&s.partner, &fields).await.expect(200);
    assert_eq!(s.share().tasks, "dojazdy");
    // A copy that the browser kept is written into the form again and not saved.
    let copy = s.typed(&s.partner, &[("tasks", "z kopii"), ("_add", "kopia")]).await;
    let page = post(&s.partner, &s.part_of(&s.partner), copy, &[]).await;
    assert!(page.expect(200).html().contains("z kopii"));
    assert_eq!(s.share().tasks, "dojazdy");
}

#[actix_web::test]
async fn the_division_of_costs_is_counted_while_one_part_is_typed() {
    let s = scene().await;
    s.join().await;
    s.fill_part(&s.lead, &s.lead, "50 050").await.expect(303);
    let (lead, path) = (org_id(&s.app, &s.lead), s.part_of(&s.partner));
    let table = "Podział kosztów między oferentów (V.C) Oferent Razem Stowarzyszenie Promyk 50 050,00 zł";
    let page = s.partner.page(&path).await;
    page.says(&format!(
        "{table} Fundacja Razem 0,00 zł Oferenci razem (V.C) 50 050,00 zł \
         Suma wszystkich kosztów realizacji zadania (V.A) 85 050,00 zł Zostało do podziału (ma być 0,00 zł) 35 000,00 zł"
    ));
    let fields = s.typed(&s.partner, &[("y0", "36 000,01")]).await;
    let said = s.autosave(&s.partner, &fields).await.expect(200).json();
    let sums = json!({
        (lead.as_str()): "50 050,00 zł", "own": "36 000,01 zł", "all": "86 050,01 zł", "va": "85 050,00 zł",
        "left": "−1 000,01 zł",
    });
    assert_eq!(amounts_of(&said), sums);
    s.partner.page(&path).await.says("(ma być 0,00 zł) −1 000,01 zł");
    // What cannot be read leaves the sums alone; without a script the page counts what was sent.
    let bad = s.typed(&s.partner, &[("y0", "dużo")]).await;
    let said = s.autosave(&s.partner, &bad).await.expect(422).json();
    assert_eq!(said["sums"], json!(null));
    let copy = s.typed(&s.partner, &[("y0", "35 000"), ("_add", "kopia")]).await;
    let shown = post(&s.partner, &path, copy, &[]).await;
    shown.expect(200).says("Fundacja Razem 35 000,00 zł Oferenci razem (V.C) 85 050,00 zł");
    shown.says("(ma być 0,00 zł) 0,00 zł");

    // With two years each has its column.
    let mut content = find(&s.app, &s.id).content;
    content.starts = Some(super::day("2026-12-01"));
    let actor = s.app.actor(&s.lead);
    let change = |_: &konkurs::offer::Offer| Ok(content.clone());
    let now = s.app.state.clock.now();
    let saving = konkurs::offer::Saving::Asked;
    konkurs::offer::edit_in(&s.app.state.store, &actor, &s.id, None, (saving, "Zadanie"), change, now).unwrap();
    let fields = s.typed(&s.partner, &[("y0", "1 000"), ("y1", "34 000")]).await;
    let said = s.autosave(&s.partner, &fields).await.expect(200).json();
    let totals = amounts_of(&said);
    for (name, value) in [
        ("own", "35 000,00 zł"),
        ("own-y0", "1 000,00 zł"),
        ("own-y1", "34 000,00 zł"),
        ("all", "85 050,00 zł"),
        ("all-y0", "51 050,00 zł"),
        ("all-y1", "34 000,00 zł"),
        ("va-y0", "85 050,00 zł"),
        ("va-y1", "0,00 zł"),
        ("left", "0,00 zł"),
        ("left-y0", "34 000,00 zł"),
        ("left-y1", "−34 000,00 zł"),
    ] {
        assert_eq!(totals[name], value, "{name}: {totals}");
    }
    s.partner.page(&path).await.says("Oferent Razem Rok 1 (2026) Rok 2 (2027) Stowarzyszenie Promyk 50 050,00 zł");
}

fn amounts_of(said: &serde_json::Value) -> serde_json::Value {
    super::autosave::amounts(&said["sums"]["totals"])
}
