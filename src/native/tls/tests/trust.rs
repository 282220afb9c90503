//! Whom clients believe.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::pair::{Hand, Pair, World, credentials, resuming};
use crate::native::tls::*;

/// A root, good from 2020 to 2120.
const ROOT: &str = "\
-----BEGIN CERTIFICATE-----
MIIBWzCCAQKgAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtzZXNzY2sg
cm9vdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UE
AwwLc2Vzc2NrIHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATLG3ev9RyG
XV/T8e2z6Te5oiMN/Wy4plmV2eu/+vy9juETOinTAfjlPW2A8ArfnrXsQiCdmgzn
i1tegBgA98BXoz8wPTAPBgNVHRMBAf8EBTADAQH/MAsGA1UdDwQEAwICBDAdBgNV
HQ4EFgQU94OyJljLhc8H6xQArz0PC5lMudMwCgYIKoZIzj0EAwIDRwAwRAIgZgn3
jW7GofJs3cRdR3serZTEq+k1g7X9oeE3nlymsgUCIDijliipsob54YgBhn71RjYj
iyHjJVPIosfySctGbFCo
-----END CERTIFICATE-----
";
/// A certificate by it for `one.example`.
const LEAF: &str = "\
-----BEGIN CERTIFICATE-----
MIIBfTCCASOgAwIBAgIBAjAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtzZXNzY2sg
cm9vdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowETEPMA0GA1UE
AwwGc2Vzc2NrMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE6vj5RaC7Z0dzSQXY
3U0eSjG43o1wtpDmiW7mWP9z+gi2wQCRA9+EViNIuC6pZxBXWnpxlxWW/o/4jDtP
CJiNxqNlMGMwCQYDVR0TBAIwADAWBgNVHREEDzANggtvbmUuZXhhbXBsZTAdBgNV
HQ4EFgQUCyCl2m+RaS3h9Uu1MQgEKTU8cTYwHwYDVR0jBBgwFoAU94OyJljLhc8H
6xQArz0PC5lMudMwCgYIKoZIzj0EAwIDSAAwRQIgf3it07o37DztrAbtegDpC/d5
rvGvU7I9wfc527Gms6MCIQCUIc4zTD2C/HOfsqT8EdVhD3QXUwIy4xFgMp5SXuUn
3g==
-----END CERTIFICATE-----
";
/// Its key.
const LEAF_KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgARwNp2m83goG5ebb
E7k8or9oLHjbDmK9PoXbonId89ahRANCAATq+PlFoLtnR3NJBdjdTR5KMbjejXC2
kOaJbuZY/3P6CLbBAJED34RWI0i4LqlnEFdaenGXFZb+j/iMO08ImI3G
-----END PRIVATE KEY-----
";
/// In between.
const IN_2030: u64 = 1_893_456_000;

/// A handshake with a server whose certificate is by the root.
fn with_roots(version: Version, now: u64, host_name: Option<&str>) -> Pair {
    let clock = Arc::new(Hand(AtomicU64::new(now)));
    let trust = Trust::roots_from_pem(ROOT).expect("the root is ours");
    let leaf = Credentials::from_pem(LEAF, LEAF_KEY).expect("the certificate is ours");
    let client = ClientBase::new(version, clock.clone(), &trust, Group::PRESET).expect("a client");
    let server = ServerBase::new(version, clock.clone(), leaf, Group::PRESET).expect("a server");
    let world = World { client, server, clock };
    let mut pair = world.pair(&ClientSetup { host_name, ..ClientSetup::default() });
    pair.hello();
    pair.answer(Answer::default());
    pair.run();
    pair
}

#[test]
fn a_chain_to_a_root() {
    for version in [Version::Tls12, Version::Tls13] {
        assert_eq!(with_roots(version, IN_2030, Some("one.example")).completed()[0].peer_chain.len(), 1);
        for (now, name) in [(1_000, Some("one.example")), (IN_2030, Some("two.example")), (IN_2030, None)] {
            let pair = with_roots(version, now, name);
            assert!(matches!(pair.last(Side::Client), Event::Failed(_)), "{version:?} {now} {name:?}");
        }
    }
}

#[test]
fn a_session_of_a_chain() {
    let mut pair = with_roots(Version::Tls13, IN_2030, Some("one.example"));
    let kept = pair.send_ticket(|_| vec![7; 32]);
    let offer = pair.tickets().remove(0);
    let world = World::new(Version::Tls13);
    let [client, _] = world.offering(Some(&offer)).complete(resuming(&kept));
    assert!(client.resumed);
    assert_eq!(client.peer_chain, pair.completed()[0].peer_chain);
}

#[test]
fn another_certificate() {
    for version in [Version::Tls12, Version::Tls13] {
        let world = World::new(version);
        let leaf = Credentials::from_pem(LEAF, LEAF_KEY).expect("the certificate is ours");
        let server = ServerBase::new(version, world.clock(), leaf, Group::PRESET).expect("a server");
        let mut pair = World { server, ..world }.offering(None);
        pair.hello();
        pair.answer(Answer::default());
        pair.run();
        assert!(matches!(pair.last(Side::Client), Event::Failed(_)), "{version:?}");
        assert!(matches!(pair.last(Side::Server), Event::Alert(_)), "{version:?}");
    }
}

#[test]
fn the_right_certificate_without_its_key() {
    for version in [Version::Tls12, Version::Tls13] {
        let world = World::new(version);
        let forged = Credentials::from_der(vec![credentials().certificate().to_vec()], other_key()).expect("each is sound");
        let server = ServerBase::new(version, world.clock(), forged, Group::PRESET).expect("a server");
        let mut pair = World { server, ..world }.offering(None);
        pair.hello();
        pair.answer(Answer::default());
        pair.run();
        assert!(matches!(pair.last(Side::Client), Event::Failed(_)), "{version:?}");
    }
}

/// The bytes of the key of another certificate.
fn other_key() -> Vec<u8> {
    use rustls::pki_types::PrivatePkcs8KeyDer;
    use rustls::pki_types::pem::PemObject;
    PrivatePkcs8KeyDer::from_pem_slice(LEAF_KEY.as_bytes()).expect("the key is ours").secret_pkcs8_der().to_vec()
}

#[test]
fn another_context_moves_the_connection() {
    let world = World::new(Version::Tls13);
    let trust = Trust::roots_from_pem(ROOT).expect("the root is ours");
    let clock = world.clock();
    let client = ClientBase::new(Version::Tls13, clock.clone(), &trust, Group::PRESET).expect("a client");
    let leaf = Credentials::from_pem(LEAF, LEAF_KEY).expect("the certificate is ours");
    let host = ServerBase::new(Version::Tls13, clock, leaf, Group::PRESET).expect("a server");
    world.turn_to(IN_2030);
    let mut pair = World { client, ..world }.pair(&ClientSetup { host_name: Some("one.example"), ..ClientSetup::default() });
    pair.hello();
    pair.server.answer(&host, Answer::default()).expect("an answer is due");
    pair.run();
    assert!(!pair.completed()[0].resumed);
}
