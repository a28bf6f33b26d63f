//! The content of an offer without what its call does not ask for: that is "nie dotyczy" by itself, whatever was
//! typed before the announcement changed or was copied from another offer.

use std::borrow::Cow;

use super::model::OfferContent;
use crate::call::Applies;

/// `content` with only the parts that apply.
#[must_use]
pub fn applying(content: &OfferContent, applies: Applies) -> Cow<'_, OfferContent> {
    if !has_more(content, applies) {
        return Cow::Borrowed(content);
    }
    let mut out = content.clone();
    if !applies.results {
        out.results.clear();
    }
    if !applies.measures {
        out.measures.clear();
    }
    if !applies.classes {
        out.trainers.clear();
        out.hours.clear();
        out.programme.clear();
        out.costs.iter_mut().for_each(|line| line.trainer = false);
    }
    if out.unpaid {
        out.fees = None;
    }
    Cow::Owned(out)
}

fn has_more(c: &OfferContent, applies: Applies) -> bool {
    let taught = !(c.trainers.is_empty() && c.hours.is_empty() && c.programme.is_empty());
    (c.unpaid && c.fees.is_some())
        || (!applies.results && !c.results.is_empty())
        || (!applies.measures && !c.measures.is_empty())
        || (!applies.classes && (taught || c.costs.iter().any(|line| line.trainer)))
}
