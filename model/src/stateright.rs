//! The same worlds for a second, independent engine: Stateright.
//!
//! Its properties see states only, and our clauses judge steps. So the steps are judged where Stateright asks for the next state, which
//! its breadth-first search does once for each step, and the verdicts are summed up in the model. Its one property reads that
//! sum; a second one that never comes true keeps the search going to the end.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use stateright::{Checker, Model, Property};

use crate::explore::{End, Engine, Exploration, Order, Progress, Tally, Until};
use crate::{Action, Clause, Journal, Judgement, Profile, State, Transition, World, canonical, clauses, step};

/// A world as Stateright sees it: states in canonical form, actions as ours.
#[derive(Debug)]
pub struct Checked {
    world: World,
    profile: Profile,
    clauses: Vec<&'static Clause>,
    held: Vec<AtomicU64>,
    broken: Vec<AtomicU64>,
}

impl Checked {
    /// A world under a profile, judged by these clauses.
    #[must_use]
    pub fn new(world: World, profile: Profile, clauses: &[&'static Clause]) -> Self {
        let zeros = || clauses.iter().map(|_| AtomicU64::new(0)).collect();
        Self { world, profile, clauses: clauses.to_vec(), held: zeros(), broken: zeros() }
    }

    fn judge(&self, transition: &Transition<'_>) {
        for (place, clause) in self.clauses.iter().enumerate() {
            match clauses::judge(clause, transition) {
                Judgement::Silent => {}
                Judgement::Holds => drop(self.held[place].fetch_add(1, Relaxed)),
                Judgement::Broken => drop(self.broken[place].fetch_add(1, Relaxed)),
            }
        }
    }

    fn is_unbroken(&self) -> bool {
        self.broken.iter().all(|count| count.load(Relaxed) == 0)
    }
}

impl Model for Checked {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![canonical(&self.world.start(&self.profile)).0]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.world.actions(state, &self.profile, actions);
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let (mut after, mut journal) = (last.clone(), Journal::default());
        let outcome = step(&mut after, &action, &self.profile, &mut journal);
        let transition = Transition { action: &action, outcome, after: &after, journal: &journal };
        if transition.is_void() {
            return None;
        }
        self.judge(&transition);
        self.world.settle(&mut after, &self.profile);
        self.world.holds(&after).then(|| canonical(&after).0)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::<Self>::always("no clause is broken", |model, _| model.is_unbroken()),
            Property::<Self>::sometimes("the search is cut short", |_, _| false),
        ]
    }
}

/// Stateright's breadth-first search, on one thread of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stateright;

impl Engine for Stateright {
    /// Explores to the end: `until` and `progress` are not heeded, and there are no witnesses.
    fn explore(&self, order: &Order<'_>, _progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Exploration {
        let mut builder = Checked::new(*order.world, order.profile, order.clauses).checker().threads(1);
        if let Some(depth) = order.world.limits.steps.checked_add(1) {
            builder = builder.target_max_depth(depth as usize);
        }
        let checker = builder.spawn_bfs().join();
        let model = checker.model();
        let sums = model.clauses.iter().zip(&model.held).zip(&model.broken);
        let tallies =
            sums.map(|((clause, held), broken)| Tally { clause, held: held.load(Relaxed), broken: broken.load(Relaxed), witness: None });
        let end = if order.until == Until::FirstBreak && !model.is_unbroken() { End::Broke } else { End::Exhausted };
        Exploration {
            world: order.world.name,
            states: checker.unique_state_count() as u64,
            transitions: checker.state_count() as u64 - 1,
            depth: u32::try_from(checker.max_depth()).map_or(0, |depth| depth - 1),
            end,
            tallies: tallies.collect(),
        }
    }
}

/// Stateright's Explorer on one world, in a browser at this address. Does not return.
pub fn serve(world: World, profile: Profile, address: &str) {
    drop(Checked::new(world, profile, clauses::ALL).checker().serve(address));
}
