//! What the office's pages of a call read beside the call.

use std::sync::Arc;

use super::announcement::Announcement;
use crate::audit;
use crate::call::store::questions;
use crate::call::{self, Amendment, Call, CallContent, CallState, Change, Notice, Outage, Publication, rules, store};
use crate::error::AppError;
use crate::law::{Finding, Instant, Money, Tables, warsaw_date};
use crate::programme::pages::kit::timeline;
use crate::programme::{self, Programme};
use crate::store::{Read, parse_json, tables};
use crate::web::{Ctx, Event};

/// What a call's pages read beside the call.
pub struct Sources {
    pub programme: Programme,
    tables: Tables,
    committed: Money,
    /// Why the approval of this draft does not hold any more.
    pub lapsed: Option<Finding>,
    /// Set when the reader prepared this draft and so may not announce it.
    pub four_eyes: Option<Finding>,
    pub events: Vec<Event>,
    /// When each question was asked that waits for an answer, oldest first.
    pub questions: Vec<Instant>,
    /// What happened to the announcement after it was published.
    pub later: Later,
}

/// What happened to an announced call.
#[derive(Default)]
pub struct Later {
    pub changes: Vec<Change>,
    pub amending: Option<Amendment>,
    /// Outages near the deadline in force.
    pub outages: Vec<Outage>,
    /// Those near a later deadline of one organisation.
    pub later_outages: Vec<Outage>,
    pub facts: Vec<Notice>,
    /// The places of the first announcement.
    pub first_places: Vec<Publication>,
    /// The announcement from which the 21 days run.
    term: Option<(CallContent, i64)>,
}

impl Later {
    fn of(r: &mut Read<'_>, call: &Call) -> Result<Later, AppError> {
        if call.state == CallState::Draft {
            return Ok(Later::default());
        }
        let versions = store::versions(r, &call.id)?;
        let first: Option<CallContent> = versions.first().map(|v| parse_json(&v.text)).transpose()?;
        let awaited = call.state == CallState::Announced;
        Ok(Later {
            changes: call::of_versions(&versions)?,
            amending: if awaited { store::amendments::open_of(r, &call.id)? } else { None },
            outages: if awaited { call::near(r, call)? } else { Vec::new() },
            later_outages: if awaited { call::near_later(r, call)? } else { Vec::new() },
            facts: store::notices::of_call(r, &call.id)?,
            first_places: first.map_or_else(|| call.content.places.clone(), |c| c.places),
            term: call::term_of(&versions)?,
        })
    }

    /// What is known of the places, for the rules.
    fn after<'a>(&'a self, call: &'a Call) -> Option<rules::AfterPublication<'a>> {
        call::after_publication(call, self.term.as_ref(), &self.changes, &self.facts)
    }

    /// Whether an outage calls for a longer deadline than the one in force and the one of an open change.
    pub fn prolongs(&self, call: &Call, now: Instant) -> bool {
        call.state == CallState::Announced
            && super::prolonging::prolonging(call, self.amending.as_ref(), &self.outages, now)
    }

    /// What became known of the places, and what it does to the deadline.
    pub fn place_findings(&self, call: &Call) -> Vec<Finding> {
        self.after(call).map(|after| rules::check_facts(&after)).unwrap_or_default()
    }

    /// The longer deadline that a missing notice calls for.
    pub fn longer(&self, call: &Call) -> Option<rules::Longer> {
        self.after(call)?.longer()
    }
}

pub async fn sources(ctx: &Ctx, call: &Call) -> Result<Sources, AppError> {
    let (call, actor) = (call.clone(), Arc::clone(&ctx.actor));
    ctx.read(move |r| {
        let (id, programme, draft) = (&call.id, &call.programme, call.state == CallState::Draft);
        let committed = if draft { call::committed(r, &call)? } else { Money::ZERO };
        let programme = programme::store::find(r, programme)?;
        let approval = call.content.approval.as_ref().filter(|_| draft);
        let lapsed = approval.map(|a| call::lapsed(&call.content, a, &programme.content)).transpose()?.flatten();
        Ok(Sources {
            committed,
            lapsed,
            tables: tables::tables(r)?,
            four_eyes: if draft { call::four_eyes_of(r, &actor, &call.content, &programme.content)? } else { None },
            programme,
            questions: if draft { Vec::new() } else { questions::waiting_since(r, id)? },
            events: timeline(audit::of_object(r, id.as_str())?),
            later: Later::of(r, &call)?,
        })
    })
    .await
}

impl Sources {
    /// The checks of a draft, as if it were announced today; an announced call has passed them. An approved text whose
    /// papers hang since last year is recorded in January: the years of its element 7 are those of its approval, and that
    /// another year began is told and does not close the page. The deed judges by the day of the places.
    pub fn findings(&self, ctx: &Ctx, call: &Call) -> Vec<Finding> {
        let today = warsaw_date(ctx.arrived);
        if call.state != CallState::Draft {
            return Vec::new();
        }
        let mut findings: Vec<Finding> = rules::confirmed(self.programme.state).into_iter().collect();
        findings.extend(rules::check(&call.content, &self.programme.content, today, &self.tables, self.committed));
        match &call.content.approval {
            Some(approval) => rules::element_7_as_approved(findings, warsaw_date(approval.at), today),
            None => findings,
        }
    }

    /// The names of everybody who prepared the draft or its programme.
    pub fn prepared(&self, call: &Call) -> String {
        let all = call::preparers(&call.content, &self.programme.content);
        all.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub fn announcement(&self, ctx: &Ctx, call: &Call) -> Announcement {
        let cap = rules::cap_on(&call.content, warsaw_date(ctx.arrived), &self.tables);
        Announcement::of(call, cap.as_ref(), ctx.arrived)
    }
}
