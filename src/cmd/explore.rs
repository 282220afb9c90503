//! `sessck explore`: every state of the model's worlds.

mod answer;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use clap::{Args, ValueEnum};
use sessck_model::explore::{BreadthFirst, Engine, Exploration, Order, Until};
use sessck_model::search::{Need, need};
use sessck_model::{Obligation, Profile, World as ModelWorld, clauses, worlds};

use super::conform::cores;
use super::progress::{Progress, interrupted};
use super::{Answer, Failure, World};
use crate::profile::Wanted;

pub(super) use self::answer::Explored;

/// The most states of one world of `large`: some 2 GB a world under way. The largest world of `small` is far below.
const MOST_STATES: usize = 500_000;

const EXAMPLES: &str = "\
Examples:
  sessck explore                                         the pages
  sessck explore --profile page+evicts-at-size           what a departure breaks
  sessck explore --world get1                            worlds whose names begin so
  sessck explore --bound small --format json
  sessck explore --world held --serve 127.0.0.1:PORT     in a browser, by the second engine";

/// `sessck explore`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explore {
    /// Which worlds
    #[arg(long, value_enum, default_value_t = Bound::Small)]
    bound: Bound,
    /// What the library does: `page`, `openssl-3.0.22`, each with `+deviation`
    #[arg(long, default_value = "page", value_name = "P")]
    profile: Wanted,
    /// Only worlds whose names begin so
    #[arg(long, value_name = "NAME")]
    world: Option<String>,
    /// How many worlds at a time; one a core if nothing is said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Show the first of these worlds in a browser at this address, until interrupted
    #[arg(long, value_name = "ADDRESS", conflicts_with = "jobs")]
    serve: Option<std::net::SocketAddr>,
    /// Do not look for what the obligations are needed for
    #[arg(long)]
    no_obligations: bool,
}

/// A list of worlds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Bound {
    /// Each to its end, seconds in all
    Small,
    /// As far as minutes and memory allow
    Large,
}

impl Bound {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }

    fn worlds(self) -> Vec<ModelWorld> {
        match self {
            Self::Small => worlds::small(),
            Self::Large => worlds::large(),
        }
    }
}

impl Explore {
    pub(super) fn run(&self, world: &World) -> Result<Answer, Failure> {
        let worlds: Vec<ModelWorld> = self.bound.worlds().into_iter().filter(|it| self.wants(it)).collect();
        if worlds.is_empty() {
            let names: Vec<&str> = self.bound.worlds().iter().map(|world| world.name).collect();
            return Err(Failure::Usage(format!("there is no such world: there are {}", names.join(", "))));
        }
        let profile = world.profiles.wanted(&self.profile, None);
        if let (Some(address), Some(first)) = (self.serve, worlds.first()) {
            sessck_model::stateright::serve(*first, profile, &address.to_string());
        }
        let jobs = self.jobs.map_or_else(cores, usize::from);
        let mut explored = explored(self.bound, &worlds, profile, jobs);
        if profile == Profile::PAGE && self.world.is_none() && !self.no_obligations && !interrupted() {
            explored.needs = needs(&worlds, jobs);
        }
        explored.whole = self.world.is_none();
        Ok(explored.answer(&world.profiles))
    }

    fn wants(&self, world: &ModelWorld) -> bool {
        self.world.as_ref().is_none_or(|name| world.name.starts_with(name.as_str()))
    }
}

/// Explores worlds, several at a time. The answer is in the order of the worlds.
pub(super) fn explored(bound: Bound, worlds: &[ModelWorld], profile: Profile, jobs: usize) -> Explored {
    let begun = Instant::now();
    let progress = Progress::new("explore", worlds.len() as u64);
    let done = AtomicUsize::new(0);
    let explore = |world: &ModelWorld| {
        let order = Order { world, profile, clauses: clauses::ALL, until: Until::Exhausted, max_states: MOST_STATES };
        let begun = Instant::now();
        let going = |done: u64| if progress.done(done) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        let exploration: Exploration = BreadthFirst.explore(&order, &mut |_| going(done.load(Ordering::Relaxed) as u64));
        progress.done(done.fetch_add(1, Ordering::Relaxed) as u64 + 1);
        (exploration, begun.elapsed())
    };
    let worlds = in_parallel(worlds, jobs, &explore);
    Explored { bound, profile, worlds, needs: Vec::new(), elapsed: begun.elapsed(), whole: true }
}

/// What each obligation is needed for.
pub(super) fn needs(worlds: &[ModelWorld], jobs: usize) -> Vec<(Obligation, Need)> {
    let progress = Progress::new("obligations", Obligation::ALL.len() as u64);
    let done = AtomicUsize::new(0);
    in_parallel(Obligation::ALL, jobs, &|obligation| {
        let found = (*obligation, need(worlds, *obligation));
        progress.done(done.fetch_add(1, Ordering::Relaxed) as u64 + 1);
        found
    })
}

/// Does the same with each, so many at a time; the results are in the order of what they are of.
fn in_parallel<T: Sync, R: Send>(all: &[T], jobs: usize, each: &(dyn Fn(&T) -> R + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, all.len().max(1)) {
            scope.spawn(|| {
                while let Some((at, it)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, all.get(at)?))) {
                    let result = each(it);
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((at, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
