//! Tests of `src/offer`.
