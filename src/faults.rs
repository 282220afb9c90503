//! Faults: generated scripts in which one allocation of one call fails, or the transport at one byte of it; what must hold whatever
//! happened is judged, and a disagreement is shrunk to a minimal trace.

mod known;
mod places;
mod signature;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sessck_model::{Act, Call, Callback, CtxId, Profile, clauses};

use crate::conform::script;
use crate::implementation::{CallFault, Implementation, Lack, Observation, Trouble};
use crate::run::{Ending, Run, Step, run_script, run_to_the_end};
use crate::trace::call::name;

pub use self::known::{KnownFault, KnownFaults};
pub use self::signature::Signature;

/// After a callback has hung so often in a call of one name it is left out there.
const ENOUGH_HANGS: u32 = 2;

/// The most attempts at shortening a case that hangs.
const HANGING_ATTEMPTS: u32 = 12;

/// The clause that judges what callbacks call.
pub const CALLS_BACK: &str = "callbacks-call-back";

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Campaign {
    /// How many scripts.
    pub scripts: u32,
    /// Where the generator starts: the same seed makes the same scripts, calls and places.
    pub seed: u64,
    /// What the implementation is expected to do while nothing fails.
    pub profile: Profile,
    /// In how many calls of a script something fails, in one at a time.
    pub calls: usize,
    /// At how many places of a call. A call that has no more of them is tried at each.
    pub places: u32,
}

/// How often something failed in a call of one name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Failed {
    /// An allocation.
    pub allocations: u32,
    /// The transport.
    pub bytes: u32,
    /// Nothing: a callback called back.
    pub callbacks: u32,
}

/// What comes between in one call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disturbance {
    /// Something fails.
    Failure(CallFault),
    /// A callback calls back.
    CallsBack(Callback, Act),
}

/// What a campaign came to.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Scripts that were run.
    pub scripts: u32,
    /// Scripts that disagreed before anything failed, and were left to `conform`.
    pub left: u32,
    /// Cases in which something failed.
    pub failed: u32,
    /// How often what a callback called was judged, and did what its page says.
    pub kept_in_callbacks: u64,
    /// How often, by call.
    pub calls: BTreeMap<&'static str, Failed>,
    /// Disagreements, shrunk, in the order of the scripts.
    pub findings: Vec<Finding>,
    /// What the implementation could not do.
    pub lacked: Vec<Lack>,
    /// How long it took.
    pub elapsed: Duration,
}

/// One disagreement.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What it is known by.
    pub signature: Signature,
    /// The number of the script, from 0.
    pub script: u32,
    /// The same was found so often besides.
    pub again: u32,
    /// What failed, or came between.
    pub disturbance: Disturbance,
    /// The shrunk case.
    pub run: Run,
}

/// Runs a campaign on `workers` threads, each with an implementation of its own that `start` makes. What is `known` is not
/// shortened. `progress` is told how many scripts are done; where it answers `false` the campaign ends early.
///
/// # Errors
/// If an implementation cannot be started, or cannot be started again after it crashed.
pub fn faults(
    start: &(dyn Fn() -> Result<Box<dyn Implementation>, Trouble> + Sync),
    campaign: &Campaign,
    workers: usize,
    known: &dyn Fn(&Signature) -> bool,
    progress: &(dyn Fn(u32) -> bool + Sync),
) -> Result<Results, Trouble> {
    let begun = Instant::now();
    let (next, done, ends) = (AtomicU32::new(0), AtomicU32::new(0), AtomicBool::new(false));
    let all: Mutex<Vec<Result<Results, Trouble>>> = Mutex::default();
    let work = || {
        let mut results = Results::default();
        let mut implementation = start()?;
        while !ends.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= campaign.scripts {
                break;
            }
            one_script(implementation.as_mut(), campaign, number, &mut results)?;
            ends.fetch_or(!progress(done.fetch_add(1, Ordering::Relaxed) + 1), Ordering::Relaxed);
        }
        Ok(results)
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.max(1) {
            scope.spawn(|| {
                let results = work();
                all.lock().unwrap_or_else(PoisonError::into_inner).push(results);
            });
        }
    });
    let mut results = Results::default();
    for share in all.into_inner().unwrap_or_else(PoisonError::into_inner) {
        results.merge(share?);
    }
    results.findings.sort_by_key(|finding| finding.script);
    let mut implementation = start()?;
    for finding in results.findings.iter_mut().filter(|finding| !known(&finding.signature)) {
        shrink(implementation.as_mut(), campaign.profile, finding)?;
    }
    results.elapsed = begun.elapsed();
    Ok(results)
}

