//! Tests of `src/settlement`.
