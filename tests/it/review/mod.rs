//! Tests of `src/review`.