/// One script: in some of its calls something fails, in one at a time and at one place at a time.
fn one_script(implementation: &mut dyn Implementation, campaign: &Campaign, number: u32, results: &mut Results) -> Result<(), Trouble> {
    let script = script(campaign.seed, number)?;
    let mut run = run_script(&script, implementation, campaign.profile)?;
    if run.ending != Ending::Agrees {
        implementation.renew();
        run = run_script(&script, implementation, campaign.profile)?;
    }
    results.scripts += 1;
    if run.ending != Ending::Agrees {
        results.left += 1;
        return Ok(());
    }
    let mut random = places::Random::new(campaign.seed, number);
    for at in places::calls(&run.steps, campaign.calls, &mut random) {
        let (before, step) = (&run.steps[..at], &run.steps[at]);
        for make in [CallFault::Allocation, CallFault::Byte] {
            // a place that no call comes to: only counted
            let counted = disturbed(implementation, campaign.profile, before, &step.call, Disturbance::Failure(make(u32::MAX)))?;
            results.lack(&counted);
            let number_of = counted.faulted.map_or(0, |passed| passed.number);
            for place in places::places(number_of, campaign.places, &mut random) {
                let disturbance = Disturbance::Failure(make(place));
                let run = disturbed(implementation, campaign.profile, before, &step.call, disturbance)?;
                results.add(&step.call, disturbance, run, number);
            }
        }
        for disturbance in places::acts(&step.call, &step.saw.events) {
            if results.hangs(&step.call, disturbance) {
                continue;
            }
            let run = disturbed(implementation, campaign.profile, before, &step.call, disturbance)?;
            results.add(&step.call, disturbance, run, number);
        }
    }
    Ok(())
}

/// The calls before, then one in which something fails or comes between, then the application gives all back. What goes wrong is tried
/// again where nothing has failed before: a library that once was out of memory may be unable to do ordinary things ever after.
fn disturbed(
    implementation: &mut dyn Implementation,
    profile: Profile,
    before: &[Step],
    call: &Call,
    disturbance: Disturbance,
) -> Result<Run, Trouble> {
    let steps = disturbance.steps(before, call);
    let run = run_to_the_end(&steps, implementation, profile)?;
    if matches!(run.ending, Ending::Agrees | Ending::Trouble(_, Trouble::Hung(_))) {
        return Ok(run);
    }
    implementation.renew();
    run_to_the_end(&steps, implementation, profile)
}

impl Disturbance {
    /// Some calls, and one that is disturbed.
    fn steps(self, before: &[Step], call: &Call) -> Vec<Step> {
        let step = |call, fault| Step { call, fault, saw: Observation::default() };
        let mut steps = before.to_vec();
        match self {
            Self::Failure(fault) => steps.push(step(*call, Some(fault))),
            Self::CallsBack(callback, act) => {
                let made = |step: &Step| if let Call::ContextNew(x, ..) = step.call { Some(x) } else { None };
                let contexts: Vec<CtxId> = before.iter().filter_map(made).collect();
                let set = |act| contexts.iter().map(move |x| step(Call::SetActs(*x, callback, act), None));
                steps.extend(set(Some(act)));
                steps.push(step(*call, None));
                steps.extend(set(None));
            }
        }
        steps
    }

    /// What fails.
    #[must_use]
    pub fn failure(self) -> Option<CallFault> {
        match self {
            Self::Failure(fault) => Some(fault),
            Self::CallsBack(..) => None,
        }
    }
}

impl std::fmt::Display for Disturbance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failure(fault) => fault.fmt(f),
            Self::CallsBack(callback, act) => write!(f, "the {} callback calls {}", callback.word(), act.word()),
        }
    }
}

