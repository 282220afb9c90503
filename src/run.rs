//! Running calls on an implementation, with the checker beside it.

mod aftermath;
mod faulted;

use std::collections::HashMap;

use sessck_model::{Call, Misuse, Phase, Profile, SessId, Undefined, clauses};

use crate::checker::{Checker, Names, Verdict, Violation};
use crate::implementation::{CallFault, Event, Implementation, Lack, Name, Observation, Trouble};
use crate::script::{Resolver, Script};

pub use self::aftermath::{Aftermath, BALANCE, Holders};

/// One call and what it showed, in the trace's names.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Step {
    /// The call.
    pub call: Call,
    /// What is to fail in it.
    pub fault: Option<CallFault>,
    /// What it showed.
    pub saw: Observation,
}

impl Step {
    /// Whether what was to fail in it did.
    #[must_use]
    pub fn failed(&self) -> bool {
        met(&self.saw)
    }

    /// The sessions that were born in it, in order.
    pub fn births(&self) -> impl Iterator<Item = SessId> + '_ {
        self.saw.events.iter().filter_map(|e| if let Event::Born(Name(name)) = e { Some(*name) } else { None })
    }
}

/// Whether what was to fail in a call did.
#[must_use]
pub fn met(saw: &Observation) -> bool {
    saw.events.iter().any(|event| matches!(event, Event::Failed))
}

/// How a run ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Everything agreed with the profile.
    Agrees,
    /// The last step broke a guarantee.
    Violation(Violation),
    /// The call after the last step made the library crash or hang, or the harness fail.
    Trouble(Call, Trouble),
    /// The call after the last step cannot be made here.
    Unbound(Call, Unbound),
}

/// Why a call cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unbound {
    /// The application must not.
    #[error("misuse: {0:?}")]
    Misuse(Misuse),
    /// No page says what it does here.
    #[error("undefined: {0:?}")]
    Undefined(Undefined),
    /// It names an object that does not exist here.
    #[error("it names an object that does not exist here")]
    UnknownObject,
    /// It names a session that was not born here.
    #[error("{0} was not born here")]
    NotBorn(SessId),
    /// The implementation lacks it.
    #[error("the implementation lacks {0:?}")]
    Lacks(Lack),
}

/// What came of running one case.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was done and seen.
    pub steps: Vec<Step>,
    /// How it ended.
    pub ending: Ending,
    /// Clauses that the profile's own deviations broke, with the step's number from 1.
    pub known: Vec<(usize, &'static str)>,
    /// How often each clause held, in the order of the catalogue.
    pub held: Vec<u64>,
    /// Calls and moves that were left out: nobody filled the role, or the implementation lacks the call.
    pub skipped: u32,
    /// What the implementation could not do.
    pub lacked: Vec<Lack>,
    /// What kind of case it was.
    pub tally: Tally,
    /// The call in which something was to fail, if there was one.
    pub faulted: Option<Passed>,
}

/// What there was in a call in which something was to fail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passed {
    /// How many allocations, or bytes.
    pub number: u32,
    /// Whether it came to the failure.
    pub failed: bool,
    /// The library's source file in which the allocation that failed was asked for, where it tells.
    pub site: Option<String>,
}

/// What kind of case a run was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Some connection resumed.
    pub resumed: bool,
    /// Some open connection was freed or cleared without a shutdown, or failed.
    pub unclean: bool,
    /// Some cache had a size from 1 to 3.
    pub small_cache: bool,
}

/// One case under way.
struct Case<'a> {
    implementation: &'a mut dyn Implementation,
    checker: Checker,
    /// Something failed in a call: the checker has nothing to say any more.
    aftermath: Option<Aftermath>,
    run: Run,
}

/// What became of one call.
enum Made {
    Yes,
    Left(Call, Unbound),
    Ended,
}

impl<'a> Case<'a> {
    fn start(implementation: &'a mut dyn Implementation, profile: Profile) -> Result<Self, Trouble> {
        implementation.reset()?;
        let run = Run {
            steps: Vec::new(),
            ending: Ending::Agrees,
            known: Vec::new(),
            held: vec![0; clauses::ALL.len()],
            skipped: 0,
            lacked: Vec::new(),
            tally: Tally::default(),
            faulted: None,
        };
        Ok(Self { implementation, checker: Checker::new(profile), aftermath: None, run })
    }

    /// Makes one call, in the trace's names, unless it is misuse or described by no page.
    fn make(&mut self, call: Call) -> Made {
        if let Some(why) = self.unmakable(&call) {
            return Made::Left(call, why);
        }
        self.tally_before(&call);
        let performed = self.implementation.perform(&call);
        let saw = match self.answered(call, performed) {
            Ok(saw) => saw,
            Err(made) => return made,
        };
        let verdict = self.checker.event(&call, &saw);
        self.run.steps.push(Step { call, fault: None, saw });
        self.settle(verdict)
    }

    /// Why this call cannot be made.
    fn unmakable(&mut self, call: &Call) -> Option<Unbound> {
        match self.checker.forecast(call) {
            None | Some(Verdict::Agrees { .. } | Verdict::Violation(_)) => None,
            Some(Verdict::Misuse(misuse)) => Some(Unbound::Misuse(misuse)),
            Some(Verdict::Undefined(why)) => Some(Unbound::Undefined(why)),
            Some(Verdict::UnknownObject(_)) => Some(Unbound::UnknownObject),
        }
    }

