//! `sessck replay`: traces again, on any libssl.

mod answer;
mod stale;

use std::path::{Path, PathBuf};

use clap::Args;

use super::progress::Progress;
use super::{Answer, Exit, Failure, World};
use crate::adapter::isolate::DEADLINE;
use crate::implementation::{Identity, Implementation, Trouble};
use crate::libs::{Library, discover, resolve};
use crate::profile::Wanted;
use crate::replay::{Replayed, expected, files, is_as_expected, replay};
use crate::report::{colored, plain};
use crate::trace::{Event, Trace, TraceError, Verdict, read, write};

pub(super) use self::answer::Results;

/// Where traces are kept.
pub(super) const TRACES: &str = "traces";

const EXAMPLES: &str = "\
Examples:
  sessck replay                                         traces/ on every libssl found
  sessck replay traces/get1-counted --on openssl-3.0.22
  sessck replay case.ndjson --on /opt/openssl/lib/libssl.so.3 --profile page
  sessck replay calls.ndjson --on openssl-3.0.22 --write recorded     what this one showed, as a trace";

/// `sessck replay`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Replay {
    /// Trace files, or directories of them; `traces` if nothing is said and it is there
    paths: Vec<PathBuf>,
    /// On which libraries: names that `sessck libs` lists, paths, or `all`; two with a colon between them for clients of the first and
    /// servers of the second; `native+evicts-at-size` with a fault, in a build with `--features faults`
    #[arg(long, value_name = "NAME|PATH", default_value = "all")]
    on: Vec<String>,
    /// What the library is expected to do: `auto`, `page`, `openssl-3.0.22`, each with `+deviation`
    #[arg(long, default_value = "auto", value_name = "P")]
    profile: Wanted,
    /// Write what was seen as traces to this directory
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// One trace on one library.
pub(super) struct Row {
    pub(super) trace: String,
    pub(super) implementation: String,
    pub(super) version: String,
    pub(super) verdict: Verdict,
    pub(super) clause: Option<String>,
    pub(super) known: Vec<&'static str>,
    pub(super) why: Option<String>,
    pub(super) expected: Option<Verdict>,
    /// How it bears on the exit code.
    pub(super) exit: Exit,
    pub(super) report: Option<(String, String)>,
}

impl Replay {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let mut results = Results::default();
        let libraries = self.libraries(world, &mut results)?;
        let whole = self.paths.is_empty();
        let paths = if whole { vec![PathBuf::from(TRACES)] } else { self.paths.clone() };
        if whole && !Path::new(TRACES).is_dir() {
            return Err(Failure::Usage(format!("there is no directory `{TRACES}` here: name the traces to replay")));
        }
        replayed(world, &paths, &libraries, &self.profile, self.write.as_deref(), &mut results)?;
        if whole {
            stale::find(world, &libraries, &mut results)?;
        }
        Ok(results.answer())
    }

    fn libraries(&self, world: &World, results: &mut Results) -> Result<Vec<Library>, Failure> {
        let mut libraries = Vec::new();
        for name in &self.on {
            if name == "all" {
                let found = discover(&world.executable);
                results.notes.extend((!found.has_libssl()).then(|| "no libssl was found".to_owned()));
                libraries.extend(found.libraries);
                continue;
            }
            match resolve(&world.executable, name) {
                Ok(library) => libraries.push(library),
                Err(Trouble::Unopenable { reason, .. }) => results.missing(name, reason),
                Err(reason) => return Err(Failure::Library { name: name.clone(), reason }),
            }
        }
        Ok(libraries)
    }
}

/// Replays the whole of `traces/`, and looks for stale entries.
pub(super) fn replay_all(world: &World, libraries: &[Library], profile: &Wanted, results: &mut Results) -> Result<(), Failure> {
    replayed(world, &[PathBuf::from(TRACES)], libraries, profile, None, results)?;
    stale::find(world, libraries, results)
}

/// Replays traces on libraries and adds a row for each pair. What cannot be read has a row of its own.
pub(super) fn replayed(
    world: &World,
    paths: &[PathBuf],
    libraries: &[Library],
    profile: &Wanted,
    directory: Option<&Path>,
    results: &mut Results,
) -> Result<(), Failure> {
    let unreadable = |(path, error)| {
        let wrong = read::Wrong::Unreadable(error);
        Failure::Trace { path, reason: TraceError { line: None, column: None, wrong } }
    };
    let files = files(paths).map_err(unreadable)?;
    let mut traces: Vec<(PathBuf, Trace)> = Vec::new();
    for file in files {
        match read::file(&file) {
            Ok(trace) => traces.push((file, trace)),
            Err(error) => results.unreadable(&file, &error),
        }
    }
    let progress = Progress::new("replay", (traces.len() * libraries.len()) as u64);
    for library in libraries {
        let mut running = start(world, library)?;
        let profile = world.profiles.wanted(profile, Some((&library.family, &library.version)));
        for (file, trace) in &traces {
            let replayed = replay(trace, running.as_mut(), profile).map_err(|reason| failed(library, reason))?;
            if let Some(directory) = directory {
                record(directory, file, trace, &replayed, running.identity())?;
            }
            let report = replayed.report(&library.name, profile).map(|report| (colored(&report), plain(&report)));
            results.rows.push(row(file, trace, &replayed, running.identity(), report));
            if !progress.done(results.rows.len() as u64) {
                return Ok(());
            }
        }
    }
    Ok(())
}

pub(super) fn start(world: &World, library: &Library) -> Result<Box<dyn Implementation>, Failure> {
    library.start(&world.executable, DEADLINE).map_err(|reason| failed(library, reason))
}

fn failed(library: &Library, reason: Trouble) -> Failure {
    Failure::Library { name: library.name.clone(), reason }
}

fn row(file: &Path, trace: &Trace, replayed: &Replayed, identity: &Identity, report: Option<(String, String)>) -> Row {
    let expected = expected(trace, identity);
    let fits = is_as_expected(replayed, expected);
    let exit = match replayed.verdict {
        _ if fits => Exit::Clean,
        Verdict::Inconclusive => Exit::Inconclusive,
        Verdict::Agrees | Verdict::Violation | Verdict::Misuse | Verdict::Known | Verdict::Missing => Exit::Findings,
    };
    Row {
        trace: file.display().to_string(),
        implementation: identity.name.clone(),
        version: identity.version.clone(),
        verdict: replayed.verdict,
        clause: replayed.clause.map(str::to_owned),
        known: replayed.known.clone(),
        why: replayed.why.clone(),
        expected: expected.map(|expected| expected.verdict),
        exit,
        // what was expected needs no explanation
        report: report.filter(|_| !fits),
    }
}

/// Writes what was seen, under the header that the trace has.
fn record(directory: &Path, file: &Path, trace: &Trace, replayed: &Replayed, identity: &Identity) -> Result<(), Failure> {
    let unwritable = |path: &Path, reason| Failure::Write { path: path.to_owned(), reason };
    let directory = write::directory(Some(directory)).map_err(|reason| unwritable(directory, reason))?;
    let mut events: Vec<Event> = replayed.run.steps.iter().cloned().map(Event::from).collect();
    events.extend(trace.events.get(events.len()).map(|event| Event { call: event.call, fault: event.fault, saw: None }));
    let mut recorded = Trace { header: trace.header.clone(), events };
    recorded.header.events = recorded.events.len() as u64;
    recorded.header.implementation = Some(identity.clone());
    let path = directory.join(file.file_name().unwrap_or_default());
    write::file(&path, &recorded).map_err(|reason| unwritable(&path, reason))
}
