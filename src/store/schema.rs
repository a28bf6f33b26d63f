//! The tables, written by hand for two databases; `tests/it/migrations.rs` compares
//! them with what the migrations make on each.

diesel::table! {
    audit (seq) {
        seq -> BigInt,
        at -> Timestamp,
        actor -> Text,
        deed -> Text,
        object_kind -> Text,
        object_id -> Text,
        before_digest -> Text,
        after_digest -> Text,
        detail -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_head (id) {
        id -> BigInt,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        to_addr -> Text,
        kind -> Text,
        subject -> Text,
        body -> Text,
        object_id -> Text,
        created_at -> Timestamp,
        due_at -> Timestamp,
        attempts -> BigInt,
        version -> BigInt,
        sent_at -> Nullable<Timestamp>,
        dead_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        payload -> Text,
        dedup_key -> Nullable<Text>,
        due_at -> Timestamp,
        attempts -> BigInt,
        version -> BigInt,
        done_at -> Nullable<Timestamp>,
        dead_at -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        owner_kind -> Text,
        owner_id -> Text,
        kind -> Text,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    dated_values (id) {
        id -> Text,
        kind -> Text,
        valid_from -> Date,
        amount -> BigInt,
        source -> Text,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    local_rules (code) {
        code -> Text,
        content -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        password -> Text,
        roles -> Text,
        active -> Bool,
        failures -> BigInt,
        failed_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    organisations (id) {
        id -> Text,
        name -> Text,
        krs -> Nullable<Text>,
        nip -> Text,
        regon -> Nullable<Text>,
        content -> Text,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    memberships (id) {
        id -> Text,
        org_id -> Text,
        person_id -> Text,
        role -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        org_id -> Text,
        email -> Text,
        role -> Text,
        token_hash -> Text,
        state -> Text,
        invited_by -> Text,
        created_at -> Timestamp,
        sent_at -> Timestamp,
        expires_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        person_id -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    programmes (id) {
        id -> Text,
        title -> Text,
        state -> Text,
        version -> BigInt,
        content -> Text,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    calls (id) {
        id -> Text,
        programme_id -> Text,
        number -> Nullable<Text>,
        title -> Text,
        state -> Text,
        version -> BigInt,
        rules_code -> Text,
        allocation -> BigInt,
        content -> Text,
        terms_hash -> Nullable<Text>,
        announced_at -> Nullable<Timestamp>,
        deadline_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        created_by -> Text,
        test -> Bool,
        search -> Text,
    }
}

diesel::table! {
    call_versions (call_id, no) {
        call_id -> Text,
        no -> BigInt,
        content -> Text,
        sha256 -> Text,
        announced_at -> Timestamp,
        announced_by -> Text,
        reason -> Text,
    }
}

diesel::table! {
    call_amendments (id) {
        id -> Text,
        call_id -> Text,
        state -> Text,
        version -> BigInt,
        content -> Text,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    call_notices (id) {
        id -> Text,
        call_id -> Text,
        version_no -> BigInt,
        place -> Text,
        kind -> Text,
        happened_at -> Timestamp,
        done_by -> Text,
        evidence -> Text,
        document_id -> Nullable<Text>,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    outages (id) {
        id -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        cause -> Text,
        recorded_at -> Timestamp,
        recorded_by -> Text,
    }
}

diesel::table! {
    heartbeat (id) {
        id -> BigInt,
        beat_at -> Timestamp,
    }
}

diesel::table! {
    call_questions (id) {
        id -> Text,
        call_id -> Text,
        no -> Nullable<BigInt>,
        state -> Text,
        version -> BigInt,
        question -> Text,
        shown -> Text,
        answer -> Text,
        email -> Text,
        person_id -> Nullable<Text>,
        token_hash -> Nullable<Text>,
        asked_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Text,
    }
}

diesel::table! {
    mail_choices (person_id, choice) {
        person_id -> Text,
        choice -> Text,
        off_at -> Timestamp,
    }
}

diesel::table! {
    answer_corrections (id) {
        id -> Text,
        question_id -> Text,
        no -> BigInt,
        before_text -> Text,
        since -> Timestamp,
        reason -> Text,
        corrected_at -> Timestamp,
        corrected_by -> Text,
    }
}

diesel::table! {
    calendar_links (person_id) {
        person_id -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    offers (id) {
        id -> Text,
        call_id -> Text,
        org_id -> Text,
        number -> Nullable<Text>,
        title -> Text,
        state -> Text,
        version -> BigInt,
        grant_amount -> BigInt,
        content -> Text,
        frozen_no -> BigInt,
        submitted_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        created_by -> Text,
        draft -> Nullable<Text>,
    }
}

diesel::table! {
    offer_versions (offer_id, no) {
        offer_id -> Text,
        no -> BigInt,
        content -> Text,
        sha256 -> Text,
        arrived_at -> Timestamp,
        submitted_by -> Text,
    }
}

diesel::table! {
    offer_attachments (id) {
        id -> Text,
        offer_id -> Text,
        ask_key -> Text,
        name -> Text,
        sha256 -> Text,
        size -> BigInt,
        kind -> Text,
        state -> Text,
        reason -> Text,
        added_by -> Text,
        added_at -> Timestamp,
        removed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    formal_checks (offer_id) {
        offer_id -> Text,
        call_id -> Text,
        content -> Text,
        outcome -> Text,
        version -> BigInt,
        decided_at -> Timestamp,
        decided_by -> Text,
    }
}

diesel::table! {
    seats (id) {
        id -> Text,
        call_id -> Text,
        person_id -> Text,
        kind -> Text,
        side -> Text,
        indicated_by -> Text,
        declared_at -> Nullable<Timestamp>,
        declaration -> Nullable<Text>,
        statement -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    scores (id) {
        id -> Text,
        offer_id -> Text,
        seat_id -> Text,
        call_id -> Text,
        total -> BigInt,
        content -> Text,
        sealed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    awards (id) {
        id -> Text,
        call_id -> Text,
        state -> Text,
        version -> BigInt,
        content -> Text,
        decided_at -> Nullable<Timestamp>,
        decided_by -> Text,
        published_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    contracts (id) {
        id -> Text,
        call_id -> Text,
        offer_id -> Text,
        org_id -> Text,
        number -> Text,
        state -> Text,
        version -> BigInt,
        grant_amount -> BigInt,
        starts -> Date,
        ends -> Date,
        content -> Text,
        sha256 -> Nullable<Text>,
        document_id -> Nullable<Text>,
        signed_on -> Nullable<Date>,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    tranches (id) {
        id -> Text,
        contract_id -> Text,
        no -> BigInt,
        due_on -> Date,
        amount -> BigInt,
        condition -> Text,
    }
}

diesel::table! {
    payments (id) {
        id -> Text,
        contract_id -> Text,
        kind -> Text,
        tranche_no -> Nullable<BigInt>,
        amount -> BigInt,
        paid_on -> Date,
        reference -> Text,
        created_at -> Timestamp,
        created_by -> Text,
    }
}

diesel::table! {
    reports (id) {
        id -> Text,
        contract_id -> Text,
        no -> BigInt,
        kind -> Text,
        period_from -> Date,
        period_to -> Date,
        due_on -> Date,
        state -> Text,
        version -> BigInt,
        content -> Text,
        sha256 -> Nullable<Text>,
        submitted_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    report_versions (report_id, no) {
        report_id -> Text,
        no -> BigInt,
        content -> Text,
        sha256 -> Text,
        arrived_at -> Timestamp,
        submitted_by -> Text,
    }
}

diesel::table! {
    hours (id) {
        id -> Text,
        contract_id -> Text,
        report_id -> Text,
        line -> BigInt,
        group_code -> Text,
        trainer -> Text,
        day -> Date,
        from_minute -> BigInt,
        to_minute -> BigInt,
        topic -> Text,
        present -> BigInt,
        absent -> BigInt,
        individual -> Bool,
        place -> Text,
    }
}

diesel::table! {
    report_costs (id) {
        id -> Text,
        report_id -> Text,
        line -> BigInt,
        item -> Text,
        name -> Text,
        planned -> BigInt,
        actual -> BigInt,
        from_grant -> BigInt,
    }
}

diesel::table! {
    settlements (id) {
        id -> Text,
        contract_id -> Text,
        state -> Text,
        version -> BigInt,
        content -> Text,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Text,
    }
}

diesel::table! {
    offer_confirmations (id) {
        id -> Text,
        offer_id -> Text,
        version_no -> BigInt,
        document_id -> Text,
        content -> Text,
        given_at -> Timestamp,
        given_by -> Text,
    }
}

diesel::table! {
    offer_partners (id) {
        id -> Text,
        offer_id -> Text,
        org_id -> Nullable<Text>,
        email -> Text,
        token_hash -> Text,
        state -> Text,
        version -> BigInt,
        invited_at -> Timestamp,
        invited_by -> Text,
        answered_at -> Nullable<Timestamp>,
        answered_by -> Text,
        reason -> Text,
        confirmation -> Nullable<Text>,
    }
}

diesel::table! {
    offer_presence (offer_id, section, person_id) {
        offer_id -> Text,
        section -> Text,
        person_id -> Text,
        since -> Timestamp,
        seen -> Timestamp,
    }
}

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
diesel::joinable!(offer_confirmations -> offers (offer_id));
diesel::joinable!(offer_partners -> offers (offer_id));
diesel::joinable!(offer_presence -> offers (offer_id));
diesel::joinable!(offer_presence -> people (person_id));
diesel::joinable!(formal_checks -> offers (offer_id));
diesel::joinable!(formal_checks -> calls (call_id));
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
    offer_confirmations,
    offer_partners,
    offer_presence,
    formal_checks,
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
