//! No letter about a rehearsal leaves the office, whatever it is about.

use konkurs::account::Role;
use konkurs::mail::{self, Message};

use super::{filed, smuggle};
use crate::support::{TestApp, sample};

/// What each kind of letter is about. A new kind has to be put here, and so to be thought of.
const ABOUT: &[(&str, &str)] = &[
    ("account_address", "person"),
    ("account_address_changed", "person"),
    ("account_identifiers", "organisation"),
    ("account_invitation", "invitation"),
    ("account_joined", "invitation"),
    ("account_membership", "person"),
    ("account_owner", "person"),
    ("account_password", "person"),
    ("account_reset", "person"),
    ("account_staff", "person"),
    ("award_result", "offer"),
    ("call_amended", "call"),
    ("call_cancelled", "call"),
    ("call_extended", "call"),
    ("contract_ready", "contract"),
    ("contract_signed", "contract"),
    ("offer_confirmation_infected", "offer"),
    ("offer_confirmed", "offer"),
    ("offer_partner_confirmed", "offer"),
    ("offer_partner_declined", "offer"),
    ("offer_partner_invited", "offer"),
    ("offer_partner_joined", "offer"),
    ("offer_partner_link", "offer"),
    ("offer_partner_recalled", "offer"),
    ("offer_partner_removed", "offer"),
    ("offer_receipt", "offer"),
    ("offer_reminder", "offer"),
    ("offer_reminder_changes", "offer"),
    ("offer_reminder_confirmation", "offer"),
    ("offer_replaced", "offer"),
    ("offer_summons", "offer"),
    ("offer_summons_term", "offer"),
    ("offer_supplement", "offer"),
    ("offer_withdrawn", "offer"),
    ("question_answer_corrected", "call"),
    ("question_answered", "call"),
    ("question_confirm", "call"),
    ("question_corrected", "call"),
    ("question_published", "call"),
    ("question_refused", "call"),
    ("report_accepted", "report"),
    ("report_sent_back", "report"),
    ("report_submitted", "report"),
    ("review_appointed", "call"),
    ("welcome", "organisation"),
];

#[actix_web::test]
async fn a_letter_of_every_kind_is_held_back_from_everybody_else() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/mail");
    let mut kinds: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_str().unwrap().trim_end_matches(".txt").to_owned())
        .collect();
    kinds.sort();
    assert_eq!(ABOUT.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), kinds);

    let app = TestApp::new().await;
    let (officer, organ) =
        (app.staff("u@example.pl", &[Role::Officer]).await, app.staff("o@example.pl", &[Role::Organ]).await);
    app.staff("f@example.pl", &[Role::Finance]).await;
    let call = sample::trial_call(&app);
    let offer = filed(&app, &call, &officer);
    let (call, offer) = sample::award_to(&app, &call, &offer);
    let contract = sample::signed_contract_of(&app, &call, &offer);
    let (by, now) = (app.actor(&app.sign_in("u@example.pl")), app.state.clock.now());
    app.at("2027-12-06 09:00");
    let report =
        app.state.store.write(|tx| konkurs::report::start(tx, &by, &contract.id, 4, app.state.clock.now())).unwrap();
    let invite = |tx: &mut konkurs::store::Tx<'_>| {
        let to = ("ktos@example.org", konkurs::account::OrgRole::Editor);
        konkurs::account::invite(tx, &by, &offer.org, to, "https://k.pl", now)
    };
    let invitation = app.state.store.write(invite).unwrap();
    app.new_mail();
    drop(organ);

    for (kind, about) in ABOUT {
        let object_id = match *about {
            "call" => call.id.to_string(),
            "offer" => offer.id.to_string(),
            "contract" => contract.id.to_string(),
            "report" => report.to_string(),
            "invitation" => invitation.to_string(),
            "organisation" => offer.org.to_string(),
            _ => continue, // about a person's own account, whatever they play
        };
        let everybody = ["ktos@example.org", "f@example.pl", "u@example.pl", "o@example.pl"];
        for to in everybody {
            let (subject, body) = (format!("{kind} do {to}"), String::new());
            let message = Message { to: to.to_owned(), kind, subject, body, object_id: object_id.clone() };
            app.state.store.write(|tx| mail::put(tx, message, now)).unwrap();
        }
        let sent: Vec<String> = app.new_mail().into_iter().map(|(to, _)| to).collect();
        assert_eq!(sent, ["u@example.pl", "o@example.pl"], "{kind}");
    }
}

#[actix_web::test]
async fn what_is_real_is_not_held_back() {
    let app = TestApp::new().await;
    let call = sample::pai_call(&app);
    let ngo = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    let offer = sample::filed_offer(&app, &call, &ngo, 1);
    for object_id in [call.id.to_string(), offer.id.to_string(), offer.org.to_string(), "nic".to_owned()] {
        let (to, now) = ("ktos@example.org".to_owned(), app.state.clock.now());
        let message = Message { to, kind: "welcome", subject: "x".into(), body: String::new(), object_id };
        app.state.store.write(|tx| mail::put(tx, message, now)).unwrap();
    }
    assert_eq!(app.new_mail().len(), 4);
}

#[actix_web::test]
async fn an_invitation_into_a_sample_organisation_reaches_colleagues_only() {
    let app = TestApp::new().await;
    let call = sample::trial_call(&app);
    let officer = app.staff("urzednik@example.pl", &[Role::Officer]).await;
    app.staff("organ@example.pl", &[Role::Organ]).await;
    let offer = filed(&app, &call, &officer);
    let stranger = app.ngo("Fundacja Promyk", &sample::nip(1)).await;
    smuggle(&app, &offer.org, &stranger);
    app.new_mail();
    let url = format!("/konto/organizacja/{}/osoby", offer.org);
    for email in ["ktos@example.org", "organ@example.pl"] {
        officer.post(&url, &[("email", email), ("role", "editor")]).await.expect(303);
    }
    let sent: Vec<String> = app.new_mail().into_iter().map(|(to, _)| to).collect();
    assert_eq!(sent, ["organ@example.pl"]);
}
