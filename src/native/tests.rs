//! What scripts and traces cannot say of this library: types, threads, and what an application written in Rust does.

mod blocked;
mod refused;

use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::sync::Arc;
use super::tls::tests::pair::credentials;
use super::*;

#[derive(Debug, Default)]
struct Hand(AtomicU64);

impl Clock for Hand {
    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A client and a server context of this version.
pub(super) fn contexts(version: Version) -> (Context, Context) {
    let credentials = credentials();
    let trust = Trust::Certificate(credentials.certificate().to_vec());
    let clock: Arc<dyn Clock> = Arc::new(Hand::default());
    let client = Context::client(version, &trust, Arc::clone(&clock)).expect("it trusts a certificate");
    (client, Context::server(version, credentials, clock).expect("it has a certificate"))
}

/// Gives both a transport.
fn join(client: &mut Connection, server: &mut Connection) {
    let (near, far) = UnixStream::pair().expect("there is room for a pair");
    near.set_nonblocking(true).expect("it is a socket");
    far.set_nonblocking(true).expect("it is a socket");
    client.set_transport(near);
    server.set_transport(far);
}

#[track_caller]
fn complete(client: &mut Connection, server: &mut Connection) {
    for _ in 0..4 {
        _ = client.do_handshake();
        _ = server.do_handshake();
    }
    assert!(client.is_open() && server.is_open());
    assert_eq!(client.read(&mut [0; 8]), Err(Error::Blocked), "tickets only");
}

/// An open client and server, the one with this session if there is one.
#[track_caller]
pub(super) fn connected(client: &Context, server: &Context, session: Option<&Session>) -> (Connection, Connection) {
    let (mut client, mut server) = (Connection::new(client), Connection::new(server));
    client.set_session(session).expect("it fits");
    join(&mut client, &mut server);
    complete(&mut client, &mut server);
    (client, server)
}

#[test]
fn what_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>() {}
    shared::<(Context, Session, WeakSession, Cache)>();
    sent::<Connection>();
}

