//! Tests of `src/award`.
