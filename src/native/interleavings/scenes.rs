//! What happens in each test: threads that share a cache, and what holds when they are through.

use std::sync::atomic::{AtomicUsize, Ordering};

use shuttle::thread::{JoinHandle, spawn};

use crate::native::context::Brand;
use crate::native::session::{Content, Origin};
use crate::native::sync::Arc;
use crate::native::tests::{connected, contexts};
use crate::native::{Cache, Connection, Context, Phase, Session, SessionId, SessionKey, Side, Tickets, Version, Watch};

/// Long after all that is established here is expired.
const LATE: i64 = 1_000;
/// How long sessions are good for.
const TIMEOUT_S: i64 = 100;

/// Counts births and deaths.
#[derive(Debug, Default)]
struct Ledger(AtomicUsize);

impl Watch for Ledger {
    fn born(&self, _: &Session) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn died(&self, _: SessionKey) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A cache and its sessions.
struct Stage {
    cache: Arc<Cache>,
    ledger: Arc<Ledger>,
    removed: Arc<AtomicUsize>,
}

impl Stage {
    fn new() -> Self {
        let stage = Self { cache: Arc::new(Cache::new(Arc::new(Brand))), ledger: Arc::default(), removed: Arc::default() };
        count_removals(&stage.cache, &stage.removed);
        stage
    }

    /// A server's session of this name.
    fn session(&self, name: u8) -> Session {
        session(name, &self.ledger)
    }

    /// A thread with the cache.
    fn thread(&self, act: impl FnOnce(&Cache) + Send + 'static) -> JoinHandle<()> {
        let cache = Arc::clone(&self.cache);
        spawn(move || act(&cache))
    }

