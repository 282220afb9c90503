//! Which contexts and connections the application can still look at.

use std::collections::BTreeMap;

use sessck_model::{Call, ConnId, CtxId, Side};

use super::calls::Handle;

/// The references that the application holds.
#[derive(Default)]
pub(super) struct Handles {
    contexts: BTreeMap<CtxId, u32>,
    connections: BTreeMap<ConnId, (u32, CtxId)>,
    sides: BTreeMap<CtxId, Side>,
}

impl Handles {
    /// Which end the connections of a context are.
    pub(super) fn side(&self, context: CtxId) -> Side {
        self.sides.get(&context).copied().unwrap_or(Side::Client)
    }

    /// Whether the call gives the last reference to a connection back.
    pub(super) fn is_last(&self, handle: Handle) -> Option<ConnId> {
        match handle {
            Handle::ConnectionGiven(c) if self.connections.get(&c).is_some_and(|(count, _)| *count == 1) => Some(c),
            _ => None,
        }
    }

    /// Takes a call in. Gives the names of what cannot be looked at any more.
    pub(super) fn event(&mut self, call: &Call, handle: Handle) -> Vec<String> {
        let living = self.living();
        if let Call::ContextNew(x, side, _) = *call {
            self.sides.insert(x, side);
        }
        match handle {
            Handle::Same => {}
            Handle::ContextMade(x) => _ = self.contexts.insert(x, 1),
            Handle::ContextTaken(x) => *self.contexts.entry(x).or_default() += 1,
            Handle::ContextGiven(x) => lower(self.contexts.get_mut(&x)),
            Handle::ConnectionMade(c, x) => _ = self.connections.insert(c, (1, x)),
            Handle::ConnectionTaken(c) => _ = self.connections.entry(c).and_modify(|(count, _)| *count += 1),
            Handle::ConnectionGiven(c) => lower(self.connections.get_mut(&c).map(|(count, _)| count)),
        }
        let left = self.living();
        living.into_iter().filter(|name| !left.contains(name)).collect()
    }

    /// A connection that the application holds; a context that it holds, or that such a connection uses.
    fn living(&self) -> Vec<String> {
        let connections = self.connections.iter().filter(|(_, (count, _))| *count > 0);
        let uses = |x: CtxId| self.connections.values().any(|(count, context)| *count > 0 && *context == x);
        let contexts = self.contexts.iter().filter(|(x, count)| **count > 0 || uses(**x));
        connections.map(|(c, _)| c.to_string()).chain(contexts.map(|(x, _)| x.to_string())).collect()
    }
}

fn lower(count: Option<&mut u32>) {
    if let Some(count) = count {
        *count = count.saturating_sub(1);
    }
}
