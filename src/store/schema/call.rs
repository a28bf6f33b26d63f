//! Programmes and calls, with what happens to an announcement.

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
        opened_at -> Nullable<Timestamp>,
        extensions -> Nullable<Text>,
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
        process -> Nullable<Text>,
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