impl Results {
    /// Whether this callback in a call of this name was seen to hang often enough: each time costs a deadline.
    fn hangs(&self, call: &Call, disturbance: Disturbance) -> bool {
        let same = |signature: &Signature| signature.call == name(call) && signature.fault == signature::kind(disturbance);
        self.findings.iter().any(|finding| same(&finding.signature) && finding.signature.is_hang() && finding.again >= ENOUGH_HANGS)
    }

    fn lack(&mut self, run: &Run) {
        for lack in &run.lacked {
            if !self.lacked.contains(lack) {
                self.lacked.push(*lack);
            }
        }
    }

    fn add(&mut self, call: &Call, disturbance: Disturbance, run: Run, script: u32) {
        self.failed += 1;
        let count = self.calls.entry(name(call)).or_default();
        match disturbance {
            Disturbance::Failure(CallFault::Allocation(_)) => count.allocations += 1,
            Disturbance::Failure(CallFault::Byte(_)) => count.bytes += 1,
            Disturbance::CallsBack(..) => {
                count.callbacks += 1;
                let judged = clauses::ALL.iter().zip(&run.held).find(|(clause, _)| clause.id == CALLS_BACK);
                self.kept_in_callbacks += judged.map_or(0, |(_, held)| *held);
            }
        }
        if let Some(signature) = Signature::of(&run, call, disturbance) {
            self.find(Finding { signature, script, again: 0, disturbance, run });
        }
    }

    fn find(&mut self, finding: Finding) {
        match self.findings.iter_mut().find(|known| known.signature == finding.signature) {
            Some(known) => {
                let again = known.again + finding.again + 1;
                if (finding.script, finding.run.steps.len()) < (known.script, known.run.steps.len()) {
                    *known = finding;
                }
                known.again = again;
            }
            None => self.findings.push(finding),
        }
    }

    fn merge(&mut self, other: Self) {
        self.scripts += other.scripts;
        self.left += other.left;
        self.failed += other.failed;
        self.kept_in_callbacks += other.kept_in_callbacks;
        for (call, Failed { allocations, bytes, callbacks }) in other.calls {
            let sum = self.calls.entry(call).or_default();
            sum.allocations += allocations;
            sum.bytes += bytes;
            sum.callbacks += callbacks;
        }
        other.findings.into_iter().for_each(|finding| self.find(finding));
        for lack in other.lacked {
            if !self.lacked.contains(&lack) {
                self.lacked.push(lack);
            }
        }
    }
}

/// Leaves out calls before the one that something fails in, as long as the same goes wrong.
fn shrink(implementation: &mut dyn Implementation, profile: Profile, finding: &mut Finding) -> Result<(), Trouble> {
    let Some(at) = at_disturbance(&finding.run) else { return Ok(()) };
    let steps = finding.run.steps.clone();
    let settings = steps[at..].iter().take_while(|step| matches!(step.call, Call::SetActs(..))).count();
    let call = match (steps.get(at + settings), &finding.run.ending) {
        (Some(step), _) => step.call,
        (None, Ending::Trouble(call, _)) => *call,
        (None, _) => return Ok(()),
    };
    let (mut smallest, mut failure) = (None, None);
    let before = &steps[..at];
    let mut attempts = if finding.signature.is_hang() { HANGING_ATTEMPTS } else { u32::MAX };
    drop(sessck_model::shrink(before, |fewer: &[Step]| {
        if failure.is_some() || attempts == 0 {
            return false;
        }
        attempts -= 1;
        match disturbed(implementation, profile, fewer, &call, finding.disturbance) {
            Ok(run) if Signature::of(&run, &call, finding.disturbance).as_ref() == Some(&finding.signature) => {
                smallest = Some(run);
                true
            }
            Ok(_) => false,
            Err(trouble) => {
                failure = Some(trouble);
                false
            }
        }
    }));
    if let Some(run) = smallest {
        finding.run = run;
    }
    failure.map_or(Ok(()), Err)
}

/// Which step of a run something failed in, or a callback was first told to call back; the one after the last where the library did not
/// come back from it.
#[must_use]
pub fn at_disturbance(run: &Run) -> Option<usize> {
    let at = run.steps.iter().position(|step| step.fault.is_some() || matches!(step.call, Call::SetActs(..)));
    at.or_else(|| matches!(run.ending, Ending::Trouble(..)).then_some(run.steps.len()))
}
