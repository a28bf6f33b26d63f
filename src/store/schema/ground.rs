//! What every stage stands on: the log, the outbox, timed work, files, dated values.

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
    mail_choices (person_id, choice) {
        person_id -> Text,
        choice -> Text,
        off_at -> Timestamp,
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
