//! The sessions of a cache: a list in the order of their addition, and an index by name. All under one lock, which is the caller's.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::nodes::Nodes;
use crate::native::session::{Content, Place};
use crate::native::sync::{Guard, stands};
use crate::native::{Session, SessionId, Side, Version};

/// Under which name a session is found. In TLS 1.3 the two ends name a session differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Name {
    id: SessionId,
    version: Version,
    end: Option<Side>,
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // ids are as good as unique by themselves
        state.write(self.id.as_bytes());
    }
}

impl Name {
    fn of(content: &Content) -> Option<Self> {
        let end = match content.version {
            Version::Tls12 => None,
            Version::Tls13 => content.side,
        };
        Some(Self { id: content.id?, version: content.version, end })
    }
}

/// A name, and its hash in the list at hand.
#[derive(Clone, Copy, Debug)]
struct Hashed {
    name: Name,
    hash: u32,
}

/// Where in the list a session with a name of this hash is.
#[derive(Debug)]
struct Entry {
    hash: u32,
    place: Place,
}

/// A hash as the table takes it: it looks at both ends of that.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// As long as a line of the processor's cache, and not across two: whoever looks a session up comes by here.
#[derive(Debug)]
#[repr(align(64))]
struct Node {
    session: Session,
    hash: u32,
    newer: Option<Place>,
    older: Option<Place>,
    name: Option<Name>,
    /// A server can find it by what clients propose.
    proposable: bool,
}

const _: () = assert!(size_of::<Option<Node>>() == 64);

/// The sessions of a cache. Each knows its place here.
#[derive(Debug, Default)]
pub(super) struct List {
    nodes: Nodes<Node>,
    by_name: HashTable<Entry>,
    /// Keys of this list's own: nobody can make up ids that meet in the table.
    hashes: RandomState,
    newest: Option<Place>,
    oldest: Option<Place>,
    /// Nothing is put in any more.
    closed: bool,
}

impl List {
    /// From now on sessions leave, and none comes.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn hashed(&self, name: Name) -> Hashed {
        Hashed { name, hash: self.hashes.hash_one(name) as u32 }
    }

    fn place_of(&self, wanted: &Hashed) -> Option<Place> {
        let has_name = |place| self.nodes.get(place).is_some_and(|node| node.name == Some(wanted.name));
        let entry = self.by_name.find(spread(wanted.hash), |entry| entry.hash == wanted.hash && has_name(entry.place))?;
        Some(entry.place)
    }

    /// The session that a client can mean by this id.
    pub(super) fn find(&self, id: &SessionId, version: Version) -> Option<Session> {
        self.meant(id, version).map(|node| node.session.clone())
    }

    /// Whether a client can mean one by this id.
    pub(super) fn contains(&self, id: &SessionId, version: Version) -> bool {
        self.meant(id, version).is_some()
    }

    fn meant(&self, id: &SessionId, version: Version) -> Option<&Node> {
        let end = match version {
            Version::Tls12 => None,
            Version::Tls13 => Some(Side::Server),
        };
        let place = self.place_of(&self.hashed(Name { id: *id, version, end }))?;
        self.nodes.get(place).filter(|node| node.proposable)
    }

    /// Puts a session first, unless another object of the same name is there: that is taken out, and this is not put in.
    pub(super) fn put_or_take_twin(&mut self, session: &Session) -> Option<Session> {
        self.put_among(session, true)
    }

    /// Puts a session first. Another object of the same name is taken out.
    pub(super) fn put(&mut self, session: &Session) -> Option<Session> {
        let twin = self.put_among(session, stands(Guard::StoreTakesTwin));
        if twin.is_some() {
            self.put_among(session, true);
        }
        twin
    }

    fn put_among(&mut self, session: &Session, wants_no_twin: bool) -> Option<Session> {
        let place = self.nodes.next_place();
        // it has its place before its name is read: from here on nobody renames it
        session.put_at(Some(place));
        // a session without an id has no name
        let (name, proposable) = session.look(|content| (Name::of(content), content.is_proposable()));
        let name = name.map(|name| self.hashed(name));
        if let Some(twin) = name.filter(|_| wants_no_twin).and_then(|name| self.place_of(&name)) {
            session.put_at(None);
            return self.take(twin);
        }
        self.link(session.clone(), name, proposable);
        None
    }

    /// Puts it at the next place.
    fn link(&mut self, session: Session, name: Option<Hashed>, proposable: bool) {
        let place = self.nodes.next_place();
        if let Some(Hashed { hash, .. }) = name {
            self.by_name.insert_unique(spread(hash), Entry { hash, place }, |entry| spread(entry.hash));
        }
        let older = self.newest.replace(place);
        *self.newer_of(older) = Some(place);
        let (hash, name) = (name.map_or(0, |name| name.hash), name.map(|it| it.name));
        self.nodes.put(Node { session, hash, newer: None, older, name, proposable });
    }

    /// Takes a session out. False where it is not here.
    pub(super) fn unlink(&mut self, session: &Session) -> bool {
        let Some(place) = session.place() else { return false };
        if !self.nodes.get(place).is_some_and(|node| node.session.is_same(session)) {
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

    /// All sessions, the oldest first.
    pub(super) fn all(&self) -> Vec<Session> {
        self.upwards().cloned().collect()
    }

    fn upwards(&self) -> impl Iterator<Item = &Session> {
        let node = |place: Option<Place>| self.nodes.get(place?);
        std::iter::successors(node(self.oldest), move |last| node(last.newer)).map(|node| &node.session)
    }

    fn take(&mut self, place: Place) -> Option<Session> {
        let Node { session, hash, newer, older, name, .. } = self.nodes.take(place)?;
        *self.newer_of(older) = newer;
        *self.older_of(newer) = older;
        if name.is_some()
            && let Ok(entry) = self.by_name.find_entry(spread(hash), |entry| entry.place == place)
        {
            entry.remove();
        }
        session.put_at(None);
        Some(session)
    }

    /// What follows in the direction of the newest; the oldest of all where there is nothing before.
    fn newer_of(&mut self, place: Option<Place>) -> &mut Option<Place> {
        match place.and_then(|place| self.nodes.get_mut(place)) {
            Some(node) => &mut node.newer,
            None => &mut self.oldest,
        }
    }

    /// What follows in the direction of the oldest; the newest of all where there is nothing before.
    fn older_of(&mut self, place: Option<Place>) -> &mut Option<Place> {
        match place.and_then(|place| self.nodes.get_mut(place)) {
            Some(node) => &mut node.older,
            None => &mut self.newest,
        }
    }
}
