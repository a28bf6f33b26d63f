//! Tests of `src/programme`.
