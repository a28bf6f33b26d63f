//! The frozen version of an offer, as those who judge it read it: the whole form,
//! and above it the few figures that every judgement needs.

use serde::Serialize;

use crate::call::Call;
use crate::config::Office;
use crate::document::Standing;
use crate::error::AppError;
use crate::law::{self, check_grant, show_date};
use crate::offer::document::{About, payment, standing};
use crate::offer::pages::{FormView, preview_view};
use crate::offer::{self, FrozenOffer, Offer, OfferContent, OfferVersion, Receipt, rules};
use crate::store::{OrgId, Read};
use crate::web::{Fact, FindingView, fact, findings_view};

/// What is read of an offer.
pub(super) struct Reading {
    /// The organisation that leads the offer.
    org: OrgId,
    version: OfferVersion,
    receipt: Option<Receipt>,
}

impl Reading {
    /// The version in force.
    pub(super) fn of(r: &mut Read<'_>, offer: &Offer) -> Result<Reading, AppError> {
        let version = offer::store::version(r, &offer.id, offer.frozen_no)?;
        let receipt = offer.number.clone().zip(offer.submitted_at).map(|(number, arrived)| Receipt {
            offer: offer.id.clone(),
            number,
            no: version.no,
            arrived,
            sha256: version.sha256.clone(),
        });
        Ok(Reading { org: offer.org.clone(), version, receipt })
    }

    /// The whole form, for `templates/offer/_form.html`.
    pub(super) fn form(&self, call: &Call, office: &Office) -> FormView {
        let lines = office.lines();
        let about =
            About { call, org: &self.org, organ: &office.organ, office: &lines, receipt: self.receipt.as_ref() };
        preview_view(&self.version.content, about)
    }

    /// What part VII says that the office has to judge, in sentences.
    pub(super) fn arrears(&self, call: &Call) -> String {
        sentences(&rules::arrears(&self.version.content, call.content.terms.arrears))
    }

    /// What part VI.1 declares, beside what V.B plans to take from recipients.
    pub(super) fn payment(&self) -> String {
        let offer = &self.version.content.offer;
        format!("Z oferty: {} Świadczenia od odbiorców (V.B): {}.", payment(offer), offer.sources.recipients)
    }

    /// Who signed part VII held against the representatives.
    pub(super) fn signed(&self) -> String {
        sentences(&rules::signed(&self.version.content))
    }

    pub(super) fn core(&self, call: &Call) -> Core {
        let (frozen, offer) = (&self.version.content, &self.version.content.offer);
        let day = |d: Option<chrono::NaiveDate>| d.map(show_date).unwrap_or_default();
        let hours = law::Minutes::sum(offer.hours.iter().map(|h| h.minutes)).map(|m| m.to_string()).unwrap_or_default();
        let hours = if call.content.applies().classes {
            format!("{hours}, grupy: {}", offer.hours.len())
        } else {
            "nie dotyczy: zadanie nie polega na zajęciach w grupach".to_owned()
        };
        let (cap_line, cap) = cap_of(offer, call);
        let standing = standing(frozen);
        Core {
            facts: vec![
                fact("Oferent", frozen.offeror_names()),
                fact("Tytuł zadania", offer.title.clone()),
                fact("Termin realizacji", format!("{} – {}", day(offer.starts), day(offer.ends))),
                fact("Wnioskowana dotacja", offer.sources.grant.to_string()),
                fact("Godziny zajęć", hours),
                fact(
                    "Status i jego potwierdzenie",
                    of_each(&standing, |it| {
                        let proof = it.proof.as_deref().unwrap_or("nie podano");
                        format!("{}; potwierdzenie: {proof}", it.status)
                    }),
                ),
                fact(
                    "Podstawa w statucie",
                    of_each(&standing, |it| it.statute.clone().unwrap_or_else(|| "nie podano".to_owned())),
                ),
                fact("Reprezentacja", represented(frozen)),
            ],
            cap_line,
            cap,
        }
    }
}

/// What is said of each offeror, with its name where there are several.
fn of_each(all: &[Standing], said: impl Fn(&Standing) -> String) -> String {
    let line = |it: &Standing| if all.len() > 1 { format!("{}: {}", it.name, said(it)) } else { said(it) };
    all.iter().map(line).collect::<Vec<_>>().join("; ")
}

/// How each offeror is represented.
fn represented(frozen: &FrozenOffer) -> String {
    if frozen.partners.is_empty() {
        return frozen.organisation.representation.clone();
    }
    let lead = (&frozen.organisation_name, &frozen.organisation);
    let all = std::iter::once(lead).chain(frozen.partners.iter().map(|p| (&p.name, &p.organisation)));
    all.map(|(name, org)| format!("{name}: {}", org.representation)).collect::<Vec<_>>().join("; ")
}

fn sentences(findings: &[law::Finding]) -> String {
    findings.iter().map(|f| format!("{} {}", f.found, f.limit)).collect::<Vec<_>>().join(" ")
}

/// The figures above the form.
#[derive(Serialize)]
pub(super) struct Core {
    facts: Vec<Fact>,
    cap_line: String,
    cap: Vec<FindingView>,
}

/// The hourly cap over the planned hours, in one line and as findings.
fn cap_of(offer: &OfferContent, call: &Call) -> (String, Vec<FindingView>) {
    let Some(terms) = &call.content.cap else { return (String::new(), Vec::new()) };
    let hours = offer.group_hours(call.content.rules.individual_hours_count);
    let Ok(cap) = law::cap(terms, &hours) else { return (String::new(), Vec::new()) };
    let grant = offer.sources.grant;
    let line = format!("Zaplanowano {}; limit dotacji to {}, a wnioskowano {grant}.", cap.minutes, cap.total);
    (line, findings_view(&check_grant(&cap, terms, grant, call.content.rules.cap_binds)))
}
