//! A trace against the model: event by event, what was seen is compared with what the profile's step says.
//!
//! Where a library has latitude, every choice that the pages leave is tried and those that agree with what was seen are
//! kept (at most [`MOST_STATES`]). Where none agrees, the event is a violation; the clause named is found by judging the
//! step once more with what was observed in place of what was expected.

mod blame;
mod change;
mod compare;
mod names;
mod patch;
mod seen;

use sessck_model::{
    Action, Call, Choice, Deviation, Effect, Journal, Judgement, Misuse, Outcome, Profile, SessId, State, Transition, Undefined, choices,
    clauses, step,
};

use crate::implementation::Observation;

use change::Change;
pub use compare::{Difference, Subject};
pub use names::Names;
pub use seen::Seen;

/// The most states that are carried side by side.
pub const MOST_STATES: usize = 32;

/// Seconds on the virtual clock at the start of every case.
pub const CLOCK_START_S: u32 = 1000;

/// One state that agrees with all that was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Candidate {
    state: State,
    names: Names,
}

/// What one event came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// What was seen is what the profile says. Listed are the clauses that this step broke all the same: the profile's
    /// known departures from the page.
    Agrees {
        /// The clauses broken by the profile's own deviations.
        known: Vec<&'static str>,
    },
    /// The application broke an obligation.
    Misuse(Misuse),
    /// No page says what the call does here.
    Undefined(Undefined),
    /// The library broke a guarantee.
    Violation(Violation),
    /// The event names an object that does not exist.
    UnknownObject(String),
}

/// A guarantee that was broken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// The clause that names it best; `None` where what was seen differs from the model and no clause says so.
    pub clause: Option<&'static str>,
    /// Other clauses that the same step breaks.
    pub also: Vec<&'static str>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Single deviations that, put in or taken out of the profile, would make it agree.
    pub explained_by: Vec<Deviation>,
}

/// Which of the open choices agree with what was seen.
enum Sole {
    /// This one, or several that come to the same.
    Action(Action),
    /// The step is not made at all.
    Void(Verdict),
    /// None.
    None,
    /// Several that lead to different states.
    Several,
}

/// Judges the events of one case, one after another.
#[derive(Clone, Debug)]
pub struct Checker {
    profile: Profile,
    candidates: Vec<Candidate>,
    seen: Seen,
    journal: Journal,
    held: Vec<u64>,
    truncated: bool,
}

