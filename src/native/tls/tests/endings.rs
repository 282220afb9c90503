//! How connections end.

use super::pair::{Pair, World};
use crate::native::tls::*;

const BOTH: [Version; 2] = [Version::Tls12, Version::Tls13];

fn open(version: Version) -> Pair {
    let mut pair = World::new(version).offering(None);
    pair.complete(Answer::default());
    pair
}

#[test]
fn closed_both_ways() {
    for version in BOTH {
        let mut pair = open(version);
        pair.client.close().expect("the connection is open");
        assert_eq!(pair.client.close(), Err(Error::ShutDown), "once only");
        assert_eq!(pair.client.write(b"late"), Ok(()), "it goes out, and is not read");
        pair.run();
        assert_eq!(*pair.last(Side::Server), Event::CloseNotify);
        // the other direction is open
        pair.server.write(b"still").expect("only the peer has closed");
        pair.run();
        assert_eq!(*pair.last(Side::Client), Event::Data(b"still".to_vec()));
        pair.server.close().expect("it is its own");
        pair.run();
        assert_eq!(*pair.last(Side::Client), Event::CloseNotify);
        assert!([&pair.client, &pair.server].iter().all(|end| end.has_closed() && end.is_closed_by_peer() && end.phase() == Phase::Open));
    }
}

#[test]
fn a_corrupt_record() {
    for version in BOTH {
        let mut pair = open(version);
        pair.client.write(b"x").expect("the connection is open");
        let mut record = pair.client.output();
        *record.last_mut().expect("a record has bytes") ^= 1;
        pair.server.feed(&record);
        pair.run();
        assert!(matches!(pair.last(Side::Server), Event::Failed(_)));
        assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::BAD_RECORD_MAC));
        assert_eq!([pair.client.phase(), pair.server.phase()], [Phase::Failed; 2]);
        assert_eq!((pair.client.write(b"x"), pair.server.close()), (Err(Error::Failed), Err(Error::Failed)));
    }
}

#[test]
fn garbage() {
    for (version, garbage) in BOTH.into_iter().flat_map(|version| [&[0; 32][..], &[23, 3, 3, 0xff, 0xff, 1]].map(|g| (version, g))) {
        let mut pair = open(version);
        pair.server.feed(garbage);
        pair.run();
        assert!(matches!(pair.last(Side::Server), Event::Failed(_)), "{version:?}");
        assert!(matches!(pair.last(Side::Client), Event::Alert(_)), "{version:?}");
        // and where nothing was said before
        let mut pair = World::new(version).offering(None);
        pair.server.feed(garbage);
        pair.run();
        assert!(matches!(pair.last(Side::Server), Event::Failed(_)), "{version:?}");
        assert!(matches!(pair.last(Side::Client), Event::Alert(_)), "{version:?}");
    }
}

#[test]
fn garbage_in_the_middle() {
    for version in BOTH {
        let mut pair = World::new(version).offering(None);
        pair.hello();
        pair.answer(Answer::default());
        pair.client.feed(&[0; 32]);
        pair.run();
        assert!(matches!(pair.last(Side::Client), Event::Failed(_)), "{version:?}");
        assert!(matches!(pair.last(Side::Server), Event::Alert(_)), "{version:?}");
    }
}

#[test]
fn the_transport_ends() {
    let mut pair = open(Version::Tls13);
    pair.server.write(b"before").expect("the connection is open");
    pair.carry();
    pair.client.feed_end();
    assert_eq!(
        [pair.client.next(), pair.client.next(), pair.client.next()],
        [Some(Event::Data(b"before".to_vec())), Some(Event::End), None]
    );
    // a clean end is not told again
    let mut pair = open(Version::Tls13);
    pair.server.close().expect("the connection is open");
    pair.carry();
    pair.client.feed_end();
    assert_eq!([pair.client.next(), pair.client.next()], [Some(Event::CloseNotify), None]);
    // in the middle of a handshake
    let mut pair = World::new(Version::Tls12).offering(None);
    pair.hello();
    pair.server.feed_end();
    assert_eq!(pair.server.next(), None, "it waits for an answer");
    pair.answer(Answer::default());
    assert!(matches!(pair.server.next(), Some(Event::Decided(_))));
    assert_eq!(pair.server.next(), Some(Event::End));
}

#[test]
fn an_alert_of_our_own() {
    for version in BOTH {
        let mut pair = open(version);
        pair.server.fail(Alert::INTERNAL_ERROR);
        pair.run();
        assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::INTERNAL_ERROR));
        assert_eq!(pair.server.phase(), Phase::Failed);
    }
}

#[test]
fn other_versions() {
    for (client, server) in [(Version::Tls12, Version::Tls13), (Version::Tls13, Version::Tls12)] {
        let mut pair = World::new(client).offering(None);
        pair.server = Engine::server(&World::new(server).server);
        assert_eq!(pair.run(), None);
        assert!(matches!(pair.last(Side::Server), Event::Failed(_)));
        assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::PROTOCOL_VERSION));
    }
}
