//! Contracts, money, reports and settlements.

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
