//! The door: `konkurs serve | demo | migrate | user add | verify | check-config | rules`.

use std::process::ExitCode;

fn main() -> ExitCode {
    konkurs::cli::run()
}
