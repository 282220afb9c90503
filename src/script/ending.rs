//! Ways in which open connections come to their end: a few calls that only make sense together.

use proptest::prelude::*;
use sessck_model::{Call, Connection, Outlet, Phase, State, Wire};

use super::Pick;
use super::resolve::{connection, may_shut_down};

/// What happens to an open connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ending {
    /// Its peer shuts down, and it reads that.
    PeerCloses {
        /// Whether it writes then.
        writes: bool,
        /// Whether it shuts down then.
        answers: bool,
    },
    /// Its transport ends.
    CutOff {
        /// Whether it had shut down before.
        closed: bool,
        /// Whether it reads then; else it shuts down.
        reads: bool,
    },
    /// Its transport takes nothing for a while.
    Blocked {
        /// Whether it writes; else it shuts down.
        writes: bool,
        /// Whether the transport takes all again, and the call is made again.
        retries: bool,
    },
    /// It shuts down and writes all the same.
    WritesLate,
    /// Its peer writes, and it shuts down without reading that.
    Unread {
        /// Whether it waits for the peer's answer.
        waits: bool,
    },
}

pub(super) fn endings() -> impl Strategy<Value = Ending> {
    let two = || (any::<bool>(), any::<bool>());
    prop_oneof![
        2 => two().prop_map(|(writes, answers)| Ending::PeerCloses { writes, answers }),
        3 => (prop::bool::weighted(0.2), prop::bool::weighted(0.8)).prop_map(|(closed, reads)| Ending::CutOff { closed, reads }),
        2 => two().prop_map(|(writes, retries)| Ending::Blocked { writes, retries }),
        2 => any::<bool>().prop_map(|waits| Ending::Unread { waits }),
        1 => Just(Ending::WritesLate),
    ]
}

/// The calls that it comes to; none where no connection fits.
pub(super) fn calls(state: &State, pick: Pick, ending: &Ending) -> Vec<Call> {
    let alive = |c: &Connection| c.phase == Phase::Open && may_shut_down(c) && !c.shutdown.sent;
    let peer_of = |c: &Connection| c.peer.and_then(|peer| state.connections.get(peer));
    let with_peer =
        |c: &Connection| alive(c) && c.wire == Wire::Whole && peer_of(c).is_some_and(|peer| alive(peer) && peer.wire == Wire::Whole);
    let found = connection(state, pick, |c| match ending {
        Ending::PeerCloses { .. } | Ending::Unread { .. } => with_peer(c),
        Ending::CutOff { .. } | Ending::WritesLate => alive(c) && c.wire == Wire::Whole,
        Ending::Blocked { .. } => alive(c) && c.wire == Wire::Whole && c.outlet == Outlet::Free,
    });
    let Some(id) = found else { return Vec::new() };
    let peer = state.connections.get(id).and_then(|c| c.peer).unwrap_or(id);
    let again = |writes: bool| if writes { Call::Write(id) } else { Call::Shutdown(id) };
    match *ending {
        Ending::PeerCloses { writes, answers } => {
            let rest = [writes.then_some(Call::Write(id)), answers.then_some(Call::Shutdown(id))];
            [Call::Shutdown(peer), Call::Read(id)].into_iter().chain(rest.into_iter().flatten()).collect()
        }
        Ending::CutOff { closed, reads } => {
            let first = closed.then_some(Call::Shutdown(id));
            first.into_iter().chain([Call::Cut(id), if reads { Call::Read(id) } else { Call::Shutdown(id) }]).collect()
        }
        Ending::Blocked { writes, retries: true } => vec![Call::Block(id), again(writes), Call::Unblock(id), again(writes)],
        Ending::Blocked { writes, retries: false } => vec![Call::Block(id), again(writes)],
        Ending::WritesLate => vec![Call::Shutdown(id), Call::Write(id)],
        Ending::Unread { waits } => {
            let waiting = waits.then_some(Call::Shutdown(id));
            [Call::Write(peer), Call::Shutdown(id)].into_iter().chain(waiting).collect()
        }
    }
}
