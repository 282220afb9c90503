//! The `sessck` program; see `sessck::cmd`.

use std::process::ExitCode;

fn main() -> ExitCode {
    sessck::cmd::main()
}
