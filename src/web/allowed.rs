//! Permission is a type: a handler that asks for [`Allowed<P>`] gets the object,
//! loaded through what the sender may see, or never runs.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::ctx::Ctx;
use crate::account::Actor;
use crate::error::AppError;
use crate::law::Instant;
use crate::store::{Read, trial};

/// May the actor do it? If not, the sentence says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Yes,
    No(String),
}

impl Decision {
    #[must_use]
    pub fn no(why: &str) -> Decision {
        Decision::No(why.to_owned())
    }

    #[must_use]
    pub fn when(may: bool, why: &str) -> Decision {
        if may { Decision::Yes } else { Decision::no(why) }
    }

    #[must_use]
    pub fn is_yes(&self) -> bool {
        *self == Decision::Yes
    }
}

/// The ids in a path, by the names of their places.
#[derive(Clone, Debug, Default)]
pub struct PathIds(Vec<(String, String)>);

impl PathIds {
    fn of(req: &HttpRequest) -> PathIds {
        PathIds(req.match_info().iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
    }

    /// The first id that may belong to a rehearsal.
    fn about(&self) -> Option<&str> {
        self.0.iter().find(|(place, _)| ABOUT.contains(&place.as_str())).map(|(_, id)| id.as_str())
    }

    /// The text at `name`.
    ///
    /// # Errors
    /// `NotFound` when the path has no such place.
    pub fn text(&self, name: &str) -> Result<&str, AppError> {
        self.0.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str()).ok_or(AppError::NotFound)
    }

    /// The id at `name`, read by `parse`.
    ///
    /// # Errors
    /// `NotFound` when it cannot be an id.
    pub fn id<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, AppError> {
        parse(self.text(name)?).ok_or(AppError::NotFound)
    }
}

/// The places of a path whose objects may belong to a rehearsal.
const ABOUT: [&str; 5] = ["call", "offer", "contract", "report", "org"];

/// What one kind of request needs: an object, and a decision about it.
pub trait Policy: 'static {
    /// The name of the permission, for the log and the access matrix.
    const NAME: &'static str;
    /// Whether nobody may ask too; otherwise a stranger is sent to sign in first.
    const PUBLIC: bool = false;
    /// Whether `load` asks the database one thing at most before it lets in, which sees one moment by itself.
    const GLANCE: bool = false;
    /// Whether pages of it are to say that they are about a rehearsal; who looks that up itself says `false`.
    const MARKED: bool = true;
    type Object: Send + 'static;

    /// The object, where nothing has to be loaded.
    #[must_use]
    fn known() -> Option<Self::Object> {
        None
    }

    /// Loads the object through what `who` may see.
    ///
    /// # Errors
    /// `NotFound` also for what `who` may not know of.
    fn load(r: &mut Read<'_>, who: &Actor, path: &PathIds, now: Instant) -> Result<Self::Object, AppError>;

    /// Decides on the loaded object.
    fn decide(who: &Actor, object: &Self::Object, now: Instant) -> Decision;
}

/// The sender may do `P`; here is the object.
pub struct Allowed<P: Policy> {
    pub ctx: Ctx,
    pub object: P::Object,
    pub path: PathIds,
}

/// The object, and whether the page is to say that it belongs to a rehearsal. Nothing public does, and a script shows
/// no page.
async fn load<P: Policy>(ctx: &mut Ctx, path: &PathIds) -> Result<P::Object, AppError> {
    let (actor, ids, now) = (std::sync::Arc::clone(&ctx.actor), path.clone(), ctx.arrived);
    let marked = P::MARKED && !P::PUBLIC && !ctx.script;
    let look = move |r: &mut Read<'_>| {
        let object = P::load(r, &actor, &ids, now)?;
        let about = ids.about().filter(|_| marked);
        Ok((object, about.map_or(Ok(false), |id| trial::is_trial(r, id))?))
    };
    let (object, trial) = if P::GLANCE && !marked { ctx.glance(look).await? } else { ctx.read(look).await? };
    ctx.trial = trial;
    Ok(object)
}

impl<P: Policy> FromRequest for Allowed<P> {
    type Error = AppError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, AppError>>>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (ctx, path) = (Ctx::of(req), PathIds::of(req));
        Box::pin(async move {
            let mut ctx = ctx?;
            if !P::PUBLIC && ctx.actor.person.is_none() {
                return Err(AppError::Login);
            }
            let object = match P::known() {
                Some(object) => object,
                None => load::<P>(&mut ctx, &path).await?,
            };
            match P::decide(&ctx.actor, &object, ctx.arrived) {
                Decision::Yes => Ok(Allowed { ctx, object, path }),
                Decision::No(why) => {
                    tracing::info!(policy = P::NAME, actor = ctx.actor.log_name(), why, "forbidden");
                    Err(AppError::Forbidden(why))
                }
            }
        })
    }
}
