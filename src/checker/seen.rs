//! The facts as they stand.

use std::collections::HashMap;

use sessck_model::{ConnId, CtxId, Journal, SessId};

use super::Candidate;
use crate::implementation::{ConnectionFacts, ContextFacts, Name, Observation, SessionFacts};

/// What an implementation has shown and not taken back: the facts as they stand.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub(super) contexts: HashMap<CtxId, ContextFacts>,
    pub(super) connections: HashMap<ConnId, ConnectionFacts>,
    pub(super) sessions: HashMap<SessId, SessionFacts>,
}

impl Seen {
    pub(super) fn update(&mut self, observation: &Observation) {
        self.contexts.extend(observation.contexts.iter().map(|(Name(id), facts)| (*id, *facts)));
        self.connections.extend(observation.connections.iter().map(|(Name(id), facts)| (*id, *facts)));
        self.sessions.extend(observation.sessions.iter().map(|(Name(id), facts)| (*id, *facts)));
    }

    /// Whether statistics were shown of any context.
    pub(super) fn shows_statistics(&self) -> bool {
        self.contexts.values().any(|facts| facts.statistics.is_some())
    }

    /// Forgets the connections and contexts that a step freed.
    pub(super) fn forget_freed(&mut self, journal: &Journal, candidates: &[Candidate]) {
        for (id, _) in &journal.connections {
            if candidates.iter().all(|c| c.state.connections.get(*id).is_none()) {
                self.connections.remove(id);
            }
        }
        for (id, _) in &journal.contexts {
            if candidates.iter().all(|c| c.state.contexts.get(*id).is_none()) {
                self.contexts.remove(id);
            }
        }
    }

    /// Forgets a session that died.
    pub(super) fn forget_session(&mut self, name: SessId) {
        self.sessions.remove(&name);
    }

    /// Forgets the sessions that have no name any more, once there are many of them.
    pub(super) fn forget_unnamed(&mut self, candidates: &[Candidate]) {
        if self.sessions.len() > 2 * candidates[0].names.len() + 16 {
            self.sessions.retain(|name, _| candidates.iter().any(|c| c.names.model(*name).is_some()));
        }
    }

    /// How many objects have facts.
    pub(super) fn len(&self) -> usize {
        self.contexts.len() + self.connections.len() + self.sessions.len()
    }

    /// What was last shown of a session.
    #[must_use]
    pub fn session(&self, name: SessId) -> Option<&SessionFacts> {
        self.sessions.get(&name)
    }
}
