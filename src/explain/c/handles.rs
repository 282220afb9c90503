//! Which contexts and connections the application can still look at.

use std::collections::BTreeMap;

use sessck_model::{Call, ConnId, CtxId, ServerNameCallback, Side, Version};

use super::calls::Handle;
use crate::implementation::{Name, Observation};

/// The references that the application holds.
#[derive(Default)]
pub(super) struct Handles {
    contexts: BTreeMap<CtxId, u32>,
    connections: BTreeMap<ConnId, (u32, CtxId)>,
    kinds: BTreeMap<CtxId, (Side, Version)>,
    /// Connections that were moved, and where to.
    moved: BTreeMap<ConnId, CtxId>,
    /// Contexts whose server-name callback moves connections, and where to, as the program was last told.
    movers: BTreeMap<CtxId, Option<CtxId>>,
}

impl Handles {
    /// Which end the connections of a context are.
    pub(super) fn side(&self, context: CtxId) -> Side {
        self.kinds.get(&context).map_or(Side::Client, |(side, _)| *side)
    }

    /// The context that each connection was made from.
    pub(super) fn homes(&self) -> BTreeMap<ConnId, CtxId> {
        self.connections.iter().map(|(c, (_, home))| (*c, *home)).collect()
    }

    /// Where a server-name callback moves connections from now on, for each context where that is new: to the oldest other context of its kind
    /// that the application holds.
    pub(super) fn hosts(&mut self) -> Vec<(CtxId, Option<CtxId>)> {
        let oldest = |x: CtxId| {
            let other = |(other, count): &(&CtxId, &u32)| **other != x && **count > 0 && self.kinds.get(*other) == self.kinds.get(&x);
            self.contexts.iter().find(other).map(|(other, _)| *other)
        };
        let living = self.living();
        let now = self.movers.iter().filter(|(x, _)| living.contains(&x.to_string())).map(|(x, told)| (*x, *told, oldest(*x)));
        let new: Vec<_> = now.filter(|(_, told, host)| told != host).map(|(x, _, host)| (x, host)).collect();
        self.movers.extend(new.iter().copied());
        new
    }

    /// Whether the call gives the last reference to a connection back.
    pub(super) fn is_last(&self, handle: Handle) -> Option<ConnId> {
        match handle {
            Handle::ConnectionGiven(c) if self.connections.get(&c).is_some_and(|(count, _)| *count == 1) => Some(c),
            _ => None,
        }
    }

    /// Takes a call in. Gives the names of what cannot be looked at any more.
    pub(super) fn event(&mut self, call: &Call, handle: Handle, saw: &Observation) -> Vec<String> {
        let living = self.living();
        match *call {
            Call::ContextNew(x, side, version) => _ = self.kinds.insert(x, (side, version)),
            Call::SetServerNameCallback(x, ServerNameCallback::Switch) => _ = self.movers.entry(x).or_default(),
            _ => {}
        }
        match handle {
            Handle::Same => {}
            Handle::ContextMade(x) => _ = self.contexts.insert(x, 1),
            Handle::ContextTaken(x) => *self.contexts.entry(x).or_default() += 1,
            Handle::ContextGiven(x) => lower(self.contexts.get_mut(&x)),
            Handle::ConnectionMade(c, x) => _ = self.connections.insert(c, (1, x)),
            Handle::ConnectionTaken(c) => _ = self.connections.entry(c).and_modify(|(count, _)| *count += 1),
            Handle::ConnectionGiven(c) => lower(self.connections.get_mut(&c).map(|(count, _)| count)),
            Handle::ConnectionCopied(new, c) => {
                // it is made from the context that the original uses now
                let home = self.moved.get(&c).or(self.connections.get(&c).map(|(_, home)| home)).copied();
                self.connections.extend(home.map(|home| (new, (1, home))));
            }
        }
        for (Name(c), facts) in &saw.connections {
            match facts.context {
                Some(Name(x)) => _ = self.moved.insert(*c, x),
                None => _ = self.moved.remove(c),
            }
        }
        let left = self.living();
        living.into_iter().filter(|name| !left.contains(name)).collect()
    }

    /// A connection that the application holds; a context that it holds, or that such a connection uses.
    fn living(&self) -> Vec<String> {
        let connections = self.connections.iter().filter(|(_, (count, _))| *count > 0);
        let uses = |x: CtxId| {
            let mut held = self.connections.iter().filter(|(_, (count, _))| *count > 0);
            held.any(|(c, (_, home))| *home == x || self.moved.get(c) == Some(&x))
        };
        let contexts = self.contexts.iter().filter(|(x, count)| **count > 0 || uses(**x));
        connections.map(|(c, _)| c.to_string()).chain(contexts.map(|(x, _)| x.to_string())).collect()
    }
}

fn lower(count: Option<&mut u32>) {
    if let Some(count) = count {
        *count = count.saturating_sub(1);
    }
}
