//! The law as pure functions: money, time, identifiers, dated rule sets, findings, the cap, interest.
//!
//! Nothing here reads a clock, a database or a file. Every date a rule counts by is an argument, every
//! value that changes in time is a row with its first day, its source and its mark (how sure we are of
//! it). A check answers with [`finding::Finding`]s, never with a bare yes or no, so that the page, the
//! report and the settlement can all say what was found, what is allowed and by which provision.

pub mod calendar;
pub mod cap;
pub mod finding;
pub mod hours;
pub mod identifiers;
pub mod interest;
pub mod mark;
pub mod minutes;
pub mod money;
pub mod register;
pub mod rules;
pub mod tables;
mod text;
pub mod time;
mod words;

pub use calendar::{
    add_days, add_months, add_working_days, edition_end, is_holiday, is_working_day, next_working_day_on_or_after,
};
pub use cap::{
    Cap, CapScope, CapTerms, GroupHours, KPolicy, cap, check_grant, check_trainer_rate, check_tranche, check_used,
};
pub use finding::{Finding, RuleId, Severity, blocks};
pub use hours::{Session, Week, WeekKind, weeks};
pub use identifiers::{BadIdentifier, Krs, Nip, Nrb, Regon, email, postal_code};
pub use mark::Mark;
pub use minutes::{HourUnit, Minutes};
pub use money::{BadMoney, Money};
pub use register::{RULES, RuleInfo, rule};
pub use rules::{CapBase, Clause, MonthsRule, OtherBasis, RuleSet, check_new_call, rsd_on};
pub use tables::{TableKind, Tables};
pub use text::{folded, polish_order, unmarked};
pub use time::{
    Instant, at_warsaw, end_of_day_warsaw, last_day, left, parse_date, parse_time, plural, show_date,
    show_date_weekday, show_deadline, show_instant, show_instant_seconds, show_time, show_until, warsaw, warsaw_date,
};
