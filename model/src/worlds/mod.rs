//! The worlds of a bound: themes, one file each.

mod acts;
mod alone;
mod attach;
mod caching;
mod callbacks;
mod contexts;
mod copies;
mod counting;
mod ending;
mod everything;
mod further;
mod getters;
mod letters;
mod lives;
mod ticket_callbacks;
mod tickets;
mod time;

use std::collections::BTreeSet;

use crate::world::Limits;
use crate::{Call, Kind, World};

/// What `small` explores: every world to its end, all of them in seconds.
#[must_use]
pub fn small() -> Vec<World> {
    let themes = [
        getters::WORLDS,
        lives::WORLDS,
        caching::WORLDS,
        time::WORLDS,
        callbacks::WORLDS,
        ending::WORLDS,
        contexts::WORLDS,
        tickets::WORLDS,
        alone::WORLDS,
        attach::WORLDS,
        ticket_callbacks::WORLDS,
        counting::WORLDS,
        copies::WORLDS,
        acts::WORLDS,
        further::WORLDS,
        everything::WORLDS,
    ];
    themes.into_iter().flatten().copied().collect()
}

/// What `large` explores: the worlds of `small` with room for one connection pair, two sessions and a second more. Most do not end in
/// a reasonable time: the caller says when it has enough.
#[must_use]
pub fn large() -> Vec<World> {
    small().into_iter().map(|world| World { limits: widened(world.limits), ..world }).collect()
}

fn widened(limits: Limits) -> Limits {
    Limits {
        connections: limits.connections + 2,
        sessions: limits.sessions + 2,
        owned: limits.owned + 1,
        count: limits.count + 4,
        borrows: limits.borrows + 1,
        inbox: limits.inbox + 2,
        seconds: if limits.seconds > 0 { limits.seconds + 1 } else { 0 },
        steps: limits.steps.saturating_mul(4),
        ..limits
    }
}

/// Pairs of kinds of call that no world enables together, and why not.
pub const APART: &[(Kind, Kind, &str)] = &[];

/// The pairs of kinds of call that are enabled together in none of these worlds and not named in [`APART`].
#[must_use]
pub fn pairs_apart(worlds: &[World]) -> Vec<(Kind, Kind)> {
    let kinds_of = |world: &World| world.alphabet.iter().copied().flatten().map(Call::kind).collect::<BTreeSet<_>>();
    let together: Vec<BTreeSet<Kind>> = worlds.iter().map(kinds_of).collect();
    let excused = |a: Kind, b: Kind| APART.iter().any(|(c, d, _)| (*c, *d) == (a, b) || (*d, *c) == (a, b));
    let pairs = Kind::ALL.iter().flat_map(|a| Kind::ALL.iter().map(|b| (*a, *b))).filter(|(a, b)| a < b);
    pairs.filter(|(a, b)| !excused(*a, *b) && !together.iter().any(|kinds| kinds.contains(a) && kinds.contains(b))).collect()
}