    /// What always holds where no call is under way. Nothing is left in memory afterwards.
    #[track_caller]
    fn end(self, additions: Option<usize>, sessions: Vec<Session>) {
        let cached = sessions.iter().filter(|session| session.is_cached()).count();
        assert_eq!(self.cache.len(), cached, "the length is the number of sessions that are there");
        for session in &sessions {
            assert!(!session.is_cached() || session.is_resumable(), "marked, and in the cache");
            let found = session.id().and_then(|id| self.cache.find(&id, Version::Tls12)).is_some_and(|found| found.is_same(session));
            assert_eq!(found, session.is_cached(), "in the cache, and not found");
            assert_eq!(session.reference_count(), 1 + usize::from(session.is_cached()), "one handle each");
        }
        if let Some(additions) = additions {
            assert_eq!(additions, cached + self.removed.load(Ordering::Relaxed), "each that left was announced once");
        }
        self.cache.clear();
        drop((self.cache, sessions));
        assert_eq!(self.ledger.0.load(Ordering::Relaxed), 0, "as many died as were born");
    }
}

fn count_removals(cache: &Cache, removed: &Arc<AtomicUsize>) {
    let removed = Arc::clone(removed);
    cache.set_remove_callback(Some(Arc::new(move |cache: &Cache, session: &Session| {
        removed.fetch_add(1, Ordering::Relaxed);
        // no lock is held: whatever other threads do
        _ = cache.len() + session.reference_count();
    })));
}

fn id(name: u8) -> SessionId {
    SessionId::new(&[name]).expect("it is short")
}

fn session(name: u8, ledger: &Arc<Ledger>) -> Session {
    let content = Content { origin: Origin::Negotiated, side: Some(Side::Server), id: Some(id(name)), ..Content::empty(0, TIMEOUT_S) };
    Session::made(content, None, Some(Arc::clone(ledger) as Arc<dyn Watch>))
}

#[track_caller]
fn join<const N: usize>(threads: [JoinHandle<()>; N]) {
    threads.into_iter().for_each(|thread| thread.join().expect("it does not panic"));
}

/// What a server does with a proposal: it looks inside, then outside, and stores what it got there.
fn resume(cache: &Cache, outside: &Session) -> Option<Session> {
    let inside = cache.find(&id(1), Version::Tls12);
    let session = inside.unwrap_or_else(|| outside.clone());
    if session.is_resumable() {
        cache.store_established(&session);
    }
    session.is_resumable().then_some(session)
}

pub(super) fn resume_and_unclean_end() {
    let stage = Stage::new();
    let (one, two) = (stage.session(1), stage.session(1));
    let (outside, ended) = (one.clone(), one.clone());
    let resuming = stage.thread(move |cache| drop(resume(cache, &outside)));
    let ending = stage.thread(move |cache| drop((cache.retire(&ended), ended)));
    join([resuming, ending]);
    assert!(!one.is_resumable(), "an unclean end marks");
    stage.end(None, vec![one, two]);
}

pub(super) fn handshake_and_unclean_end() {
    let (client, server) = contexts(Version::Tls12);
    server.set_tickets(Tickets::Stateful);
    let ledger = Arc::new(Ledger::default());
    server.set_watch(Some(Arc::clone(&ledger) as Arc<dyn Watch>));
    let (mut one, mut other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    other.shutdown().expect("it is open");
    let proposed = one.session_handle().expect("it has one");
    let shared = other.session_handle().expect("it has one");
    drop((one, other));
    let kept = shared.downgrade();
    server.set_get_callback(Some(Arc::new(move |_: &Connection, _: &SessionId| kept.upgrade())));
    // not in the cache: a resumption asks outside, and puts it there
    server.cache().put_aside(&shared);
    let (mut one, other) = connected(&client, &server, Some(&proposed));
    assert!(other.is_reused() && other.session().is_some_and(|session| session.is_same(&shared)));
    one.shutdown().expect("it is open");
    server.cache().put_aside(&shared);
    let (contexts, again) = ((client.clone(), server.clone()), proposed.clone());
    let resuming = spawn(move || {
        let (mut client, mut server) = connected(&contexts.0, &contexts.1, Some(&again));
        assert_eq!(client.is_reused(), server.is_reused(), "both ends are of one mind");
        client.shutdown().expect("it is open");
        server.shutdown().expect("it is open");
    });
    let ending = spawn(move || drop(other));
    join([resuming, ending]);
    assert!(!shared.is_resumable(), "an unclean end costs the session");
    assert!(!shared.is_cached(), "marked, and in the cache");
    assert_eq!(shared.reference_count(), 1);
    drop((client, server, one, proposed, shared));
    assert_eq!(ledger.0.load(Ordering::Relaxed), 0, "as many died as were born");
}

pub(super) fn one_ticket_twice() {
    let (client, server) = contexts(Version::Tls13);
    server.set_max_early_data(100);
    let ledger = Arc::new(Ledger::default());
    server.set_watch(Some(Arc::clone(&ledger) as Arc<dyn Watch>));
    let (mut one, mut other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    other.shutdown().expect("it is open");
    let ticket = one.session_handle().expect("a ticket came");
    drop((one, other));
    let taken = Arc::new(AtomicUsize::new(0));
    let presenting = [(); 2].map(|()| {
        let (client, server, ticket, taken) = (client.clone(), server.clone(), ticket.clone(), Arc::clone(&taken));
        spawn(move || {
            let (client, server) = connected(&client, &server, Some(&ticket));
            assert_eq!(client.is_reused(), server.is_reused(), "both ends are of one mind");
            taken.fetch_add(usize::from(server.is_reused()), Ordering::Relaxed);
        })
    });
    join(presenting);
    assert_eq!(taken.load(Ordering::Relaxed), 1, "taken twice, or never");
    drop((client, server, ticket));
    assert_eq!(ledger.0.load(Ordering::Relaxed), 0, "as many died as were born");
}

pub(super) fn evict_and_resume() {
    let stage = Stage::new();
    stage.cache.set_size(1);
    let (one, two) = (stage.session(1), stage.session(2));
    stage.cache.add(&one).expect("it is nobody's yet");
    let (outside, added) = (one.clone(), two.clone());
    let resuming = stage.thread(move |cache| drop(resume(cache, &outside)));
    let adding = stage.thread(move |cache| drop((cache.add(&added), added)));
    join([resuming, adding]);
    assert!(stage.cache.len() <= 1, "it is within its size");
    stage.end(None, vec![one, two]);
}

pub(super) fn flush_and_add() {
    let stage = Stage::new();
    let (kept, [one, two, three]) = (stage.session(1), [2; 3].map(|name| stage.session(name)));
    for session in [&one, &two, &three] {
        session.set_time(LATE);
    }
    stage.cache.add(&kept).expect("it is nobody's yet");
    let (used, first, second, third) = (kept.clone(), one.clone(), two.clone(), three.clone());
    let flushing = stage.thread(move |cache| {
        cache.flush(LATE);
        cache.add(&third).expect("it is nobody's yet");
        drop(third);
    });
    let adding = stage.thread(move |cache| drop((cache.add(&first), first)));
    let using = stage.thread(move |cache| {
        used.set_time(LATE);
        let in_use = cache.find(&id(1), Version::Tls12).is_some();
        cache.add(&second).expect("it is nobody's yet");
        cache.flush(LATE);
        drop(second);
        assert!(!in_use || used.is_cached(), "flushed, and not expired");
    });
    join([flushing, adding, using]);
    let cached = [&one, &two, &three].iter().filter(|session| session.is_cached()).count();
    assert_eq!(cached, 1, "in the cache, and not found: one of a name");
    stage.end(Some(4), vec![kept, one, two, three]);
}

/// An open connection that has this session.
fn open(context: &Context, session: &Session) -> Connection {
    let mut connection = Connection::new(context);
    connection.set_session(Some(session)).expect("it fits");
    connection.phase = Phase::Open;
    connection
}

pub(super) fn context_and_connections() {
    let (_, server) = contexts(Version::Tls12);
    let (ledger, removed) = (Arc::default(), Arc::default());
    count_removals(server.cache(), &removed);
    let (had, alone) = (session(1, &ledger), session(2, &ledger));
    for session in [&had, &alone] {
        server.cache().add(session).expect("it is nobody's yet");
    }
    let (weak, one, other) = (server.downgrade(), open(&server, &had), open(&server, &had));
    let seeking = weak.clone();
    let dropping = spawn(move || drop(server));
    let ending = [one, other].map(|connection| spawn(move || drop(connection)));
    let looking = spawn(move || {
        let Some(context) = seeking.upgrade() else { return };
        let found = context.cache().find(&id(1), Version::Tls12);
        assert!(found.is_none_or(|session| session.side() == Some(Side::Server)));
    });
    join([dropping, looking]);
    join(ending);
    assert!(weak.upgrade().is_none(), "nobody keeps the context");
    for session in [&had, &alone] {
        assert!(!session.is_resumable() && !session.is_cached(), "in use, and its context is gone");
        assert_eq!(session.reference_count(), 1, "one handle each");
    }
    assert_eq!(removed.load(Ordering::Relaxed), 2, "each that left was announced once");
    drop((had, alone));
    assert_eq!(ledger.0.load(Ordering::Relaxed), 0, "as many died as were born");
}

pub(super) fn callbacks_call_back() {
    let stage = Stage::new();
    let (one, two) = (stage.session(1), stage.session(2));
    for session in [&one, &two] {
        stage.cache.add(session).expect("it is nobody's yet");
    }
    let removed = Arc::clone(&stage.removed);
    stage.cache.set_remove_callback(Some(Arc::new(move |cache: &Cache, session: &Session| {
        cache.flush(LATE);
        assert_eq!(cache.remove(session), Ok(false), "it has left");
        count_removals(cache, &removed);
    })));
    let (first, second) = (one.clone(), two.clone());
    let removing = stage.thread(move |cache| drop((cache.remove(&first), first)));
    let flushing = stage.thread(move |cache| drop((cache.remove(&second), second)));
    join([removing, flushing]);
    assert!(stage.cache.is_empty(), "both were taken out");
    stage.end(None, vec![one, two]);
}

pub(super) fn rename_and_add() {
    let stage = Stage::new();
    let (one, two) = (stage.session(1), stage.session(2));
    stage.cache.add(&two).expect("it is nobody's yet");
    let (renamed, added) = (one.clone(), one.clone());
    let renaming = spawn(move || drop((renamed.set_id(&[2]), renamed)));
    let adding = stage.thread(move |cache| drop((cache.add(&added), added)));
    join([renaming, adding]);
    stage.end(Some(2), vec![one, two]);
}
