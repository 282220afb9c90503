//! The sessions of a cache: a list in the order of their addition, and an index by name. All under one lock, which is the caller's.

use std::collections::HashMap;

use crate::native::sync::{Guard, stands};
use crate::native::{Session, SessionId, Side, Version};

/// Under which name a session is found. In TLS 1.3 the two ends name a session differently.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Name {
    id: SessionId,
    version: Version,
    end: Option<Side>,
}

impl Name {
    fn of(session: &Session) -> Option<Self> {
        session.look(|content| {
            let end = match content.version {
                Version::Tls12 => None,
                Version::Tls13 => content.side,
            };
            Some(Self { id: content.id?, version: content.version, end })
        })
    }
}

#[derive(Debug)]
struct Node {
    session: Session,
    name: Option<Name>,
    newer: Option<usize>,
    older: Option<usize>,
}

/// The sessions of a cache. Each knows its place here.
#[derive(Debug, Default)]
pub(super) struct List {
    nodes: Vec<Option<Node>>,
    vacant: Vec<usize>,
    by_name: HashMap<Name, usize>,
    newest: Option<usize>,
    oldest: Option<usize>,
}

impl List {
    pub(super) fn len(&self) -> usize {
        self.nodes.len() - self.vacant.len()
    }

    /// Takes another object of the same name out. A session without an id has no name.
    pub(super) fn take_twin(&mut self, session: &Session) -> Option<Session> {
        let place = *self.by_name.get(&Name::of(session)?)?;
        self.take(place)
    }

    /// The session that a client can mean by this id.
    pub(super) fn find(&self, id: &SessionId, version: Version) -> Option<Session> {
        let end = match version {
            Version::Tls12 => None,
            Version::Tls13 => Some(Side::Server),
        };
        let place = *self.by_name.get(&Name { id: *id, version, end })?;
        let session = &self.node(place)?.session;
        session.look(|content| content.is_proposable()).then(|| session.clone())
    }

    /// Puts a session first. Another object of the same name makes way for it.
    pub(super) fn link(&mut self, session: Session) -> Option<Session> {
        let place = self.vacant.pop().unwrap_or_else(|| {
            self.nodes.push(None);
            self.nodes.len() - 1
        });
        // it has its place before its name is read: from here on nobody renames it
        session.put_at(Some(place));
        let name = Name::of(&session);
        let twin = name.filter(|_| stands(Guard::StoreTakesTwin)).and_then(|name| self.take(*self.by_name.get(&name)?));
        if let Some(name) = name {
            self.by_name.insert(name, place);
        }
        let older = self.newest.replace(place);
        match older.and_then(|older| self.node_mut(older)) {
            Some(older) => older.newer = Some(place),
            None => self.oldest = Some(place),
        }
        self.nodes[place] = Some(Node { session, name, newer: None, older });
        twin
    }

    /// Takes a session out. False where it is not here.
    pub(super) fn unlink(&mut self, session: &Session) -> bool {
        let Some(place) = session.place() else { return false };
        if !self.node(place).is_some_and(|node| node.session.is_same(session)) {
            return false;
        }
        self.take(place).is_some()
    }

    /// Takes the oldest session out.
    pub(super) fn pop_oldest(&mut self) -> Option<Session> {
        self.take(self.oldest?)
    }

    /// The oldest session that is not this one.
    pub(super) fn oldest_but(&self, spared: &Session) -> Option<Session> {
        self.upwards().find(|session| !session.is_same(spared)).cloned()
    }

    /// The sessions that are expired at this time, the oldest first.
    pub(super) fn expired(&self, at: i64) -> Vec<Session> {
        self.upwards().filter(|session| session.is_expired(at)).cloned().collect()
    }

    fn upwards(&self) -> impl Iterator<Item = &Session> {
        let node = |place: Option<usize>| place.and_then(|place| self.node(place));
        std::iter::successors(node(self.oldest), move |last| node(last.newer)).map(|node| &node.session)
    }

    fn take(&mut self, place: usize) -> Option<Session> {
        let Node { session, name, newer, older } = self.nodes.get_mut(place)?.take()?;
        self.vacant.push(place);
        match older.and_then(|older| self.node_mut(older)) {
            Some(older) => older.newer = newer,
            None => self.oldest = newer,
        }
        match newer.and_then(|newer| self.node_mut(newer)) {
            Some(newer) => newer.older = older,
            None => self.newest = older,
        }
        if let Some(name) = name {
            self.by_name.remove(&name);
        }
        session.put_at(None);
        Some(session)
    }

    fn node(&self, place: usize) -> Option<&Node> {
        self.nodes.get(place)?.as_ref()
    }

    fn node_mut(&mut self, place: usize) -> Option<&mut Node> {
        self.nodes.get_mut(place)?.as_mut()
    }
}
