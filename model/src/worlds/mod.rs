//! The worlds of a bound: themes, one file each.

mod caching;
mod callbacks;
mod contexts;
mod ending;
mod everything;
mod getters;
mod letters;
mod lives;
mod tickets;
mod time;

use crate::World;

/// What `small` explores: every world to its end, all of them in seconds.
#[must_use]
pub fn small() -> Vec<World> {
    let themes = [getters::WORLDS, lives::WORLDS, caching::WORLDS, time::WORLDS, callbacks::WORLDS, ending::WORLDS, contexts::WORLDS, tickets::WORLDS, everything::WORLDS];
    themes.into_iter().flatten().copied().collect()
}
