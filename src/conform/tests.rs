use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use sessck_model::{Call, Profile};

use super::shorten::shorten;
use super::{Campaign, MOST_HANGS, Results, Stage, conform_parallel, kind, run_numbered, script};
use crate::implementation::{ContextFacts, Identity, Implementation, Lack, Name, Observation, Trouble};
use crate::run::{Ending, run_script};

/// A library that goes wrong in each first call, and counts how often it did.
struct Wrong {
    identity: Identity,
    trouble: Trouble,
    times: Arc<AtomicU32>,
}

impl Wrong {
    fn new(trouble: Trouble) -> Self {
        let identity = Identity { name: "wrong".to_owned(), version: "1".to_owned(), family: "none".to_owned(), lacks: Vec::new() };
        Self { identity, trouble, times: Arc::default() }
    }
}

impl Implementation for Wrong {
    fn identity(&self) -> &Identity {
        &self.identity
    }

    fn reset(&mut self) -> Result<(), Trouble> {
        Ok(())
    }

    fn perform(&mut self, _: &Call) -> Result<Observation, Trouble> {
        self.times.fetch_add(1, Ordering::Relaxed);
        Err(self.trouble.clone())
    }
}

/// A library that lacks all but contexts, and crashes where it is told to run a script at once.
struct CrashesAtOnce(Wrong);

impl Implementation for CrashesAtOnce {
    fn identity(&self) -> &Identity {
        self.0.identity()
    }

    fn reset(&mut self) -> Result<(), Trouble> {
        Ok(())
    }

    fn perform(&mut self, call: &Call) -> Result<Observation, Trouble> {
        let Call::ContextNew(x, ..) = *call else { return Err(Trouble::Cannot(Lack::Counts)) };
        let facts = ContextFacts { number: 0, statistics: None };
        Ok(Observation { contexts: [(Name(x), facts)].into(), ..Observation::default() })
    }

    fn delegate(&mut self, _: &str) -> Option<Result<String, Trouble>> {
        Some(Err(self.0.trouble.clone()))
    }
}

#[test]
fn a_crash_that_does_not_come_again_call_by_call_is_a_finding_all_the_same() {
    let mut library = CrashesAtOnce(Wrong::new(Trouble::Crashed("SIGSEGV".to_owned())));
    let (_, run) = run_numbered(&mut library, 1, 0, Profile::PAGE).expect("it runs");
    let ending = run.expect("there is something to tell").ending;
    let Ending::Trouble(_, Trouble::Crashed(how)) = ending else { panic!("{ending:?}") };
    assert!(how.starts_with("SIGSEGV, in this script, and not"), "{how}");
}

/// Runs a script and shortens what is found; how often the library went wrong, and how many calls are left.
fn shortened(trouble: Trouble) -> (u32, usize) {
    let mut wrong = Wrong::new(trouble);
    let times = Arc::clone(&wrong.times);
    let run = run_script(&script(1, 0).expect("it is generated"), &mut wrong, Profile::PAGE).expect("it runs");
    let found = kind(&run);
    let shorter = shorten(&mut wrong, &Campaign::default(), 0, run, &|| true).expect("it is shortened");
    assert_eq!(kind(&shorter), found);
    (times.load(Ordering::Relaxed), shorter.steps.len())
}

#[test]
fn what_shortening_costs_in_crashes_and_hangs_has_a_bound() {
    let (crashes, left) = shortened(Trouble::Crashed("SIGSEGV".to_owned()));
    assert!((2..=41).contains(&crashes) && left == 0, "{crashes} crashes, {left} calls");
    let (hangs, left) = shortened(Trouble::Hung(10));
    assert!((2..=6).contains(&hangs) && left == 0, "{hangs} hangs, {left} calls");
}

#[test]
fn a_library_that_always_hangs_is_not_asked_for_every_script() {
    let campaign = Campaign { scripts: 1_000, ..Campaign::default() };
    let start = || -> Result<Box<dyn Implementation>, Trouble> { Ok(Box::new(Wrong::new(Trouble::Hung(10)))) };
    let stages = AtomicU32::new(0);
    let progress = |stage| {
        stages.fetch_add(u32::from(stage == Stage::Shortening), Ordering::Relaxed);
        true
    };
    let Results { scripts, hung, findings, .. } = conform_parallel(&start, &campaign, 2, &progress).expect("it runs");
    assert_eq!((scripts, hung, findings.len()), (16 * MOST_HANGS, 16 * MOST_HANGS, 1));
    assert!(stages.load(Ordering::Relaxed) > 0, "it is told that findings are shortened");
}