    /// What was seen, or how the case goes on without.
    fn answered<T>(&mut self, call: Call, performed: Result<T, Trouble>) -> Result<T, Made> {
        performed.map_err(|trouble| match trouble {
            Trouble::Cannot(lack) => {
                if !self.run.lacked.contains(&lack) {
                    self.run.lacked.push(lack);
                }
                Made::Left(call, Unbound::Lacks(lack))
            }
            trouble => {
                self.run.ending = Ending::Trouble(call, trouble);
                Made::Ended
            }
        })
    }

    fn settle(&mut self, verdict: Verdict) -> Made {
        let step = self.run.steps.len();
        match verdict {
            Verdict::Agrees { known } => {
                self.run.known.extend(known.into_iter().map(|clause| (step, clause)));
                self.run.tally.resumed |= self.checker.state().connections.iter().any(|(_, c)| c.reused);
                return Made::Yes;
            }
            Verdict::Violation(violation) => self.run.ending = Ending::Violation(violation),
            Verdict::Misuse(misuse) => self.unbound(Unbound::Misuse(misuse)),
            Verdict::Undefined(why) => self.unbound(Unbound::Undefined(why)),
            Verdict::UnknownObject(_) => self.unbound(Unbound::UnknownObject),
        }
        Made::Ended
    }

    fn unbound(&mut self, why: Unbound) {
        if let Some(step) = self.run.steps.last() {
            self.run.ending = Ending::Unbound(step.call, why);
        }
    }

    fn tally_before(&mut self, call: &Call) {
        let tally = &mut self.run.tally;
        match *call {
            Call::SetCacheSize(_, size) => tally.small_cache |= (1..=3).contains(&size),
            Call::ConnectionFree(c) | Call::Clear(c) => {
                let connection = self.checker.state().connections.get(c);
                tally.unclean |= connection.is_some_and(|c| c.count == 1 && (c.is_open() || c.phase == Phase::Failed));
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Run {
        self.run.held.clear();
        self.run.held.extend_from_slice(self.checker.held());
        self.run
    }
}

/// Runs a script: roles are resolved as it goes.
///
/// # Errors
/// If the implementation cannot be started.
pub fn run_script(script: &Script, implementation: &mut dyn Implementation, profile: Profile) -> Result<Run, Trouble> {
    let mut case = Case::start(implementation, profile)?;
    let mut resolver = Resolver::new(script);
    while let Some(call) = resolver.next(case.checker.state()) {
        let made = match case.checker.names().to_trace(&call) {
            Ok(named) => case.make(named),
            Err(_) => Made::Left(call, Unbound::UnknownObject),
        };
        match made {
            Made::Yes => {}
            Made::Left(..) => {
                case.run.skipped += 1;
                if resolver.is_finishing() {
                    break;
                }
            }
            Made::Ended => break,
        }
    }
    case.run.skipped += resolver.skipped;
    Ok(case.finish())
}

/// What to do with a call that cannot be made here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unmakable {
    /// Leave it out and go on.
    Skip,
    /// End the run.
    Stop,
}

/// Runs the calls of earlier steps again. Sessions are found by the call that they were born in and their place among those born
/// there, so the numbers of their names may differ. Where no step tells of any birth, names are taken as they are.
///
/// # Errors
/// If the implementation cannot be started.
pub fn run_again(steps: &[Step], implementation: &mut dyn Implementation, profile: Profile, unmakable: Unmakable) -> Result<Run, Trouble> {
    Ok(again(steps, implementation, profile, unmakable)?.finish())
}

/// As [`run_again`], leaving out what cannot be made; then the application gives all back that it holds.
///
/// # Errors
/// If the implementation cannot be started.
pub fn run_to_the_end(steps: &[Step], implementation: &mut dyn Implementation, profile: Profile) -> Result<Run, Trouble> {
    let mut case = again(steps, implementation, profile, Unmakable::Skip)?;
    while let (None, Ending::Agrees) = (&case.aftermath, &case.run.ending) {
        let Some(call) = Aftermath::before(&case.checker).next_call() else { break };
        if !matches!(case.make(call), Made::Yes) {
            break;
        }
    }
    Ok(case.finish())
}

fn again<'a>(
    steps: &[Step],
    implementation: &'a mut dyn Implementation,
    profile: Profile,
    unmakable: Unmakable,
) -> Result<Case<'a>, Trouble> {
    let mut case = Case::start(implementation, profile)?;
    let mut now: HashMap<SessId, SessId> = HashMap::new();
    let unseen = steps.iter().all(|step| step.births().next().is_none());
    for step in steps {
        let call = match renamed(&step.call, &now) {
            Err(_) if unseen => Ok(step.call),
            renamed => renamed,
        };
        let made = match (call, step.fault) {
            (Ok(call), _) if case.aftermath.is_some() => case.make_after(call),
            (Ok(call), Some(fault)) => case.make_faulted(call, fault),
            (Ok(call), None) => case.make(call),
            (Err(name), _) => Made::Left(step.call, Unbound::NotBorn(name)),
        };
        match made {
            Made::Yes => {
                let births: Vec<SessId> = case.run.steps.last().map(|made| made.births().collect()).unwrap_or_default();
                now.extend(step.births().zip(births));
            }
            // what the application has to give back depends on what became of the call that failed
            Made::Left(..) if unmakable == Unmakable::Skip || case.aftermath.is_some() => case.run.skipped += 1,
            Made::Left(call, why) => {
                case.run.ending = Ending::Unbound(call, why);
                break;
            }
            Made::Ended => break,
        }
    }
    if case.aftermath.is_some() && case.run.ending == Ending::Agrees {
        case.give_back();
    }
    Ok(case)
}

fn renamed(call: &Call, now: &HashMap<SessId, SessId>) -> Result<Call, SessId> {
    let mut names = Names::default();
    for (then, now) in now {
        names.bind(*then, *now);
    }
    names.to_model(call)
}
