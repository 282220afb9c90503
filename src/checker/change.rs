//! What a step changed, apart from the state that it changed: two choices come to the same where this is equal.

use sessck_model::{Borrow, ConnId, Connection, Context, CtxId, SessId, Session, Transition};
use smallvec::SmallVec;

/// What one step changed, in order of ids; `None` where an object is gone. What was touched and is as before is not in it.
#[derive(PartialEq, Eq)]
pub(super) struct Change {
    now: u32,
    next: (u32, u32),
    borrows: SmallVec<[Borrow; 2]>,
    contexts: Vec<(CtxId, Option<Context>)>,
    connections: Vec<(ConnId, Option<Connection>)>,
    sessions: Vec<(SessId, Option<Session>)>,
    /// The names that it gave: the trace's, the model's.
    named: Vec<(SessId, SessId)>,
}

impl Change {
    /// What this step changed, and which sessions got a name in it.
    pub(super) fn of(t: &Transition<'_>, named: Vec<(SessId, SessId)>) -> Self {
        Self {
            now: t.after.now,
            next: (t.after.next_identity, t.after.next_session),
            borrows: t.after.borrows.clone(),
            contexts: changed(&t.journal.contexts, |id| t.context(id)),
            connections: changed(&t.journal.connections, |id| t.connection(id)),
            sessions: changed(&t.journal.sessions, |id| t.session(id)),
            named,
        }
    }
}

fn changed<'a, K: Copy + Ord, V: Clone + PartialEq + 'a>(
    before: &[(K, Option<V>)],
    now: impl Fn(K) -> Option<&'a V>,
) -> Vec<(K, Option<V>)> {
    let differs = before.iter().filter(|(id, before)| before.as_ref() != now(*id));
    let mut all: Vec<(K, Option<V>)> = differs.map(|(id, _)| (*id, now(*id).cloned())).collect();
    all.sort_unstable_by_key(|(id, _)| *id);
    all
}
