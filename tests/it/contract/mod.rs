//! Tests of `src/contract`.
