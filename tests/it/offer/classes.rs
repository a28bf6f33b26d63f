//! The class programme: typed by group, hours that follow from it, and every rule that looks at it.

use chrono::NaiveTime;
use konkurs::account::Organisation;
use konkurs::call::{Call, CallContent};
use konkurs::law::{HourUnit, Minutes, Severity, rule};
use konkurs::offer::{OfferContent, PlannedClass, classes, rules};

use super::{day, draft, find, form, post};
use crate::support::{TestApp, sample};

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

pub fn class(group: &str, on: &str, from: &str, to: &str) -> PlannedClass {
    PlannedClass {
        group: group.into(),
        day: Some(day(on)),
        from: Some(time(from)),
        to: Some(time(to)),
        topic: "praca nad motywacją".into(),
        trainer: "Ewa Trener".into(),
        individual: false,
    }
}

/// Monday and Wednesday of every week of the first edition, five hours each, and a short end.
pub fn full_edition(group: &str, from: &str, to: &str) -> Vec<PlannedClass> {
    let last = day("2027-03-10");
    day("2027-01-11")
        .iter_days()
        .take_while(|d| *d <= last)
        .filter(|d| d.signed_duration_since(day("2027-01-11")).num_days() % 7 % 2 == 0)
        .filter(|d| d.signed_duration_since(day("2027-01-11")).num_days() % 7 < 3)
        .map(|d| class(group, &d.to_string(), from, to))
        .collect()
}

struct Sound {
    content: OfferContent,
    call: CallContent,
    org: Organisation,
}

