//! The canonical form of a state: one of the states that differ from it by names only, the same for all of these.
//!
//! Two ages matter to the operations and are kept: contexts stay in the order in which they were made, and sessions of equal identity
//! as well. All else is renamed by [colour](crate::colors).

use crate::{Renaming, State, colors::{self, Colors}};

/// The renaming into the canonical form. Deterministic, and equal up to names nearly always gives equal (where it does not,
/// exploration visits a state twice and is none the worse).
#[must_use]
pub fn canonical_names(state: &State) -> Renaming {
    let colors = Colors::of(state);
    let mut to = Renaming::default();
    to.contexts.extend(state.contexts.ids());
    let mut connections: smallvec::SmallVec<[_; 4]> = colors.connections.iter().copied().zip(state.connections.ids()).collect();
    connections.sort_unstable();
    to.connections.extend(connections.iter().map(|(_, id)| *id));

    let family = |color: u64, identity| {
        let relatives = state.sessions.iter().zip(&colors.sessions).filter(|((_, s), _)| !s.freed && s.identity == Some(identity));
        relatives.map(|(_, c)| *c).min().unwrap_or(color)
    };
    let sessions = state.sessions.iter().zip(&colors.sessions);
    let keyed = sessions.map(|((id, s), color)| match s.identity {
        Some(identity) if !s.freed => (family(*color, identity), id),
        Some(_) | None => (*color, id),
    });
    let mut sessions: smallvec::SmallVec<[_; 8]> = keyed.collect();
    sessions.sort_unstable();
    to.sessions.extend(sessions.iter().map(|(_, id)| *id));
    name_identities(state, &mut to);
    to
}

/// Identities are numbered in the order in which they occur.
fn name_identities(state: &State, to: &mut Renaming) {
    let sessions = to.sessions.iter().filter_map(|id| state.sessions.get(*id)).filter(|s| !s.freed).filter_map(|s| s.identity);
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
