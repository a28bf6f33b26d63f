//! The tables, written by hand for two databases; `tests/it/migrations.rs` compares
//! them with what the migrations make on each.

mod account;
mod call;
mod ground;
mod judging;
mod offer;
mod performance;

pub use account::*;
pub use call::*;
pub use ground::*;
pub use judging::*;
pub use offer::*;
pub use performance::*;

diesel::joinable!(memberships -> organisations (org_id));
diesel::joinable!(memberships -> people (person_id));
diesel::joinable!(invitations -> organisations (org_id));
diesel::joinable!(invitations -> people (invited_by));
diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(calls -> programmes (programme_id));
diesel::joinable!(call_versions -> calls (call_id));
diesel::joinable!(call_amendments -> calls (call_id));
diesel::joinable!(call_notices -> calls (call_id));
diesel::joinable!(call_questions -> calls (call_id));
diesel::joinable!(mail_choices -> people (person_id));
diesel::joinable!(answer_corrections -> call_questions (question_id));
diesel::joinable!(calendar_links -> people (person_id));
diesel::joinable!(offers -> calls (call_id));
diesel::joinable!(offers -> organisations (org_id));
diesel::joinable!(offer_versions -> offers (offer_id));
diesel::joinable!(offer_attachments -> offers (offer_id));
diesel::joinable!(offer_uploads -> offers (offer_id));
diesel::joinable!(offer_uploads -> people (person_id));
diesel::joinable!(offer_confirmations -> offers (offer_id));
diesel::joinable!(offer_partners -> offers (offer_id));
diesel::joinable!(offer_presence -> offers (offer_id));
diesel::joinable!(offer_presence -> people (person_id));
diesel::joinable!(formal_checks -> offers (offer_id));
diesel::joinable!(formal_checks -> calls (call_id));
diesel::joinable!(offer_supplements -> offer_summonses (offer_id));
diesel::joinable!(seats -> calls (call_id));
diesel::joinable!(seats -> people (person_id));
diesel::joinable!(scores -> offers (offer_id));
diesel::joinable!(scores -> seats (seat_id));
diesel::joinable!(scores -> calls (call_id));
diesel::joinable!(awards -> calls (call_id));
diesel::joinable!(contracts -> calls (call_id));
diesel::joinable!(contracts -> offers (offer_id));
diesel::joinable!(contracts -> organisations (org_id));
diesel::joinable!(tranches -> contracts (contract_id));
diesel::joinable!(payments -> contracts (contract_id));
diesel::joinable!(reports -> contracts (contract_id));
diesel::joinable!(report_versions -> reports (report_id));
diesel::joinable!(hours -> contracts (contract_id));
diesel::joinable!(hours -> reports (report_id));
diesel::joinable!(report_costs -> reports (report_id));
diesel::joinable!(settlements -> contracts (contract_id));
diesel::allow_tables_to_appear_in_same_query!(
    audit,
    audit_head,
    outbox,
    jobs,
    counters,
    documents,
    dated_values,
    local_rules,
    people,
    organisations,
    memberships,
    invitations,
    sessions,
    programmes,
    calls,
    call_versions,
    call_amendments,
    call_notices,
    outages,
    heartbeat,
    call_questions,
    answer_corrections,
    mail_choices,
    calendar_links,
    offers,
    offer_versions,
    offer_attachments,
    offer_uploads,
    offer_confirmations,
    offer_partners,
    offer_presence,
    formal_checks,
    offer_summonses,
    offer_supplements,
    seats,
    scores,
    awards,
    contracts,
    tranches,
    payments,
    reports,
    report_versions,
    hours,
    report_costs,
    settlements,
);
