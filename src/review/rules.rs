//! Pure checks of the review: who may sit and score, the formal card, the score
//! card, the ranking, and who may see whose points.

mod card;
mod committee;
mod formal;
mod more_time;
mod ranking;
mod reply;
mod sight;
mod summons;

pub use card::{blank_items, check_card, total};
pub use committee::{check_declaration, check_seat, composition, folded, gate, quorum};
pub use formal::{OUTCOME, check_formal, number_of, question_at, reasons, remarks};
pub use more_time::check_more_time;
pub use ranking::{Contender, counted, points_text, rank, threshold_x100};
pub use reply::{check_reply, in_time, shown, unanswered, unscanned};
pub use sight::{Viewer, cards_left, may_see_ranking, visible};
pub use summons::{
    asks_nothing_new, card_of, check_outcome, defects, names_files, says_what_changed, takes_corrections,
};
