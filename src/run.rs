//! Running calls on an implementation, with the checker beside it.

use std::collections::HashMap;

use sessck_model::{Call, Misuse, Phase, Profile, SessId, Undefined, clauses};

use crate::checker::{Checker, Names, Verdict, Violation};
use crate::implementation::{Event, Implementation, Lack, Name, Observation, Trouble};
use crate::script::{Resolver, Script};

/// One call and what it showed, in the trace's names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The call.
    pub call: Call,
    /// What it showed.
    pub saw: Observation,
}

impl Step {
    /// The sessions that were born in it, in order.
    pub fn births(&self) -> impl Iterator<Item = SessId> + '_ {
        self.saw.events.iter().filter_map(|e| if let Event::Born(Name(name)) = e { Some(*name) } else { None })
    }
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
        };
        Ok(Self { implementation, checker: Checker::new(profile), run })
    }

    /// Makes one call, in the trace's names, unless it is misuse or described by no page.
    fn make(&mut self, call: Call) -> Made {
        match self.checker.forecast(&call) {
            None | Some(Verdict::Agrees { .. } | Verdict::Violation(_)) => {}
            Some(Verdict::Misuse(misuse)) => return Made::Left(call, Unbound::Misuse(misuse)),
            Some(Verdict::Undefined(why)) => return Made::Left(call, Unbound::Undefined(why)),
            Some(Verdict::UnknownObject(_)) => return Made::Left(call, Unbound::UnknownObject),
        }
        self.tally_before(&call);
        let saw = match self.implementation.perform(&call) {
            Ok(saw) => saw,
            Err(Trouble::Cannot(lack)) => {
                if !self.run.lacked.contains(&lack) {
                    self.run.lacked.push(lack);
                }
                return Made::Left(call, Unbound::Lacks(lack));
            }
            Err(trouble) => {
                self.run.ending = Ending::Trouble(call, trouble);
                return Made::Ended;
            }
        };
        let verdict = self.checker.event(&call, &saw);
        self.run.steps.push(Step { call, saw });
        self.settle(verdict)
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
    let mut case = Case::start(implementation, profile)?;
    let mut now: HashMap<SessId, SessId> = HashMap::new();
    let unseen = steps.iter().all(|step| step.births().next().is_none());
    for step in steps {
        let made = match renamed(&step.call, &now) {
            Ok(call) => case.make(call),
            Err(_) if unseen => case.make(step.call),
            Err(name) => Made::Left(step.call, Unbound::NotBorn(name)),
        };
        match made {
            Made::Yes => {
                let births: Vec<SessId> = case.run.steps.last().map(|made| made.births().collect()).unwrap_or_default();
                now.extend(step.births().zip(births));
            }
            Made::Left(..) if unmakable == Unmakable::Skip => case.run.skipped += 1,
            Made::Left(call, why) => {
                case.run.ending = Ending::Unbound(call, why);
                break;
            }
            Made::Ended => break,
        }
    }
    Ok(case.finish())
}

fn renamed(call: &Call, now: &HashMap<SessId, SessId>) -> Result<Call, SessId> {
    let mut names = Names::default();
    for (then, now) in now {
        names.bind(*then, *now);
    }
    names.to_model(call)
}
