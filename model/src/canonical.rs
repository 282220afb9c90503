//! The canonical form of a state: one of the states that differ from it by names only, the same for all of these.
//!
//! Two ages matter to the operations and are kept: contexts stay in the order in which they were made, and so do sessions of
//! equal identity that a get callback could choose from. All else is renamed by [colour](crate::colors).

use smallvec::SmallVec;

use crate::colors::{self, Colors};
use crate::{Renaming, SessId, State};

/// The renaming into the canonical form. Deterministic, and equal up to names nearly always gives equal (where it does not,
/// exploration visits a state twice and is none the worse).
#[must_use]
pub fn canonical_names(state: &State) -> Renaming {
    let colors = Colors::of(state);
    let mut to = Renaming::default();
    to.contexts.extend(state.contexts.ids());
    let mut connections: SmallVec<[_; 4]> = colors.connections.iter().copied().zip(state.connections.ids()).collect();
    connections.sort_unstable();
    to.connections.extend(connections.iter().map(|(_, id)| *id));
    to.connections.extend(state.gone.iter().map(|gone| gone.connection));

    to.sessions = by_color_and_age(state, &colors);
    name_identities(state, &mut to);
    to
}

/// Sessions by colour, but none before an older one where it matters which of the two is older.
fn by_color_and_age(state: &State, colors: &Colors<'_>) -> SmallVec<[SessId; 8]> {
    let mut waiting: SmallVec<[(u64, SessId); 8]> = colors.sessions.iter().copied().zip(state.sessions.ids()).collect();
    waiting.sort_unstable();
    let mut ordered = SmallVec::new();
    let older = |a: SessId, b: SessId| {
        let both = state.sessions.get(a).zip(state.sessions.get(b));
        a < b && both.is_some_and(|(a, b)| colors::are_kin(state, a, b))
    };
    while !waiting.is_empty() {
        let free = |at: &usize| !waiting.iter().any(|(_, other)| older(*other, waiting[*at].1));
        let next = (0..waiting.len()).find(free).unwrap_or(0);
        ordered.push(waiting.remove(next).1);
    }
    ordered
}

/// Identities are numbered in the order in which they occur.
fn name_identities(state: &State, to: &mut Renaming) {
    let sessions =
        to.sessions.iter().filter_map(|id| state.sessions.get(*id)).filter(|s| !s.freed).flat_map(|s| [s.identity, s.own]).flatten();
    let inboxes = to.connections.iter().filter_map(|id| state.connections.get(*id)).flat_map(|c| c.inbox.iter());
    for identity in sessions.chain(inboxes.flat_map(colors::identities)) {
        if !to.identities.contains(&identity) {
            to.identities.push(identity);
        }
    }
}

/// The canonical form, and the renaming that leads to it. Sessions that are gone without being named by a borrow must have been
/// [swept](State::sweep).
#[must_use]
pub fn canonical(state: &State) -> (State, Renaming) {
    let names = canonical_names(state);
    (state.renamed(&names), names)
}
