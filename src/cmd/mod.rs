//! The command line: arguments, then a command, then an answer and an exit code. One subcommand a file.

mod answer;
mod check;
mod conform;
mod explain;
mod explore;
mod faults;
mod libs;
mod progress;
mod replay;
mod spec;
mod table;

use std::any::Any;
use std::ffi::OsString;
use std::io::Write;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::adapter::child::child_main;
use crate::adapter::isolate::CHILD_COMMAND;
use crate::conform::perform_task;
use crate::profile::Profiles;

pub use self::answer::{Answer, Exit, Failure};

/// An fsck for TLS sessions: what OpenSSL's manual pages promise about session objects, as an executable specification.
#[derive(Debug, Parser)]
#[command(name = "sessck", version, subcommand_required = true, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  sessck check                                   everything, on every libssl of this machine
  sessck libs                                    which libssl there are
  sessck conform --on openssl-3.0.22             generated scripts on one of them
  sessck conform --on native:openssl-3.0.22      clients of the one against servers of the other
  sessck faults --on openssl-3.0.22              the same while something fails in the middle of a call
  sessck replay case.ndjson --on openssl-3.0.22  a trace again
  sessck explain get0-borrow                     what a clause means
  sessck explain case.ndjson                     what happens in a trace, step by step

Exit codes:
  0   nothing unexplained (known divergences and missing libraries are listed)
  1   an unexplained violation, a misuse, a leak or a stale entry
  2   the command line or a file is wrong
  3   inconclusive: a trace is empty, cut off or of a later version
  4   an implementation that was asked for by name is missing
  70  internal error";

/// What every command takes.
#[derive(Clone, Debug, Args)]
struct Global {
    /// How to answer; `junit` and `sarif` for conform, faults, replay and check, `markdown` for spec
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The list of known divergences to go by, instead of the one that comes with sessck
    #[arg(long, global = true, value_name = "PATH")]
    divergences: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    #[value(alias = "text")]
    Human,
    Json,
    Markdown,
    Junit,
    Sarif,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything: explore the model, hold every libssl of this machine against it, replay traces/
    Check(check::Check),
    /// Walk every state of the model's worlds and ask every clause of every step
    Explore(explore::Explore),
    /// Run generated scripts on a libssl and judge every step
    Conform(conform::Conform),
    /// Let memory or the transport fail in the middle of calls, or callbacks call back, and judge what is left
    Faults(faults::Faults),
    /// Run traces again and judge what they show now
    Replay(replay::Replay),
    /// Tell what a clause means, or what happens in a trace
    Explain(explain::Explain),
    /// Print the catalogue of clauses
    Spec(spec::Spec),
    /// List the libssl of this machine
    Libs(libs::Libs),
}

/// What commands know beside their arguments.
#[derive(Debug)]
struct World {
    profiles: Profiles,
    /// This program, which children are started from.
    executable: PathBuf,
}

/// The program: reads the arguments, runs the command, prints the answer.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|command| command == CHILD_COMMAND) {
        return arguments.get(2).map_or(Exit::Usage.code(), |library| child_main(Path::new(library), perform_task));
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or(String::new(), |place| format!(" at {}:{}", place.file(), place.line()));
        eprintln!("sessck: internal error{place}: {}", message(panic.payload()));
    }));
    catch_unwind(|| run(Cli::parse())).unwrap_or_else(|_| Exit::Internal.code())
}

fn message(payload: &dyn Any) -> &str {
    payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("unknown")
}

fn run(cli: Cli) -> ExitCode {
    let Cli { global, command } = cli;
    let answer = world(&global).and_then(|world| perform(&world, &command)).and_then(|answer| {
        let text = rendered(&answer, global.format)?;
        print(&text).map(|()| answer.exit)
    });
    match answer {
        Ok(exit) => exit.code(),
        Err(failure) => {
            if global.format == Format::Json {
                // What cannot be printed is told by the exit code alone.
                _ = print(&format!("{}\n", failure.json()));
            }
            anstream::eprintln!("sessck: {failure}");
            failure.exit().code()
        }
    }
}

fn world(global: &Global) -> Result<World, Failure> {
    let profiles = global.divergences.as_deref().map_or_else(Profiles::embedded, Profiles::read)?;
    let executable = std::env::current_exe().map_err(|error| Failure::Internal(format!("cannot tell where this program is: {error}")))?;
    Ok(World { profiles, executable })
}

fn perform(world: &World, command: &Command) -> Result<Answer, Failure> {
    match command {
        Command::Check(command) => command.run(world),
        Command::Explore(command) => command.run(world),
        Command::Conform(command) => command.run(world),
        Command::Faults(command) => command.run(world),
        Command::Replay(command) => command.run(world),
        Command::Explain(command) => command.run(world),
        Command::Spec(command) => command.run(world),
        Command::Libs(command) => command.run(world),
    }
}

fn rendered(answer: &Answer, format: Format) -> Result<String, Failure> {
    let machine =
        || answer.findings.as_ref().ok_or_else(|| Failure::Usage("this command has no such format: say human or json".to_owned()));
    Ok(match format {
        Format::Human => answer.human.clone(),
        Format::Markdown => {
            answer.markdown.clone().ok_or_else(|| Failure::Usage("this command has no such format: say human or json".to_owned()))?
        }
        Format::Json => format!("{:#}\n", answer.json),
        Format::Junit => machine()?.junit(),
        Format::Sarif => format!("{:#}\n", machine()?.sarif()),
    })
}

/// Prints to standard output. That nobody reads it to the end is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Internal(format!("cannot print: {error}"))),
        Ok(()) | Err(_) => Ok(()),
    }
}
