//! The door: `konkurs serve | demo | migrate | user add | verify | check-config | rules`.

use std::process::ExitCode;

/// A quarter of the time of a request went into the allocator of the system.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    konkurs::cli::run()
}
