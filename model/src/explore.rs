//! Exploration: a plain first-in-first-out search through the states of a world, which judges every step and remembers how it came to
//! each state, so that what it finds comes with a shortest script.

use std::ops::ControlFlow;

use crate::store::Store;
use crate::witness::Witness;
use crate::{Action, Clause, Journal, Judgement, Profile, Transition, World, canonical, clauses, step};

/// What is to be explored, and how far.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Where.
    pub world: &'a World,
    /// Under which profile the library acts.
    pub profile: Profile,
    /// The clauses that judge.
    pub clauses: &'a [&'static Clause],
    /// When to stop.
    pub until: Until,
    /// The most states to keep.
    pub max_states: usize,
}

/// When a search is content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// When there is nothing new.
    Exhausted,
    /// At the first step that breaks one of the clauses.
    FirstBreak,
}

/// How a search ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    /// Every state within the limits was visited.
    Exhausted,
    /// A clause broke, and that was enough.
    Broke,
    /// The states were more than allowed.
    Full,
    /// The caller wanted no more.
    Interrupted,
}

/// How far a search has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// States found.
    pub states: u64,
    /// States whose steps have all been taken.
    pub visited: u64,
    /// Steps taken.
    pub transitions: u64,
    /// Steps from the start to the states that are being visited.
    pub depth: u32,
}

/// What one clause said in a search.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The clause.
    pub clause: &'static Clause,
    /// Steps in which it held.
    pub held: u64,
    /// Steps that broke it.
    pub broken: u64,
    /// A shortest script that breaks it.
    pub witness: Option<Witness>,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Exploration {
    /// The name of the world.
    pub world: &'static str,
    /// Different states, up to names.
    pub states: u64,
    /// Steps between them.
    pub transitions: u64,
    /// Steps from the start to the farthest state.
    pub depth: u32,
    /// How it ended.
    pub end: End,
    /// One for each clause of the order, in its order.
    pub tallies: Vec<Tally>,
}

/// A way to search. Every engine finds the same states, steps and judgements, and tells `progress` of them now and then, which can
/// end the search.
pub trait Engine {
    /// Explores.
    fn explore(&self, order: &Order<'_>, progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Exploration;
}

/// Our own engine: breadth first, on one core.
#[derive(Clone, Copy, Debug, Default)]
pub struct BreadthFirst;

/// How often progress is told, in states.
const TOLD_EVERY: u32 = 2048;

/// How a state was first reached: from which state, by which of the actions there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    pub(crate) from: u32,
    pub(crate) by: u16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    held: u64,
    broken: u64,
    first_break: Option<Arrival>,
}

struct Search<'a> {
    order: &'a Order<'a>,
    store: Store,
    arrivals: Vec<Arrival>,
    counts: Vec<Count>,
    transitions: u64,
    journal: Journal,
}

impl Engine for BreadthFirst {
    fn explore(&self, order: &Order<'_>, progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> Exploration {
        let mut search = Search {
            order,
            store: Store::default(),
            arrivals: Vec::new(),
            counts: vec![Count::default(); order.clauses.len()],
            transitions: 0,
            journal: Journal::default(),
        };
        search.store.insert(canonical(&order.world.start(&order.profile)).0);
        search.arrivals.push(Arrival { from: 0, by: 0 });
        let (end, depth) = search.run(progress);
        search.finish(end, depth)
    }
}

impl Search<'_> {
    fn run(&mut self, progress: &mut dyn FnMut(&Progress) -> ControlFlow<()>) -> (End, u32) {
        let mut actions = Vec::new();
        let (mut depth, mut next, mut level_end) = (0, 0, 1);
        while (next as usize) < self.store.len() {
            if next == level_end {
                depth += 1;
                level_end = u32::try_from(self.store.len()).unwrap_or(u32::MAX);
                if depth == self.order.world.limits.steps {
                    return (End::Exhausted, depth);
                }
            }
            if next % TOLD_EVERY == TOLD_EVERY - 1 {
                let (states, visited) = (self.store.len() as u64, u64::from(next));
                if progress(&Progress { states, visited, transitions: self.transitions, depth }).is_break() {
                    return (End::Interrupted, depth);
                }
            }
            if self.visit(next, &mut actions).is_break() {
                return (End::Broke, depth + 1);
            }
            if self.store.len() > self.order.max_states {
                return (End::Full, depth);
            }
            next += 1;
        }
        (End::Exhausted, depth)
    }

    /// Takes every step from one state.
    fn visit(&mut self, number: u32, actions: &mut Vec<Action>) -> ControlFlow<()> {
        let Order { world, profile, .. } = self.order;
        let state = self.store.state(number);
        world.actions(&state, profile, actions);
        for (by, action) in (0..).zip(actions.iter()) {
            let mut after = state.clone();
            let outcome = step(&mut after, action, profile, &mut self.journal);
            let transition = Transition { action, outcome, after: &after, journal: &self.journal };
            if transition.is_void() {
                continue;
            }
            let arrival = Arrival { from: number, by };
            let broke = judge(self.order.clauses, &transition, &mut self.counts, arrival);
            if broke && self.order.until == Until::FirstBreak {
                return ControlFlow::Break(());
            }
            world.settle(&mut after, profile);
            if world.holds(&after) {
                self.transitions += 1;
                if self.store.insert(canonical(&after).0) {
                    self.arrivals.push(arrival);
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn finish(self, end: End, depth: u32) -> Exploration {
        let Order { world, clauses, .. } = self.order;
        let witness = |count: &Count| count.first_break.map(|at| Witness::reached(self.order, &self.path(at)));
        let tallies = clauses.iter().zip(&self.counts).map(|(clause, count)| Tally {
            clause,
            held: count.held,
            broken: count.broken,
            witness: witness(count),
        });
        let tallies = tallies.collect();
        Exploration { world: world.name, states: self.store.len() as u64, transitions: self.transitions, depth, end, tallies }
    }

    /// The places of the actions that lead from the start to one more step.
    fn path(&self, mut at: Arrival) -> Vec<u16> {
        let mut path = vec![at.by];
        while at.from != 0 {
            at = self.arrivals[at.from as usize];
            path.push(at.by);
        }
        path.reverse();
        path
    }
}

/// Lets every clause look at one step. Says whether any broke.
fn judge(all: &[&'static Clause], transition: &Transition<'_>, counts: &mut [Count], arrival: Arrival) -> bool {
    let mut broke = false;
    for (clause, count) in all.iter().zip(counts) {
        match clauses::judge(clause, transition) {
            Judgement::Silent => {}
            Judgement::Holds => count.held += 1,
            Judgement::Broken => {
                broke = true;
                count.broken += 1;
                count.first_break.get_or_insert(arrival);
            }
        }
    }
    broke
}
