//! Tests of `src/call`.
