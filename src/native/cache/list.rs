//! The sessions of a cache: a list in the order of their addition, and an index by name. All under one lock, which is the caller's.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use crate::native::session::Content;
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
    hash: u64,
}

/// The place of a neighbour, in half a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Link(u32);

impl Link {
    const NONE: Self = Self(u32::MAX);

    fn to(place: usize) -> Self {
        Self(u32::try_from(place).expect("the nodes of so many sessions alone would take 256 GiB"))
    }

    fn place(self) -> Option<usize> {
        (self != Self::NONE).then_some(self.0 as usize)
    }
}

/// As long as a line of the processor's cache, and not across two: whoever looks a session up comes by here.
#[derive(Debug)]
#[repr(align(64))]
struct Node {
    session: Session,
    hash: u64,
    newer: Link,
    older: Link,
    name: Option<Name>,
    /// A server can find it by what clients propose.
    proposable: bool,
}

const _: () = assert!(size_of::<Option<Node>>() == 64);

/// Where in the list a session with a name of this hash is.
#[derive(Debug)]
struct Entry {
    hash: u64,
    place: usize,
}

/// The sessions of a cache. Each knows its place here.
#[derive(Debug, Default)]
pub(super) struct List {
    nodes: Vec<Option<Node>>,
    vacant: Vec<usize>,
    by_name: HashTable<Entry>,
    /// Keys of this list's own: nobody can make up ids that meet in the table.
    hashes: RandomState,
    newest: Option<usize>,
    oldest: Option<usize>,
}

impl List {
    pub(super) fn len(&self) -> usize {
        self.nodes.len() - self.vacant.len()
    }

    fn hashed(&self, name: Name) -> Hashed {
        Hashed { name, hash: self.hashes.hash_one(name) }
    }

    fn place_of(&self, wanted: &Hashed) -> Option<usize> {
        let has_name = |place| self.node(place).is_some_and(|node| node.name == Some(wanted.name));
        let entry = self.by_name.find(wanted.hash, |entry| entry.hash == wanted.hash && has_name(entry.place))?;
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
        self.node(place).filter(|node| node.proposable)
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
        let place = self.vacant.last().copied().unwrap_or(self.nodes.len());
        // it has its place before its name is read: from here on nobody renames it
        session.put_at(Some(place));
        // a session without an id has no name
        let (name, proposable) = session.look(|content| (Name::of(content), content.is_proposable()));
        let name = name.map(|name| self.hashed(name));
        if let Some(twin) = name.filter(|_| wants_no_twin).and_then(|name| self.place_of(&name)) {
            session.put_at(None);
            return self.take(twin);
        }
        self.link(place, session.clone(), name, proposable);
        None
    }

    fn link(&mut self, place: usize, session: Session, name: Option<Hashed>, proposable: bool) {
        if let Some(Hashed { hash, .. }) = name {
            self.by_name.insert_unique(hash, Entry { hash, place }, |entry| entry.hash);
        }
        let older = self.newest.replace(place);
        match older.and_then(|older| self.node_mut(older)) {
            Some(older) => older.newer = Link::to(place),
            None => self.oldest = Some(place),
        }
        let (hash, older) = (name.map_or(0, |name| name.hash), older.map_or(Link::NONE, Link::to));
        let node = Node { session, hash, newer: Link::NONE, older, name: name.map(|it| it.name), proposable };
        match self.vacant.pop() {
            Some(vacant) => self.nodes[vacant] = Some(node),
            None => self.nodes.push(Some(node)),
        }
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
        std::iter::successors(node(self.oldest), move |last| node(last.newer.place())).map(|node| &node.session)
    }

    fn take(&mut self, place: usize) -> Option<Session> {
        let Node { session, hash, newer, older, name, .. } = self.nodes.get_mut(place)?.take()?;
        self.vacant.push(place);
        match older.place().and_then(|older| self.node_mut(older)) {
            Some(older) => older.newer = newer,
            None => self.oldest = newer.place(),
        }
        match newer.place().and_then(|newer| self.node_mut(newer)) {
            Some(newer) => newer.older = older,
            None => self.newest = older.place(),
        }
        if name.is_some()
            && let Ok(entry) = self.by_name.find_entry(hash, |entry| entry.place == place)
        {
            entry.remove();
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
