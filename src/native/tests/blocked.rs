//! Transports that take nothing for now.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::atomic::AtomicBool;

use super::*;

/// A transport that takes nothing while its gate is shut.
struct Gated {
    stream: UnixStream,
    shut: Arc<AtomicBool>,
}

impl Read for Gated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl Write for Gated {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.shut.load(Ordering::Relaxed) { Err(ErrorKind::WouldBlock.into()) } else { self.stream.write(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// A client with this session and a server that are joined, and the client's gate.
fn gated(client: &Context, server: &Context, session: Option<&Session>) -> (Connection, Connection, Arc<AtomicBool>) {
    let (mut client, mut server) = (Connection::new(client), Connection::new(server));
    client.set_session(session).expect("it fits");
    let (near, far) = UnixStream::pair().expect("there is room for a pair");
    near.set_nonblocking(true).expect("it is a socket");
    far.set_nonblocking(true).expect("it is a socket");
    let shut = Arc::new(AtomicBool::new(false));
    client.set_transport(Gated { stream: near, shut: Arc::clone(&shut) });
    server.set_transport(far);
    (client, server, shut)
}

/// A client whose last flight has not left.
fn held_up() -> (Connection, Connection, Arc<AtomicBool>) {
    let (client, server) = contexts(Version::Tls13);
    let (mut client, mut server, shut) = gated(&client, &server, None);
    assert_eq!((client.do_handshake(), client.wants_write()), (Err(Error::Blocked), false), "it waits for the server");
    assert_eq!(server.do_handshake(), Err(Error::Blocked));
    shut.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!((client.do_handshake(), client.wants_write()), (Err(Error::Blocked), true));
    }
    shut.store(false, Ordering::Relaxed);
    (client, server, shut)
}

#[test]
fn the_last_flight_leaves_by_the_same_call() {
    let (mut client, mut server, _) = held_up();
    assert_eq!((client.do_handshake(), client.wants_write()), (Ok(()), false));
    assert_eq!(server.do_handshake(), Ok(()));
}

#[test]
fn the_last_flight_leaves_by_any_other_call() {
    let (mut client, mut server, _) = held_up();
    assert_eq!((client.read(&mut [0; 8]), client.wants_write()), (Err(Error::Blocked), false));
    assert_eq!(server.do_handshake(), Ok(()));
    let (mut client, mut server, _) = held_up();
    assert_eq!(client.write(b"x"), Ok(1));
    assert_eq!((server.do_handshake(), server.read(&mut [0; 8])), (Ok(()), Ok(1)));
}

#[test]
fn a_server_hears_a_client_that_left_before_its_tickets_came() {
    let (mut client, mut server, _) = held_up();
    assert_eq!((client.do_handshake(), client.write(b"x"), client.shutdown()), (Ok(()), Ok(1), Ok(Shutdown::Sent)));
    drop(client);
    assert_eq!(server.do_handshake(), Ok(()));
    let mut buffer = [0; 8];
    assert_eq!((server.read(&mut buffer), server.read(&mut buffer)), (Ok(1), Ok(0)));
}

/// A session that allows early data, and its contexts.
fn ready_for_early_data() -> (Context, Context, Session) {
    let (client, server) = contexts(Version::Tls13);
    server.set_max_early_data(100);
    let (mut one, mut other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    other.shutdown().expect("it is open");
    let session = one.session_handle().expect("a ticket came");
    (client, server, session)
}

#[test]
fn early_data_is_written_once_though_it_was_blocked() {
    let (client, server, session) = ready_for_early_data();
    let (mut client, mut server, shut) = gated(&client, &server, Some(&session));
    shut.store(true, Ordering::Relaxed);
    for _ in 0..2 {
        assert_eq!((client.write_early_data(b"early"), client.wants_write()), (Err(Error::Blocked), true));
    }
    shut.store(false, Ordering::Relaxed);
    assert_eq!((client.write_early_data(b"early"), client.write_early_data(b" twice")), (Ok(5), Ok(6)));
    complete(&mut client, &mut server);
    let mut buffer = [0; 32];
    let length = server.read_early_data(&mut buffer);
    assert_eq!(&buffer[..length], b"early twice");
}

#[test]
fn what_is_written_after_early_data_that_was_blocked() {
    let (client, server, session) = ready_for_early_data();
    let (mut client, mut server, shut) = gated(&client, &server, Some(&session));
    shut.store(true, Ordering::Relaxed);
    assert_eq!(client.write_early_data(b"early"), Err(Error::Blocked));
    shut.store(false, Ordering::Relaxed);
    complete(&mut client, &mut server);
    let mut buffer = [0; 8];
    assert_eq!((server.read_early_data(&mut buffer), client.write(b"late")), (5, Ok(4)));
    assert_eq!((server.read(&mut buffer), &buffer[..4]), (Ok(4), &b"late"[..]));
}
