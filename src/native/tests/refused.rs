//! Calls that are refused, and what they say.

use super::*;

#[test]
fn a_session_for_a_connection_that_is_open() {
    let (client, server) = contexts(Version::Tls13);
    let (mut one, mut other) = connected(&client, &server, None);
    one.set_session(None).expect("there is none");
    assert!(one.is_open(), "that is no fatal error");
    assert_eq!((one.write(b"x"), one.read(&mut [0; 8])), (Err(Error::NotOpen), Err(Error::NotOpen)));
    assert_eq!((one.do_handshake(), one.shutdown()), (Err(Error::NotOpen), Err(Error::NotOpen)));
    assert_eq!(one.shutdown_state(), ShutdownState::default(), "nothing was sent");
    one.clear();
    other.clear();
    join(&mut one, &mut other);
    complete(&mut one, &mut other);
}

#[test]
fn a_session_for_a_connection_in_its_handshake() {
    let (client, server) = contexts(Version::Tls13);
    let (mut one, mut other) = (Connection::new(&client), Connection::new(&server));
    join(&mut one, &mut other);
    assert_eq!(one.do_handshake(), Err(Error::Blocked));
    one.set_session(None).expect("there is none");
    assert_eq!(one.do_handshake(), Err(Error::NotOpen));
    join(&mut one, &mut other);
    assert_eq!(one.do_handshake(), Err(Error::NotOpen), "it is to be cleared first");
}
