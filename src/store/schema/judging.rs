//! The formal check, the committee and the decision.

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
    offer_summonses (offer_id) {
        offer_id -> Text,
        call_id -> Text,
        defects -> Text,
        called_at -> Timestamp,
        called_by -> Text,
        due_at -> Timestamp,
        reply -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    offer_supplements (offer_id) {
        offer_id -> Text,
        content -> Text,
        sha256 -> Text,
        arrived_at -> Timestamp,
        given_by -> Text,
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
