//! Replaying: the calls of a trace on an implementation, judged anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sessck_model::Profile;

use crate::checker::Violation;
use crate::implementation::{Identity, Implementation, Trouble};
use crate::profile::Range;
use crate::report::{obligation, of_run};
use crate::run::{BALANCE, Ending, Passed, Run, Unbound, Unmakable, run_again};
use crate::trace::{Event, Expected, Trace, Verdict};

/// What replaying came to.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// In one word.
    pub verdict: Verdict,
    /// The clause that is broken.
    pub clause: Option<&'static str>,
    /// Every clause that the profile's deviations broke on the way, also those that the trace does not aim at.
    pub known: Vec<&'static str>,
    /// Why, where the verdict alone does not say.
    pub why: Option<String>,
    /// What was done and seen.
    pub run: Run,
}

impl Replayed {
    /// The report, where something is broken.
    #[must_use]
    pub fn report(&self, by: &str, profile: Profile) -> Option<crate::report::Report> {
        match &self.run.ending {
            Ending::Unbound(call, Unbound::Misuse(misuse)) if self.verdict == Verdict::Misuse => {
                let mut events: Vec<Event> = self.run.steps.iter().cloned().map(Event::from).collect();
                events.push(Event { call: *call, fault: None, saw: None });
                Some(crate::report::misuse(&events, misuse, profile))
            }
            Ending::Agrees => None,
            Ending::Violation(_) | Ending::Trouble(..) | Ending::Unbound(..) => of_run(&self.run, by, profile),
        }
    }
}

/// Replays a trace. A last call that is misuse is judged by the model and not made.
///
/// # Errors
/// If the implementation cannot be started.
pub fn replay(trace: &Trace, implementation: &mut dyn Implementation, profile: Profile) -> Result<Replayed, Trouble> {
    let run = run_again(&trace.steps(), implementation, profile, Unmakable::Stop)?;
    let (verdict, clause, why) = match &run.ending {
        Ending::Agrees => match &run.faulted {
            Some(Passed { number, failed: false, .. }) => {
                let why = format!("nothing failed: the call has no such place, it went through {number}");
                (Verdict::Missing, None, Some(why))
            }
            Some(_) | None => agreed(&run, &trace.header.aims),
        },
        Ending::Violation(Violation { clause, .. }) => (Verdict::Violation, *clause, None),
        Ending::Trouble(_, trouble) => {
            let verdict = troubled(trouble);
            (verdict, unbalanced(trace).filter(|_| verdict == Verdict::Violation), Some(trouble.to_string()))
        }
        Ending::Unbound(_, why) => {
            let (verdict, clause) = unbound(*why, run.steps.len() + 1 == trace.events.len());
            (verdict, clause, Some(why.to_string()))
        }
    };
    let known = run.known.iter().map(|(_, clause)| *clause).collect::<BTreeSet<_>>().into_iter().collect();
    Ok(Replayed { verdict, clause, known, why, run })
}

fn agreed(run: &Run, aims: &[String]) -> (Verdict, Option<&'static str>, Option<String>) {
    // a trace is about what it aims at; what else the library is known to do differently is not its business
    let aimed = |clause: &str| aims.is_empty() || aims.iter().any(|aim| aim == clause);
    match run.known.iter().find(|(_, clause)| aimed(clause)) {
        Some((step, clause)) => (Verdict::Known, Some(*clause), Some(format!("in step {step}"))),
        None => (Verdict::Agrees, None, None),
    }
}

/// The clause that a library breaks which does not survive a failure.
fn unbalanced(trace: &Trace) -> Option<&'static str> {
    trace.events.iter().any(|event| event.fault.is_some()).then_some(BALANCE)
}

fn troubled(trouble: &Trouble) -> Verdict {
    match trouble {
        Trouble::Crashed(_) | Trouble::Hung(_) => Verdict::Violation,
        Trouble::Cannot(_) | Trouble::Unopenable { .. } | Trouble::LacksSymbol { .. } => Verdict::Missing,
        Trouble::Gone(_) | Trouble::Harness(_) => Verdict::Inconclusive,
    }
}

fn unbound(why: Unbound, at_end: bool) -> (Verdict, Option<&'static str>) {
    match why {
        Unbound::Misuse(misuse) if at_end => (Verdict::Misuse, Some(obligation(&misuse))),
        Unbound::Lacks(_) => (Verdict::Missing, None),
        Unbound::Misuse(_) | Unbound::Undefined(_) | Unbound::UnknownObject | Unbound::NotBorn(_) => (Verdict::Inconclusive, None),
    }
}

/// What a trace says that replaying must come to on an implementation.
#[must_use]
pub fn expected<'a>(trace: &'a Trace, identity: &Identity) -> Option<&'a Expected> {
    trace.header.expect.iter().find(|expected| {
        let in_range = |range: &String| range.parse::<Range>().is_ok_and(|range| range.contains(&identity.version));
        let family = expected.family == "*" || expected.family == identity.family;
        family && (expected.versions.is_empty() || expected.versions.iter().any(in_range))
    })
}

/// Whether a result is what the trace says; where it says nothing, whether there is nothing unexplained.
#[must_use]
pub fn is_as_expected(replayed: &Replayed, expected: Option<&Expected>) -> bool {
    let Some(expected) = expected else {
        return match replayed.verdict {
            Verdict::Agrees | Verdict::Known | Verdict::Missing => true,
            Verdict::Violation | Verdict::Misuse | Verdict::Inconclusive => false,
        };
    };
    let same_clause = expected.clause.as_deref().is_none_or(|clause| replayed.clause == Some(clause));
    match (expected.verdict, replayed.verdict) {
        (_, Verdict::Missing) => true,
        // the pages are broken, whether or not the profile knows of it
        (Verdict::Violation | Verdict::Known, Verdict::Violation | Verdict::Known) => same_clause,
        (expected, found) => expected == found && same_clause,
    }
}

/// The trace files at these paths, directories with all that is below them; each once, in order.
///
/// # Errors
/// The path that is not there, or cannot be listed.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, (PathBuf, std::io::Error)> {
    let mut all = Vec::new();
    for path in paths {
        collect(path, &mut all).map_err(|error| (path.clone(), error))?;
    }
    all.sort();
    all.dedup();
    Ok(all)
}

fn collect(path: &Path, all: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !std::fs::metadata(path)?.is_dir() {
        all.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "ndjson") {
            collect(&path, all)?;
        }
    }
    Ok(())
}