impl Checker {
    /// A checker at the start of a case.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let state = State { now: CLOCK_START_S, ..State::default() };
        Self {
            profile,
            candidates: vec![Candidate { state, names: Names::default() }],
            seen: Seen::default(),
            journal: Journal::default(),
            held: vec![0; clauses::ALL.len()],
            truncated: false,
        }
    }

    /// How often each clause held, in the order of [`clauses::ALL`].
    #[must_use]
    pub fn held(&self) -> &[u64] {
        &self.held
    }

    /// Whether more states agreed than are carried, so that facts became unknown.
    #[must_use]
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    /// The state that is believed in.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.candidates[0].state
    }

    /// Which session of the trace is which of [`Checker::state`].
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.candidates[0].names
    }

    /// What was last shown of everything.
    #[must_use]
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// How many objects, names and facts are kept: a measure of memory, which follows what lives.
    #[must_use]
    pub fn footprint(&self) -> usize {
        let objects = |c: &Candidate| {
            let State { contexts, connections, sessions, borrows, .. } = &c.state;
            contexts.len() + connections.len() + sessions.len() + borrows.len() + c.names.len()
        };
        self.candidates.iter().map(objects).sum::<usize>() + self.seen.len()
    }

    /// What happened in the last event, in the model's words.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What the call would come to before it is made, if it could come to that however the library uses its latitude: misuse, or described
    /// by no page.
    pub fn forecast(&mut self, call: &Call) -> Option<Verdict> {
        let Self { candidates, profile, journal, .. } = self;
        for Candidate { state, names } in candidates.iter_mut() {
            let call = match names.to_model(call) {
                Ok(call) => call,
                Err(name) => return Some(Verdict::UnknownObject(name.to_string())),
            };
            for choice in choices(state, &call, profile) {
                let outcome = step(state, &Action { call, choice }, profile, journal);
                journal.undo(state);
                match outcome {
                    Outcome::Refused(misuse) => return Some(Verdict::Misuse(misuse)),
                    Outcome::Undefined(why) => return Some(Verdict::Undefined(why)),
                    Outcome::Done | Outcome::Number(_) | Outcome::Mode(_) | Outcome::Session(_) => {}
                }
            }
        }
        None
    }

    /// Judges one event: a call in the trace's names and what it showed.
    pub fn event(&mut self, call: &Call, observation: &Observation) -> Verdict {
        self.seen.update(observation);
        if let [only] = &mut self.candidates[..] {
            let Ok(model_call) = only.names.to_model(call) else { return unknown(call) };
            let open = choices(&only.state, &model_call, &self.profile);
            match self.sole(model_call, &open, observation) {
                Sole::Action(action) => {
                    if let Some(verdict) = self.in_place(&action, observation) {
                        return verdict;
                    }
                }
                Sole::Void(verdict) => return verdict,
                Sole::None => {}
                Sole::Several => return self.among_choices(call, observation),
            }
            return self.violation(call, observation);
        }
        self.among_choices(call, observation)
    }

    /// From one state: the one choice that agrees, where those that agree all lead to the same state. Nothing is copied but what
    /// the steps change.
    fn sole(&mut self, call: Call, open: &[Choice], observation: &Observation) -> Sole {
        if let [choice] = *open {
            return Sole::Action(Action { call, choice });
        }
        let Candidate { state, names } = &mut self.candidates[0];
        let unborn = SessId(state.next_session);
        let mut agreeing: Option<(Action, Change)> = None;
        for choice in open {
            let action = Action { call, choice: *choice };
            let outcome = step(state, &action, &self.profile, &mut self.journal);
            if let Some(void) = void(outcome) {
                return Sole::Void(void);
            }
            let transition = Transition { action: &action, outcome, after: state, journal: &self.journal };
            let change =
                compare::agrees(&transition, names, &self.seen, observation).then(|| Change::of(&transition, names.named_from(unborn)));
            names.unbind_from(unborn);
            self.journal.undo(state);
            match (&agreeing, change) {
                (None, Some(change)) => agreeing = Some((action, change)),
                (Some((_, first)), Some(change)) if *first != change => return Sole::Several,
                (Some(_) | None, Some(_) | None) => {}
            }
        }
        agreeing.map_or(Sole::None, |(action, _)| Sole::Action(action))
    }

    /// The common case: one state, one choice. `None` where it does not agree; the state is then as it was.
    fn in_place(&mut self, action: &Action, observation: &Observation) -> Option<Verdict> {
        let Candidate { state, names } = &mut self.candidates[0];
        let unborn = SessId(state.next_session);
        let outcome = step(state, action, &self.profile, &mut self.journal);
        if let Some(void) = void(outcome) {
            return Some(void);
        }
        let transition = Transition { action, outcome, after: state, journal: &self.journal };
        if !compare::agrees(&transition, names, &self.seen, observation) {
            names.unbind_from(unborn);
            self.journal.undo(state);
            return None;
        }
        let known = judge(&transition, &mut self.held);
        self.settle();
        Some(Verdict::Agrees { known })
    }

    /// Tries every state with every choice and keeps those that agree.
    fn among_choices(&mut self, call: &Call, observation: &Observation) -> Verdict {
        let (mut agreeing, mut nothing_done): (Vec<(Candidate, Action)>, _) = (Vec::new(), None);
        for candidate in &self.candidates {
            let Ok(model_call) = candidate.names.to_model(call) else { return unknown(call) };
            for choice in choices(&candidate.state, &model_call, &self.profile) {
                let action = Action { call: model_call, choice };
                let mut after = candidate.clone();
                let outcome = step(&mut after.state, &action, &self.profile, &mut self.journal);
                if let Some(void) = void(outcome) {
                    // what one state of several takes for misuse may be right in another
                    nothing_done.get_or_insert(void);
                    continue;
                }
                let transition = Transition { action: &action, outcome, after: &after.state, journal: &self.journal };
                if compare::agrees(&transition, &mut after.names, &self.seen, observation)
                    && !agreeing.iter().any(|(other, _)| *other == after)
                {
                    agreeing.push((after, action));
                }
            }
        }
        if agreeing.is_empty() {
            return nothing_done.unwrap_or_else(|| self.violation(call, observation));
        }
        self.adopt(agreeing, observation)
    }

    /// Goes on with the states that agree; the first is the one that clauses are counted for.
    fn adopt(&mut self, mut agreeing: Vec<(Candidate, Action)>, observation: &Observation) -> Verdict {
        if agreeing.len() > MOST_STATES {
            agreeing.truncate(MOST_STATES);
            self.truncated = true;
        }
        let action = agreeing[0].1;
        let origin = self.candidates.iter().find_map(|candidate| self.replayed(candidate, &action, &agreeing[0].0, observation));
        let known = match origin {
            Some((after, outcome, journal)) => {
                self.journal = journal;
                let transition = Transition { action: &action, outcome, after: &after, journal: &self.journal };
                judge(&transition, &mut self.held)
            }
            None => Vec::new(),
        };
        self.candidates = agreeing.into_iter().map(|(candidate, _)| candidate).collect();
        self.settle();
        Verdict::Agrees { known }
    }

    /// The step from `candidate` that leads to `to`, if it does.
    fn replayed(&self, from: &Candidate, action: &Action, to: &Candidate, observation: &Observation) -> Option<(State, Outcome, Journal)> {
        let mut after = from.clone();
        let mut journal = Journal::default();
        let outcome = step(&mut after.state, action, &self.profile, &mut journal);
        let transition = Transition { action, outcome, after: &after.state, journal: &journal };
        let agrees = compare::agrees(&transition, &mut after.names, &self.seen, observation);
        (agrees && after == *to).then_some((after.state, outcome, journal))
    }

    /// Forgets what is gone.
    fn settle(&mut self) {
        self.seen.forget_freed(&self.journal, &self.candidates);
        if !self.seen.shows_statistics() {
            // what nobody sees must not keep states apart
            self.candidates.iter_mut().for_each(|candidate| candidate.state.forget_statistics());
        }
        if let [Candidate { state, names }] = &mut self.candidates[..] {
            let died = self.journal.effects.iter().filter_map(|e| if let Effect::Died(id) = e { Some(*id) } else { None });
            // what a borrow that is gone now had kept
            for id in died.chain(self.journal.borrows.iter().map(|b| b.session)) {
                if state.forget_dead(id)
                    && let Some(name) = names.unbind(id)
                {
                    self.seen.forget_session(name);
                }
            }
            return;
        }
        for Candidate { state, names } in &mut self.candidates {
            state.sweep();
            names.forget(|id| state.sessions.get(id).is_none());
        }
        self.seen.forget_unnamed(&self.candidates);
    }
}

/// A step that was not made.
fn void(outcome: Outcome) -> Option<Verdict> {
    match outcome {
        Outcome::Refused(misuse) => Some(Verdict::Misuse(misuse)),
        Outcome::Undefined(why) => Some(Verdict::Undefined(why)),
        Outcome::Done | Outcome::Number(_) | Outcome::Mode(_) | Outcome::Session(_) => None,
    }
}

fn unknown(call: &Call) -> Verdict {
    Verdict::UnknownObject(format!("{call:?}"))
}

/// Asks every clause; counts those that hold, gives those that are broken.
fn judge(transition: &Transition<'_>, held: &mut [u64]) -> Vec<&'static str> {
    let mut broken = Vec::new();
    for (clause, count) in clauses::ALL.iter().zip(held) {
        match clauses::judge(clause, transition) {
            Judgement::Silent => {}
            Judgement::Holds => *count += 1,
            Judgement::Broken => broken.push(clause.id),
        }
    }
    broken
}
