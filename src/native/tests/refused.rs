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

/// What a server says whose context was told this, and what it says afterwards.
fn ended(version: Version, tell: impl Fn(&Context), session: Option<(&Context, &Session)>) -> [Result<(), Error>; 2] {
    let (client, server) = contexts(version);
    tell(&server);
    let (mut client, mut server) = (Connection::new(session.map_or(&client, |(client, _)| client)), Connection::new(&server));
    client.set_session(session.map(|(_, session)| session)).expect("it fits");
    client.set_host_name(Some("other.example")).expect("it is one");
    join(&mut client, &mut server);
    for _ in 0..4 {
        _ = client.do_handshake();
        match server.do_handshake() {
            Err(Error::Blocked) => {}
            end => return [end, server.do_handshake()],
        }
    }
    panic!("it goes on and on")
}

/// Keys that are of no use.
struct NoKeys;

impl TicketKeyring for NoKeys {
    fn seal(&self, _: &Connection) -> SealWith {
        SealWith::Failure
    }

    fn open(&self, _: &Connection, _: &[u8; KEY_NAME_BYTES]) -> OpenWith {
        OpenWith::Failure
    }
}

#[test]
fn callbacks_that_end_a_handshake() {
    let by_callback = [Err(Error::Callback), Err(Error::Failed)];
    let no_name = |server: &Context| server.set_server_name_callback(Some(Arc::new(|_: &mut Connection, _: &str| ServerName::Fatal)));
    let stop = |server: &Context| server.set_ticket_callbacks(Some(Arc::new(|_: &Connection, _: &Session| Generate::Stop)), None);
    let no_keys = |server: &Context| server.set_ticket_keyring(Some(Arc::new(NoKeys)));
    let abort = |server: &Context| {
        server.set_ticket_callbacks(None, Some(Arc::new(|_: &Connection, _: Option<&Session>, _: TicketStatus| TicketUse::Abort)));
    };
    for version in [Version::Tls12, Version::Tls13] {
        assert_eq!(ended(version, no_name, None), by_callback);
        assert_eq!(ended(version, stop, None), by_callback);
        assert_eq!(ended(version, no_keys, None), by_callback);
        let (client, server) = contexts(version);
        let (mut one, _other) = connected(&client, &server, None);
        one.shutdown().expect("it is open");
        let session = one.session_handle().expect("a ticket came");
        assert_eq!(ended(version, no_keys, Some((&client, &session))), by_callback);
        assert_eq!(ended(version, abort, Some((&client, &session))), by_callback);
    }
}

#[test]
fn early_data_at_the_wrong_time() {
    let (client, server) = contexts(Version::Tls13);
    let (mut one, mut other) = (Connection::new(&client), Connection::new(&server));
    assert_eq!(one.write_early_data(b"x"), Err(Error::NotOpen), "there is no transport");
    join(&mut one, &mut other);
    assert_eq!(other.write_early_data(b"x"), Err(Error::NotOpen), "it is a server");
    assert_eq!(server.statistics().of(Counter::Accept), 0, "and has begun nothing");
    complete(&mut one, &mut other);
    assert_eq!(one.write_early_data(b"x"), Err(Error::NotOpen), "it was answered");
}

#[test]
fn what_is_no_host_name() {
    let (client, server) = contexts(Version::Tls13);
    let (mut one, _other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    let session = one.session_handle().expect("a ticket came");
    let (mut one, mut other) = (Connection::new(&client), Connection::new(&server));
    one.set_session(Some(&session)).expect("it fits");
    for name in ["", "two words", "under.the.b/ridge"] {
        assert_eq!(one.set_host_name(Some(name)), Err(TlsError::HostName(name.to_owned())));
    }
    join(&mut one, &mut other);
    complete(&mut one, &mut other);
    assert!(one.is_reused(), "it did no harm to the session");
}

#[test]
fn a_session_that_cannot_be_proposed_is_passed_over() {
    let (client, server) = contexts(Version::Tls12);
    server.set_tickets(Tickets::Stateful);
    let (mut one, mut other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    other.shutdown().expect("it is open");
    let session = one.session_handle().expect("it has one");
    session.set_id(&[1]).expect("it is in no cache");
    let (one, _other) = connected(&client, &server, Some(&session));
    assert!(!one.is_reused() && !one.is_proposed() && session.is_resumable());
    assert!(one.session().is_some_and(|now| !now.is_same(&session)), "the handshake was full");
}

#[test]
fn decoding_into_what_others_hold() {
    let (client, server) = contexts(Version::Tls12);
    let (mut one, mut other) = connected(&client, &server, None);
    one.shutdown().expect("it is open");
    other.shutdown().expect("it is open");
    let bytes = one.session().expect("it has one").encode().expect("there is something to resume");
    let not_new = Some(UnfitTarget::NotNew);
    let cached = Session::new(0);
    client.cache().add(&cached).expect("it is nobody's yet");
    let (weak, shared) = (cached.downgrade(), Session::new(0));
    assert_eq!(cached.decode_into(&bytes).err(), not_new, "it is in a cache");
    assert!(weak.upgrade().is_some_and(|cached| cached.id().is_none()), "it was not changed");
    assert_eq!(shared.clone().decode_into(&bytes).err(), not_new, "there is another handle");
    let new = shared.decode_into(&bytes).expect("it is new");
    assert_eq!(new.id(), one.session().and_then(Session::id));
    assert_eq!(new.decode_into(&bytes).err(), not_new, "it was decoded");
    assert_eq!(Session::new(0).decode_into(&bytes[1..]).err(), Some(UnfitTarget::Undecodable(Undecodable)));
}
