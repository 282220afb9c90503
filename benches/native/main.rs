//! The native implementation against every libssl of this machine, in one run: `cargo bench --bench native`.
//!
//! With `SESSCK_LIBS` more libraries are found (`sessck libs` lists them). `-- --rounds 11` repeats more often, `-- --quick` is over in
//! a minute and tells little, `-- --only WORDS` keeps the rows whose names have these words, `-- --json FILE` writes every single value.
//!
//! # What the table says
//!
//! Native's own median, and for each library the ratio: **above 1 native is better**, whether the figure is a rate or a number of bytes. A ratio is
//! that of two measurements made one right after the other, since a machine's speed drifts; what stands is the median of the rounds,
//! and in brackets the quartiles. `!` marks a ratio below what is aimed at: half as fast for get1 + free on one thread, as fast for
//! get1 + free on two and for the cache, 0.8 for handshakes.
//!
//! # What each row measures
//!
//! Everything that is measured has a process of its own, this program's child. On one thread the thread's processor time counts, on two the clock:
//! there a machine that does other things as well tells little.
//!
//! - **get1 + free**: `SSL_get1_session` and `SSL_SESSION_free`, natively `session_handle` and `drop`. On two threads, each has a connection of its
//!   own, and these have one session between them, or one each.
//! - **add, look up, remove**: a TLS 1.2 cache without a limit that starts empty, of copies of one negotiated server session with ids like random ones.
//!   Ids are looked up and sessions removed in no order; nothing is freed, who added them still holds them. *Look up* is
//!   `SSL_has_matching_session_id` in a libssl, the only way to its lookup but for handshakes, natively `Cache::contains`: both tell whether there is one.
//! - **full, resumed**: lives of connections, both ends in one thread: made, joined by a transport in memory (a BIO pair; two queues), through
//!   the handshake, tickets read, close_notify both ways, freed. X25519, one P-256 certificate, which the client trusts and checks
//!   signatures by; the cipher suite is AES-256-GCM either way. As many tickets as are preset: two after a full handshake of TLS 1.3, one after a resumed one.
//! - **session at a server, at a client**: what the C library's heap has more of, for each session in the cache of that end, after a thousand full
//!   handshakes whose connections are gone. Rust's allocations are in that heap as well.
//! - **copies in a cache**: the same for the sessions of the cache rows; what copies have in common is not counted a second time.

mod child;
mod ours;
mod table;
mod task;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use sessck::libs::discover;

use self::child::Subject;
use self::table::Row;
use self::task::{Effort, Task, tasks};

/// The native implementation against every libssl of this machine.
#[derive(Debug, Parser)]
#[command(name = "cargo bench --bench native --")]
struct Arguments {
    /// How often each measurement is repeated
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// A tenth of everything
    #[arg(long)]
    quick: bool,
    /// Only rows whose names contain this
    #[arg(long, value_name = "WORDS")]
    only: Option<String>,
    /// Only libraries whose names contain this
    #[arg(long, value_name = "WORDS")]
    against: Option<String>,
    /// Writes all values to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// What cargo says
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let result = match &arguments[..] {
        [_, command, what] if command == child::COMMAND => child::serve(Path::new(what)),
        _ => run(&Arguments::parse()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("native: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> std::io::Result<()> {
    let effort = if arguments.quick { Effort { rounds: 3, divisor: 10 } } else { Effort { rounds: arguments.rounds, divisor: 1 } };
    let mut subjects = vec![Subject::start("native", None)?];
    for library in discover(Path::new(env!("CARGO_BIN_EXE_sessck"))).libraries {
        let is_wanted = arguments.against.as_deref().is_none_or(|words| library.name.contains(words));
        if let Some(file) = library.file().filter(|_| is_wanted) {
            subjects.push(Subject::start(&library.name, Some(file))?);
        }
    }
    let is_wanted =
        |task: &Task| task.figures().iter().any(|figure| arguments.only.as_deref().is_none_or(|words| figure.name.contains(words)));
    let mut tasks = tasks(effort);
    tasks.retain(is_wanted);
    let rows = measured(&mut subjects, &tasks, effort);
    let names: Vec<String> = subjects.iter().map(|subject| subject.name.clone()).collect();
    println!("{}", table::text(&names, &rows));
    println!("ratios: above 1 native is better; median (quartiles) of {} rounds; ! is short of its aim", effort.rounds);
    match &arguments.json {
        Some(file) => std::fs::write(file, format!("{:#}\n", table::json(&names, &rows))),
        None => Ok(()),
    }
}

/// Each task in turn, round by round, one subject after another: those that are compared are measured at about the same time.
fn measured(subjects: &mut [Subject], tasks: &[Task], effort: Effort) -> Vec<Row> {
    let steps: u32 = tasks.iter().map(|task| task.rounds(effort)).sum();
    let bar = ProgressBar::new(u64::from(steps) * subjects.len() as u64);
    let style = ProgressStyle::with_template("[{bar:30}] {pos}/{len} {eta} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("=> "));
    let mut rows = Vec::new();
    for &task in tasks {
        let figures = task.figures();
        let mut rounds = vec![vec![Vec::new(); subjects.len()]; figures.len()];
        for _ in 0..task.rounds(effort) {
            for (place, subject) in subjects.iter_mut().enumerate() {
                bar.set_message(format!("{}, {}", figures.first().map_or("", |figure| &figure.name), subject.name));
                let values = subject.measure(task).inspect_err(|trouble| bar.suspend(|| eprintln!("{}: {trouble}", subject.name))).ok();
                for (number, values_of_it) in rounds.iter_mut().enumerate() {
                    values_of_it[place].push(values.as_ref().and_then(|values| values.get(number).copied()));
                }
                bar.inc(1);
            }
        }
        rows.extend(figures.into_iter().zip(rounds).map(|(figure, values)| Row { figure, values }));
    }
    bar.finish_and_clear();
    rows
}
