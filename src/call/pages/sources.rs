//! What the office's pages of a call read beside the call.

use std::sync::Arc;

use super::announcement::Announcement;
use crate::audit;
use crate::call::store::questions;
use crate::call::{self, Call, CallState, rules, store};
use crate::error::AppError;
use crate::law::{Finding, Instant, Money, Tables, warsaw_date};
use crate::programme::pages::kit::{Event, timeline};
use crate::programme::{self, Programme};
use crate::store::tables;
use crate::web::Ctx;

/// What a call's pages read beside the call.
pub struct Sources {
    pub programme: Programme,
    tables: Tables,
    committed: Money,
    /// Set when the reader prepared this draft and so may not announce it.
    pub four_eyes: Option<Finding>,
    pub events: Vec<Event>,
    /// When each question was asked that waits for an answer, oldest first.
    pub questions: Vec<Instant>,
}

pub async fn sources(ctx: &Ctx, call: &Call) -> Result<Sources, AppError> {
    let (call, actor) = (call.clone(), Arc::clone(&ctx.actor));
    ctx.read(move |r| {
        let (id, programme, draft) = (&call.id, &call.programme, call.state == CallState::Draft);
        Ok(Sources {
            committed: store::committed(r, programme, Some(id))?,
            programme: programme::store::find(r, programme)?,
            tables: tables::tables(r)?,
            four_eyes: if draft { call::four_eyes(r, &actor, &call)? } else { None },
            questions: if draft { Vec::new() } else { questions::waiting_since(r, id)? },
            events: timeline(audit::of_object(r, id.as_str())?),
        })
    })
    .await
}

impl Sources {
    /// The checks of a draft, as if it were announced today; an announced call has passed them.
    pub fn findings(&self, ctx: &Ctx, call: &Call) -> Vec<Finding> {
        let today = warsaw_date(ctx.arrived);
        if call.state != CallState::Draft {
            return Vec::new();
        }
        let mut findings: Vec<Finding> = rules::confirmed(self.programme.state).into_iter().collect();
        findings.extend(rules::check(&call.content, &self.programme.content, today, &self.tables, self.committed));
        findings
    }

    pub fn announcement(&self, ctx: &Ctx, call: &Call) -> Announcement {
        let cap = rules::cap_on(&call.content, warsaw_date(ctx.arrived), &self.tables);
        Announcement::of(call, cap.as_ref(), ctx.arrived)
    }
}
