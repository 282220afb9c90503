//! What can be seen between calls, and what of it is new.

use std::collections::BTreeMap;

use sessck_model::{ConnId, CtxId, SessId};

use crate::implementation::{ConnectionFacts, ContextFacts, Event, Name, Observation, Returned, SessionFacts};

/// Facts in order of name.
pub(super) type Facts<T, F> = Vec<(Name<T>, F)>;

/// The facts as they were last shown.
#[derive(Default)]
pub(super) struct Reported {
    contexts: Facts<CtxId, ContextFacts>,
    connections: Facts<ConnId, ConnectionFacts>,
    sessions: Facts<SessId, SessionFacts>,
}

/// All facts that there are.
pub(super) type Now = (Facts<CtxId, ContextFacts>, Facts<ConnId, ConnectionFacts>, Facts<SessId, SessionFacts>);

impl Reported {
    /// The observation of a call that returned this, in which this happened, and after which these are the facts.
    pub(super) fn observe(&mut self, returned: Returned, events: Vec<Event>, now: Now) -> Observation {
        let (contexts, connections, sessions) = now;
        Observation {
            returned,
            events,
            contexts: news(&mut self.contexts, contexts),
            connections: news(&mut self.connections, connections),
            sessions: news(&mut self.sessions, sessions),
        }
    }
}

/// What changed, which is then as last shown; what is gone is forgotten.
fn news<K: Ord + Copy, V: PartialEq + Copy>(reported: &mut Vec<(K, V)>, now: Vec<(K, V)>) -> BTreeMap<K, V> {
    let before = std::mem::replace(reported, now);
    let known = |key: &K| before.binary_search_by_key(key, |(known, _)| *known).ok().map(|at| before[at].1);
    reported.iter().filter(|(key, facts)| known(key) != Some(*facts)).copied().collect()
}
