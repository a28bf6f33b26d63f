//! The tests of the whole program, in one binary: personas through HTTP, on the
//! database that `TEST_DB` names (`sqlite`, the default, or `postgres`).

mod support;

mod ground;