#[test]
fn resumed_from_another_thread() {
    let (client, server) = contexts(Version::Tls13);
    let (mut one, _other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    let session = one.session_handle().expect("a ticket came");
    let reused = std::thread::spawn(move || connected(&client, &server, Some(&session)).0.is_reused()).join();
    assert!(reused.expect("it does not panic"));
}

#[test]
fn one_cache_and_many_threads() {
    let (client, server) = contexts(Version::Tls13);
    server.set_tickets(Tickets::Stateful);
    server.cache().set_size(5);
    let removed = Arc::new(AtomicUsize::new(0));
    let noted = Arc::clone(&removed);
    server.set_remove_callback(Some(Arc::new(move |cache: &Cache, session: &Session| {
        noted.fetch_add(1, Ordering::Relaxed);
        assert!(cache.remove(session).is_ok(), "it is this cache's");
    })));
    let work = |number: usize| {
        let mut session = None;
        for round in 0..40 {
            let (mut one, mut other) = connected(&client, &server, session.as_ref());
            one.shutdown().expect("it is open");
            if round % 3 == number % 3 {
                other.shutdown().expect("it is open");
            }
            session = one.session_handle();
            server.cache().flush(if round % 2 == 0 { 0 } else { 1_000 });
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|number| drop(scope.spawn(move || work(number)))));
    assert!(server.cache().len() <= 5 && removed.load(Ordering::Relaxed) > 100);
    server.cache().flush(i64::MAX);
    assert!(server.cache().is_empty());
}

#[test]
fn another_contexts_session_is_an_error() {
    let (client, server) = contexts(Version::Tls12);
    let session = connected(&client, &server, None).0.session_handle().expect("it has one");
    let (another, _) = contexts(Version::Tls12);
    assert_eq!(another.cache().add(&session), Err(OtherContext));
    assert_eq!(Connection::new(&another).set_session(Some(&session)), Err(UnfitSession::OtherContext(OtherContext)));
    assert_eq!(Connection::new(&server).set_session(Some(&session)), Err(UnfitSession::OtherSide));
    assert_eq!(another.cache().add(&session.duplicate()), Ok(true), "a copy is nobody's yet");
}

#[test]
fn nothing_is_left_whatever_goes_first() {
    for context_first in [true, false] {
        let (client, server) = contexts(Version::Tls13);
        server.set_tickets(Tickets::Stateful);
        let (mut one, other) = connected(&client, &server, None);
        one.shutdown().expect("it is open");
        let (weak, cached) = (server.downgrade(), other.session().map(Session::downgrade));
        if context_first {
            drop((client, server));
            assert!(weak.upgrade().is_some(), "a connection keeps its context");
            drop((one, other));
        } else {
            drop((one, other));
            drop((client, server));
        }
        assert!(weak.upgrade().is_none());
        assert!(cached.is_some_and(|session| session.upgrade().is_none()));
    }
}

#[test]
fn a_callback_calls_the_cache_that_it_is_about() {
    let (_, server) = contexts(Version::Tls12);
    let seen = Arc::new(AtomicUsize::new(0));
    let noted = Arc::clone(&seen);
    server.set_remove_callback(Some(Arc::new(move |cache: &Cache, session: &Session| {
        noted.fetch_add(1 + cache.len(), Ordering::Relaxed);
        cache.flush(i64::MAX);
        assert!(!session.is_cached());
    })));
    for _ in 0..3 {
        server.cache().add(&Session::new(0)).expect("it is nobody's yet");
    }
    server.cache().flush(1_000);
    assert!(server.cache().is_empty());
    assert_eq!(seen.load(Ordering::Relaxed), 3 + 2 + 1);
}

#[test]
fn a_callback_that_puts_back_does_not_keep_a_context() {
    let (_, server) = contexts(Version::Tls12);
    let seen = Arc::new(AtomicUsize::new(0));
    let noted = Arc::clone(&seen);
    server.set_remove_callback(Some(Arc::new(move |cache: &Cache, session: &Session| {
        assert!(noted.fetch_add(1, Ordering::Relaxed) < 2, "it comes again and again");
        assert_eq!(cache.add(session), Ok(false));
    })));
    let sessions = [0; 2].map(Session::new);
    for session in &sessions {
        server.cache().add(session).expect("it is nobody's yet");
    }
    drop(server);
    assert_eq!(seen.load(Ordering::Relaxed), 2);
    assert!(sessions.iter().all(|session| !session.is_cached() && session.reference_count() == 1));
}

#[test]
fn early_data_is_taken_once() {
    let (client, server) = contexts(Version::Tls13);
    server.set_max_early_data(100);
    let (mut one, mut other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    other.shutdown().expect("it is open");
    let session = one.session_handle().expect("a ticket came");
    assert_eq!(session.max_early_data(), 100);
    for taken in [true, false] {
        let (mut client, mut server) = (Connection::new(&client), Connection::new(&server));
        client.set_session(Some(&session)).expect("it fits");
        join(&mut client, &mut server);
        assert_eq!(client.write_early_data(b"early"), Ok(5));
        complete(&mut client, &mut server);
        assert_eq!(client.is_reused(), taken);
        let mut buffer = [0; 8];
        let length = server.read_early_data(&mut buffer);
        assert_eq!((client.is_early_data_taken(), &buffer[..length]), (taken, if taken { &b"early"[..] } else { b"" }));
    }
}

#[test]
fn an_unclean_end_costs_the_session() {
    for shut_down in [true, false] {
        let (client, server) = contexts(Version::Tls13);
        let (mut one, _other) = connected(&client, &server, None);
        let session = one.session_handle().expect("a ticket came");
        if shut_down {
            one.shutdown().expect("it is open");
        }
        drop(one);
        assert_eq!((session.is_resumable(), session.reference_count()), (shut_down, 1));
    }
}

#[test]
fn written_as_text_and_read_again() {
    let (client, server) = contexts(Version::Tls12);
    let (mut one, _other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    let text = one.session().expect("it has one").to_pem().expect("there is something to resume");
    let read = Session::decode(&Session::bytes_of_pem(&text).expect("it is ours")).expect("it is ours");
    assert!(connected(&client, &server, Some(&read)).0.is_reused());
}
