//! Offers, their versions, files and partners.

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
        offeror_name -> Nullable<Text>,
        supplement_by -> Nullable<Timestamp>,
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
    offer_uploads (id) {
        id -> Text,
        offer_id -> Text,
        ask_key -> Text,
        person_id -> Text,
        name -> Text,
        size -> BigInt,
        sha256 -> Text,
        modified -> BigInt,
        pieces -> Text,
        begun_at -> Timestamp,
        touched_at -> Timestamp,
        version -> BigInt,
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
    offer_presence (offer_id, section, person_id, tab) {
        offer_id -> Text,
        section -> Text,
        person_id -> Text,
        tab -> Text,
        since -> Timestamp,
        seen -> Timestamp,
        shown -> Nullable<Timestamp>,
    }
}

diesel::table! {
    calendar_links (person_id) {
        person_id -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
    }
}
