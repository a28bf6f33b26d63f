//! The public list of calls, saving by itself, submitting: each with one client and with many.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use chrono::{DurationRound as _, TimeDelta};

use super::http::{Answer, Browser};
use super::load::{Deed, HEAD, Level, Outcome, level};
use super::machine::Server;
use super::people::{Draft, World};
use super::{Ground, Size, bare};

/// Whether every answer was the one that was due.
pub fn run(size: Size, ground: &Ground) -> bool {
    let world = World::make(ground, size.organisations);
    let bare = [1, 8].map(|writers| bare::commits(ground, writers, size.seconds));
    println!("Bare commits of one row: {:.0}/s with one writer, {:.0}/s with eight.\n", bare[0], bare[1]);
    let far = (world.state.clock.now() + TimeDelta::days(3)).duration_trunc(TimeDelta::seconds(1)).unwrap();
    let open: Vec<Vec<Draft>> = (0..4).map(|_| world.drafts(&world.announce(far).id)).collect();
    let server = Server::start(ground);
    let ids = (server.id(), ground.database);
    println!("{HEAD}");
    let mut wrong = 0;
    let mut show = |what: &str, level: &Level, bare: Option<f64>| {
        level.print(what, bare);
        wrong += level.wrong.len();
    };
    // The first requests pay for what is made once.
    level(&server.host, ids, size.seconds / 4, readers(4));
    for clients in size.clients {
        show("list of calls", &level(&server.host, ids, size.seconds, readers(*clients)), None);
    }
    for clients in size.clients {
        let deeds = savers(&world, open.concat(), *clients);
        show("autosave", &level(&server.host, ids, size.seconds, deeds), Some(bare[0]));
    }
    for clients in size.clients {
        let drafts: Vec<Draft> = (0..size.calls_a_level).flat_map(|_| world.drafts(&world.announce(far).id)).collect();
        let queue = Mutex::new(drafts);
        let deeds = submitters(&world, &queue, *clients);
        show("submit", &level(&server.host, ids, size.seconds, deeds), Some(bare[0]));
    }
    wrong == 0
}

fn readers<'a>(clients: usize) -> Vec<Deed<'a>> {
    let read = |browser: &mut Browser| match browser.get("/konkursy") {
        Ok(answer) if answer.status == 200 => Outcome::Done,
        other => Outcome::Wrong(said(other)),
    };
    (0..clients).map(|_| Box::new(read) as Deed<'a>).collect()
}

/// What an unexpected answer was, in short.
pub fn said(answer: std::io::Result<Answer>) -> String {
    match answer {
        Ok(answer) => {
            let text: String = answer.body.split("<main").last().unwrap_or_default().chars().take(600).collect();
            format!("{} {} {text}", answer.status, answer.location)
        }
        Err(e) => e.to_string(),
    }
}

/// Every client has drafts of its own and types into one after the other.
pub fn savers<'a>(world: &World, drafts: Vec<Draft>, clients: usize) -> Vec<Deed<'a>> {
    let fields = world.task_fields();
    let mut hands: Vec<Vec<Draft>> = vec![Vec::new(); clients];
    // The drafts of one organisation go to one client: a session is not in two places.
    let people = world.people.len();
    drafts.into_iter().enumerate().for_each(|(at, draft)| hands[at % people % clients].push(draft));
    let client = |mine: Vec<Draft>| {
        let (mut turn, fields) = (0, fields.clone());
        Box::new(move |browser: &mut Browser| {
            let at = turn % mine.len();
            turn += 1;
            save(browser, &mine[at], &fields, turn)
        }) as Deed<'a>
    };
    hands.into_iter().map(client).collect()
}

fn save(browser: &mut Browser, draft: &Draft, fields: &[(&'static str, String)], turn: usize) -> Outcome {
    let problem = format!("Długie pozostawanie bez pracy i mała wiara w siebie; dopisek nr {turn}.");
    let version = draft.version.load(Ordering::SeqCst).to_string();
    let mut form: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.extend([("problem", problem.as_str()), ("version", &version), ("_token", &draft.by.token)]);
    let answer = browser.post(&format!("/oferty/{}/zadanie/autozapis", draft.id), &draft.by.session, true, &form);
    match answer {
        Ok(answer) if answer.status == 200 && answer.body.contains("\"saved_at\"") => {
            let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            draft.version.store(told["version"].as_i64().unwrap(), Ordering::SeqCst);
            Outcome::Done
        }
        other => Outcome::Wrong(said(other)),
    }
}

fn submitters<'a>(world: &World, queue: &'a Mutex<Vec<Draft>>, clients: usize) -> Vec<Deed<'a>> {
    let extra = world.extra_declarations();
    let client = |_| {
        Box::new(move |browser: &mut Browser| {
            let next = queue.lock().unwrap().pop();
            let Some(draft) = next else { return Outcome::Finished };
            match submit(browser, &draft, extra) {
                Ok(answer) if answer.status == 303 && answer.location.ends_with("/potwierdzenie") => Outcome::Done,
                other => Outcome::Wrong(said(other)),
            }
        }) as Deed<'a>
    };
    (0..clients).map(client).collect()
}

/// Submits a draft as the page of the signatory does.
pub fn submit(browser: &mut Browser, draft: &Draft, extra: usize) -> std::io::Result<Answer> {
    let version = draft.version.load(Ordering::SeqCst).to_string();
    let own: Vec<String> = (0..extra).map(|at| format!("extra.{at}")).collect();
    let mut form = vec![
        ("version", version.as_str()),
        ("terms", draft.terms.as_str()),
        ("replaces", "0"),
        ("public_benefit_only", "true"),
        ("paid_activity_only", "true"),
        ("tax_arrears", "no"),
        ("social_arrears", "no"),
        ("data_agree", "true"),
        ("all_true", "true"),
        ("data_protection", "true"),
        ("signed_by", "Osoba Pomiarowa, prezes zarządu"),
        ("_token", &draft.by.token),
    ];
    form.extend(own.iter().map(|name| (name.as_str(), "true")));
    browser.post(&format!("/oferty/{}/zlozenie", draft.id), &draft.by.session, false, &form)
}
