//! Tests of `src/account`.
