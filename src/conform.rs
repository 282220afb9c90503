//! Conformance: generated scripts on an implementation, each step judged; a disagreement is shrunk to a minimal trace.

mod delegated;
mod parallel;
mod shorten;
mod unchecked;

use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sessck_model::{Profile, clauses};

use crate::implementation::{Implementation, Lack, Trouble};
use crate::run::{Ending, Run};
use crate::script::{Script, scripts};

pub use self::delegated::perform_task;
use self::delegated::{Sums, run_numbered};
pub use self::parallel::conform_parallel;
pub use self::unchecked::{Unchecked, unchecked, word};

/// After so many scripts in which the library hung no more are run of a share: each takes as long as a call may take.
const MOST_HANGS: u32 = 2;

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Campaign {
    /// How many scripts.
    pub scripts: u32,
    /// Where the generator starts: the same seed makes the same scripts.
    pub seed: u64,
    /// What the implementation is expected to do.
    pub profile: Profile,
    /// After so many disagreements no further scripts are run.
    pub most_findings: usize,
    /// Only every `partition.1`-th script is run, from `partition.0` (from 0) on.
    pub partition: (u32, u32),
}

impl Default for Campaign {
    fn default() -> Self {
        Self { scripts: 1000, seed: 1, profile: Profile::PAGE, most_findings: 5, partition: (0, 1) }
    }
}

/// What a campaign came to.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Scripts that were run.
    pub scripts: u32,
    /// Calls that were made.
    pub steps: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// How often each clause held, in the order of the catalogue.
    pub held: Vec<u64>,
    /// For each clause that the profile's deviations broke: how often.
    pub known: Vec<(&'static str, u64)>,
    /// Disagreements, shrunk.
    pub findings: Vec<Finding>,
    /// What the implementation could not do.
    pub lacked: Vec<Lack>,
    /// Scripts in which the library hung.
    pub hung: u32,
    /// Scripts in which a connection resumed.
    pub resumed: u32,
    /// Scripts with an unclean end.
    pub unclean: u32,
    /// Scripts with a cache of a size from 1 to 3.
    pub small_caches: u32,
    /// The number of calls of each script, sorted.
    pub lengths: Vec<u32>,
    /// A digest of every step of every script: equal for equal seeds.
    pub digest: u64,
}

impl Results {
    /// The median number of calls of a script.
    #[must_use]
    pub fn median_length(&self) -> u32 {
        self.lengths.get(self.lengths.len() / 2).copied().unwrap_or(0)
    }
}

/// How far a campaign is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// So many scripts are done.
    Scripts(u32),
    /// All of them are, and what was found is shortened.
    Shortening,
}

/// One disagreement.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The number of the script, from 0.
    pub script: u32,
    /// The shrunk case.
    pub run: Run,
    /// The same disagreement was found in so many scripts more.
    pub again: u32,
}

impl Finding {
    /// The clause that was broken, if one names it.
    #[must_use]
    pub fn clause(&self) -> Option<&'static str> {
        match &self.run.ending {
            Ending::Violation(violation) => violation.clause,
            Ending::Agrees | Ending::Trouble(..) | Ending::Unbound(..) => None,
        }
    }
}

/// What stays the same while a case is shrunk.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    Violation(Option<&'static str>, Vec<sessck_model::Deviation>),
    Trouble(std::mem::Discriminant<Trouble>),
    Harness(String),
}

fn kind(run: &Run) -> Option<Kind> {
    match &run.ending {
        Ending::Agrees => None,
        Ending::Violation(violation) => Some(Kind::Violation(violation.clause, violation.explained_by.clone())),
        Ending::Trouble(_, trouble) => Some(Kind::Trouble(std::mem::discriminant(trouble))),
        Ending::Unbound(_, why) => Some(Kind::Harness(why.to_string())),
    }
}

/// A script generator that depends on nothing but the seed and the script's number.
fn generator(seed: u64, script: u32) -> TestRunner {
    let mut bytes = [0_u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&script.to_le_bytes());
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// The script of this number.
///
/// # Errors
/// If the generator gives up, which it has no reason to.
pub fn script(seed: u64, number: u32) -> Result<Script, Trouble> {
    Ok(tree(seed, number)?.current())
}

fn tree(seed: u64, number: u32) -> Result<impl ValueTree<Value = Script>, Trouble> {
    scripts().new_tree(&mut generator(seed, number)).map_err(|reason| Trouble::Harness(reason.to_string()))
}

/// Runs one share of a campaign; what it finds is not shortened yet. `progress` is told after each script; where it answers `false`
/// the share ends early.
fn scan(implementation: &mut dyn Implementation, campaign: &Campaign, progress: &mut dyn FnMut() -> bool) -> Result<Results, Trouble> {
    let begun = Instant::now();
    let mut results = Results { held: vec![0; clauses::ALL.len()], ..Results::default() };
    let (first, every) = campaign.partition;
    for number in (first..campaign.scripts).step_by(every.max(1) as usize) {
        let (sums, departing) = run_numbered(implementation, campaign.seed, number, campaign.profile)?;
        results.add(sums);
        if let Some(run) = departing {
            results.find(number, run);
        }
        let enough = results.findings.len() >= campaign.most_findings || results.hung >= MOST_HANGS;
        if !progress() || enough {
            break;
        }
    }
    results.lengths.sort_unstable();
    results.elapsed = begun.elapsed();
    Ok(results)
}

impl Results {
    fn add(&mut self, sums: Sums) {
        self.scripts += 1;
        self.steps += u64::from(sums.steps);
        for (place, held) in sums.held {
            self.held[place] += held;
        }
        for place in sums.known {
            let clause = clauses::ALL[place].id;
            match self.known.iter_mut().find(|(id, _)| *id == clause) {
                Some((_, count)) => *count += 1,
                None => self.known.push((clause, 1)),
            }
        }
        for lack in sums.lacked {
            if !self.lacked.contains(&lack) {
                self.lacked.push(lack);
            }
        }
        self.resumed += u32::from(sums.resumed);
        self.unclean += u32::from(sums.unclean);
        self.small_caches += u32::from(sums.small_cache);
        self.lengths.push(sums.steps);
        self.digest = folded(self.digest, sums.digest);
    }

    fn find(&mut self, number: u32, run: Run) {
        self.hung += u32::from(matches!(run.ending, Ending::Trouble(_, Trouble::Hung(_))));
        let this = kind(&run);
        if this.is_none() {
            return;
        }
        match self.findings.iter_mut().find(|finding| kind(&finding.run) == this) {
            Some(same) => same.again += 1,
            None => self.findings.push(Finding { script: number, run, again: 0 }),
        }
    }
}

/// A digest and another that comes after it.
fn folded(before: u64, next: u64) -> u64 {
    (before.rotate_left(5) ^ next).wrapping_mul(0x0100_0000_01b3)
}

#[cfg(test)]
mod tests;
