//! sessck
use std::path::Path;
use std::process::ExitCode;

use sessck::adapter::child::child_main;
use sessck::adapter::isolate::CHILD_COMMAND;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|command| command == CHILD_COMMAND) {
        return arguments.next().map_or(ExitCode::from(2), |library| child_main(Path::new(&library)));
    }
    ExitCode::from(2)
}
