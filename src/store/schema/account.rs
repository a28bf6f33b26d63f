//! People, organisations and how they sign in.

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
        test -> Bool,
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
        by_office -> Bool,
        demotes -> Bool,
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