async fn sound(call_of: fn(&TestApp) -> Call) -> Sound {
    let app = TestApp::new().await;
    let call = call_of(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let mut content = sample::offer_content(&call);
    content.hours.truncate(1);
    content.programme = full_edition("E1-G1", "09:00:00", "14:00:00");
    classes::fit_hours(&mut content);
    Sound { content, org: sample::org_of(&app, &ngo), call: call.content }
}

/// What the programme is told: rule, severity, place.
fn told(s: &Sound) -> Vec<(String, Severity, String)> {
    let about = |f: &konkurs::law::Finding| f.place.starts_with("Program") || f.rule.as_str() == "R-OFF-17";
    rules::check(&s.content, &s.org, &s.call)
        .into_iter()
        .filter(about)
        .map(|f| {
            assert!(rule(f.rule.as_str()).is_some(), "{}", f.rule);
            (f.rule.to_string(), f.severity, f.place)
        })
        .collect()
}

#[actix_web::test]
async fn hours_of_a_group_follow_from_its_classes() {
    let s = sound(sample::pai_call).await;
    assert_eq!(s.content.programme.len(), 18);
    assert_eq!(s.content.hours[0].minutes, Minutes::from_hours(90));
    assert_eq!(told(&s), [], "nine weeks of ten hours, the last of three days");
}

type Change = fn(&mut Sound);

#[actix_web::test]
async fn every_rule_of_the_programme_meets_its_case() {
    let block = Severity::Block;
    let row = |n: usize| format!("Program, grupa E1-G1, wiersz {n}");
    let group = "Program, grupa E1-G1".to_owned();
    let cases: Vec<(Change, &str, Severity, String)> = vec![
        (|s| s.content.programme[2].topic.clear(), "R-OFF-14", block, row(3)),
        (|s| s.content.programme[2].trainer = "Jan Obcy".into(), "R-OFF-17", block, row(3)),
        (|s| s.content.hours[0].minutes = Minutes::from_hours(91), "R-OFF-17", block, "IV.2, grupa E1-G1".into()),
        (|s| s.content.programme[0].group = "E9".into(), "R-OFF-15", block, "Program, grupa E9".into()),
        (|s| s.content.programme[17].day = Some(day("2027-03-11")), "R-HRS-07", block, row(18)),
        (|s| s.content.programme[1].to = Some(time("09:00:00")), "R-HRS-06", block, row(2)),
        (|s| s.content.programme[1].to = Some(time("13:59:00")), "R-HRS-01", block, group.clone()),
        (|s| drop(s.content.programme.drain(16..)), "R-HRS-01", Severity::Warn, group.clone()),
        (|s| s.content.programme.push(class("E1-G1", "2027-01-11", "13:00:00", "15:00:00")), "R-TS-01", block, row(19)),
        (|s| s.call.terms.unit = HourUnit::Min45, "R-HRS-04", Severity::Warn, row(1)),
    ];
    for (at, (change, id, severity, place)) in cases.into_iter().enumerate() {
        let mut s = sound(sample::pai_call).await;
        change(&mut s);
        if id != "R-OFF-17" || at == 1 {
            classes::fit_hours(&mut s.content);
        }
        let found = told(&s);
        assert!(found.contains(&(id.to_owned(), severity, place.clone())), "case {at}: {id} at {place} in {found:?}");
    }
}

#[actix_web::test]
async fn a_day_of_reintegration_is_four_hours() {
    let mut s = sound(sample::rsd_call).await;
    let found = told(&s);
    let days = found.iter().filter(|(id, ..)| id == "R-HRS-05").count();
    assert_eq!(days, 9, "eight days and a word on the ten others: {found:?}");
    for c in &mut s.content.programme {
        c.to = Some(time("13:00:00"));
    }
    classes::fit_hours(&mut s.content);
    assert_eq!(told(&s), []);
    assert_eq!(s.content.hours[0].minutes, Minutes::from_hours(72));
    s.content.programme[0].individual = true;
    classes::fit_hours(&mut s.content);
    assert_eq!(s.content.hours[0].individual, Minutes::from_hours(4));
    assert_eq!(s.content.group_hours(true)[0].minutes, Minutes::from_hours(72), "individual hours count here");
}

#[actix_web::test]
async fn a_group_is_planned_on_its_page_and_the_hours_follow() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Stowarzyszenie Promyk", &sample::nip(1)).await;
    let offer = draft(&app, &call, &ngo);
    let path = format!("/oferty/{}/program", offer.id);
    ngo.page(&path).await.says("E1-G1 edycja 1: 11.01.2027–10.03.2027 0 – – –");
    let one = form(&[
        ("version", "1"),
        ("grupa", "E1-G1"),
        ("programme.0.day", "2027-01-13"),
        ("programme.0.from", "09:00"),
        ("programme.0.to", "14:00"),
        ("programme.0.topic", "praca nad motywacją"),
        ("programme.0.trainer", "Ewa Trener"),
        ("programme.1.day", "2027-01-11"),
        ("programme.1.from", "9:00"),
        ("programme.1.to", "12:30"),
        ("programme.1.topic", "kompetencje społeczne"),
        ("programme.1.trainer", "Ewa  Trener"),
    ]);
    let more = post(&ngo, &path, one.clone(), &[("_add", "programme")]).await;
    more.expect(200).says("Zajęcia 3");
    assert_eq!(more.value_of("programme.1.to").as_deref(), Some("12:30"));
    let saved = post(&ngo, &path, one, &[]).await;
    saved.expect(303);
    assert_eq!(saved.location, format!("{path}?grupa=E1-G1"));
    let content = find(&app, &offer.id).content;
    assert_eq!(content.hours[0].minutes, Minutes::new(510), "the hours follow");
    assert_eq!(content.hours[1].minutes, Minutes::from_hours(90));
    assert_eq!(content.programme[0].day, Some(day("2027-01-11")), "in the order of the days");
    ngo.page(&saved.location)
        .await
        .says("Godziny zajęć grupowych w tygodniach, co najmniej 10 h w każdym")
        .says("11.01.2027–17.01.2027 8 h 30 min z 10 h")
        .says(
            "Za mało zajęć w tygodniach: 11.01.2027–17.01.2027 (8 h 30 min z 10 h), 18.01.2027–24.01.2027 (0 h z 10 h)",
        )
        .says("i jeszcze 1.");
    ngo.page(&path).await.says("2 8 h 30 min 0 h 9 tygodni z 9");
    ngo.page(&format!("/oferty/{}/zasoby", offer.id)).await.says("Wynika z programu zajęć.");
    let hub = ngo.page(&format!("/oferty/{}", offer.id)).await;
    assert!(hub.html().contains(&format!("{path}?grupa=E1-G1#programme")), "the remark leads to the group");
    let bad =
        form(&[("version", "2"), ("grupa", "E1-G1"), ("programme.0.day", "31.02.2027"), ("programme.0.from", "25:00")]);
    let answer = post(&ngo, &path, bad, &[]).await;
    answer.expect(422).says("Nie ma takiego dnia: luty 2027 ma 28 dni.");
    assert_eq!(answer.value_of("programme.0.from").as_deref(), Some("25:00"));
    let stale = form(&[("version", "1"), ("grupa", "E1-G1"), ("programme.0.topic", "inny temat")]);
    let answer = post(&ngo, &path, stale, &[]).await;
    answer.expect(409);
    assert_eq!(answer.value_of("programme.0.topic").as_deref(), Some("inny temat"));
    assert_eq!(find(&app, &offer.id).content.programme.len(), 2, "nothing was overwritten");
}
