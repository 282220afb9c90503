//! Full handshakes, and what resumes them.

use super::pair::{Pair, World, resuming, seal, sealing, unseal};
use crate::native::tls::*;

#[track_caller]
fn resumed(pair: &Pair) {
    assert_eq!(pair.completed().map(|completed| completed.resumed), [true, true]);
}

/// A full TLS 1.2 handshake with a ticket; what the client has of it.
fn ticketed(world: &World) -> ClientValue {
    let mut pair = world.offering(None);
    assert_eq!(pair.hello().ticket, Some(vec![]));
    pair.answer(Answer { gives: Gives::Ticket, ..Answer::default() });
    assert_eq!(pair.run(), Some(Event::TicketDue));
    pair.server.give_ticket(Some(sealing())).expect("a ticket is due");
    assert_eq!(pair.run(), None);
    let [client, server] = pair.completed();
    assert!(!client.resumed && !server.resumed && client.session_id.is_empty());
    let value = client.client_value.expect("it came with a ticket");
    assert_eq!(value.identity(), seal(&server.server_value.expect("it was sealed")));
    value
}

#[test]
fn tls12_by_id() {
    let world = World::new(Version::Tls12);
    let [client, server] = world.offering(None).complete(Answer::default());
    assert!(!client.resumed && !server.resumed);
    assert_eq!((client.session_id.len(), &client.session_id), (32, &server.session_id));
    let (offer, kept) = (client.client_value.expect("there is an id"), server.server_value.expect("there is an id"));
    assert_eq!((offer.identity(), offer.has_ticket(), offer.lifetime_hint_s()), (&client.session_id[..], false, 0));
    for _ in 0..2 {
        let mut pair = world.offering(Some(&offer));
        assert_eq!(pair.hello().session_id, server.session_id);
        pair.answer(resuming(&kept));
        assert_eq!(pair.run(), None);
        resumed(&pair);
        assert!(pair.completed().iter().all(|end| end.client_value.is_none() && end.server_value.is_none()));
    }
}

#[test]
fn tls12_by_ticket() {
    let world = World::new(Version::Tls12);
    let offer = ticketed(&world);
    assert_eq!((offer.has_ticket(), offer.lifetime_hint_s(), offer.received_at()), (true, 300, 1_000));
    let mut pair = world.offering(Some(&offer));
    let ticket = pair.hello().ticket.expect("a ticket is presented");
    pair.answer(resuming(&unseal(&ticket)));
    assert_eq!(pair.run(), None);
    resumed(&pair);
    assert_eq!(pair.completed()[0].client_value, None);
}

#[test]
fn tls12_ticket_renewed() {
    let world = World::new(Version::Tls12);
    let offer = ticketed(&world);
    let mut pair = world.offering(Some(&offer));
    let kept = unseal(&pair.hello().ticket.expect("a ticket is presented"));
    let renewal = Some(Sealing { lifetime_s: 7, seal: Box::new(|value| [b"new", &seal(value)[..]].concat()) });
    pair.answer(Answer { renewal, ..resuming(&kept) });
    assert_eq!(pair.run(), None);
    resumed(&pair);
    let renewed = pair.completed()[0].client_value.clone().expect("a ticket came");
    assert!(renewed.identity().starts_with(b"new") && renewed.lifetime_hint_s() == 7);
    let mut again = world.offering(Some(&renewed));
    let ticket = again.hello().ticket.expect("a ticket is presented");
    again.answer(resuming(&unseal(&ticket[3..])));
    assert_eq!(again.run(), None);
    resumed(&again);
}

#[test]
fn tls13_by_handle() {
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    let [client, server] = pair.complete(Answer::default());
    assert!(!client.resumed && !server.resumed && client.peer_chain.len() == 1);
    let kept = pair.send_ticket(|_| vec![7; 32]);
    let [offer] = &pair.tickets()[..] else { panic!("one ticket came") };
    assert_eq!((offer.identity(), offer.lifetime_hint_s(), offer.received_at()), (&[7; 32][..], 300, 1_000));
    // as often as one likes
    for _ in 0..3 {
        let mut pair = world.offering(Some(offer));
        assert_eq!(pair.hello().identities, [[7; 32]]);
        pair.answer(resuming(&kept));
        assert_eq!(pair.run(), None);
        resumed(&pair);
        assert_eq!(pair.completed()[0].peer_chain, client.peer_chain);
    }
}

#[test]
fn tls13_by_sealed_ticket() {
    let world = World::new(Version::Tls13);
    let mut first = world.offering(None);
    first.complete(Answer::default());
    first.send_ticket(seal);
    let mut offer = first.tickets().remove(0);
    // each resumption brings a ticket of its own
    for _ in 0..3 {
        let mut pair = world.offering(Some(&offer));
        let presented = pair.hello().identities.remove(0);
        pair.answer(resuming(&unseal(&presented)));
        assert_eq!(pair.run(), None);
        resumed(&pair);
        pair.send_ticket(seal);
        offer = pair.tickets().remove(0);
    }
}

#[test]
fn with_another_host_name() {
    for (first, second) in [(None, Some("one.example")), (Some("one.example"), None), (Some("one.example"), Some("Two.example"))] {
        let world = World::new(Version::Tls13);
        let mut pair = world.pair(&ClientSetup { host_name: first, ..ClientSetup::default() });
        pair.complete(Answer::default());
        let kept = pair.send_ticket(|_| vec![7; 32]);
        let offer = pair.tickets().remove(0);
        let mut pair = world.pair(&ClientSetup { host_name: second, offer: Some(&offer), ..ClientSetup::default() });
        assert_eq!(pair.hello().host_name, second.map(str::to_lowercase));
        pair.answer(resuming(&kept));
        assert_eq!(pair.run(), None);
        resumed(&pair);
    }
}

#[test]
fn refused_by_the_server() {
    for version in [Version::Tls12, Version::Tls13] {
        let world = World::new(version);
        let mut pair = world.offering(None);
        let [client, _] = pair.complete(Answer::default());
        let offer = client.client_value.unwrap_or_else(|| {
            pair.send_ticket(|_| vec![7; 32]);
            pair.tickets().remove(0)
        });
        let [client, server] = world.offering(Some(&offer)).complete(Answer::default());
        assert!(!client.resumed && !server.resumed);
        // what is of no form is not resumed either
        let garbage = ServerValue::from_bytes(vec![1, 2, 3]);
        let [client, server] = world.offering(Some(&offer)).complete(resuming(&garbage));
        assert!(!client.resumed && !server.resumed);
    }
}

#[test]
fn wrong_secret() {
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    let (one, _) = (pair.send_ticket(|_| vec![1; 32]), pair.send_ticket(|_| vec![2; 32]));
    let mut pair = world.offering(Some(&pair.tickets()[1]));
    pair.hello();
    pair.answer(resuming(&one));
    assert_eq!(pair.run(), None);
    assert!(matches!(pair.last(Side::Server), Event::Failed(_)));
    assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::DECRYPT_ERROR));
}

#[test]
fn long_after_the_hint() {
    for version in [Version::Tls12, Version::Tls13] {
        let world = World::new(version);
        let mut pair = world.offering(None);
        let (offer, kept) = match version {
            Version::Tls12 => (ticketed(&world), None),
            Version::Tls13 => {
                pair.complete(Answer::default());
                let kept = pair.send_ticket(|_| vec![7; 32]);
                (pair.tickets().remove(0), Some(kept))
            }
        };
        // the layer above knows whether it is too old
        world.advance(30 * 24 * 60 * 60);
        let mut pair = world.offering(Some(&offer));
        let hello = pair.hello();
        pair.answer(resuming(&kept.unwrap_or_else(|| unseal(&hello.ticket.expect("a ticket is presented")))));
        assert_eq!(pair.run(), None);
        resumed(&pair);
    }
}

#[test]
fn written_down_and_read_back() {
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    let kept = pair.send_ticket(|_| vec![7; 32]);
    let offer = pair.tickets().remove(0);
    let written = offer.encode().expect("it is of TLS 1.3");
    let read = ClientValue::decode(&written).expect("it was written by us");
    assert_eq!(read, offer);
    assert_eq!((0..written.len()).find_map(|short| ClientValue::decode(&written[..short]).filter(|v| v.encode() == offer.encode())), None);
    let [client, server] = world.offering(Some(&read)).complete(resuming(&kept));
    assert!(client.resumed && server.resumed);
}

/// What a client has of a full TLS 1.2 handshake that gave an id, and what its server has.
fn named(world: &World) -> (ClientValue, ServerValue) {
    let [client, server] = world.offering(None).complete(Answer::default());
    (client.client_value.expect("there is an id"), server.server_value.expect("there is an id"))
}

#[test]
fn tls12_written_down_and_read_back() {
    let world = World::new(Version::Tls12);
    let (offer, kept) = named(&world);
    let written = offer.encode().expect("it is bound to its handshake");
    let read = ClientValue::decode(&written).expect("it was written by us");
    assert_eq!((read.encode(), read.identity()), (Some(written.clone()), offer.identity()));
    assert!((0..written.len()).all(|short| ClientValue::decode(&written[..short]).is_none_or(|value| value.encode() != offer.encode())));
    let [client, server] = world.offering(Some(&read)).complete(resuming(&kept));
    assert!(client.resumed && server.resumed);

    let ticket = ClientValue::decode(&ticketed(&world).encode().expect("as above")).expect("as above");
    let mut pair = world.offering(Some(&ticket));
    let presented = pair.hello().ticket.expect("a ticket is presented");
    pair.answer(resuming(&unseal(&presented)));
    assert_eq!(pair.run(), None);
    resumed(&pair);
}

#[test]
fn tls12_under_another_id() {
    let world = World::new(Version::Tls12);
    let (offer, kept) = named(&world);
    let setup = ClientSetup { offer: Some(&offer), session_id: Some(&[0xA1; 32]), ..ClientSetup::default() };
    let mut pair = world.pair(&setup);
    assert_eq!(pair.hello().session_id, [0xA1; 32]);
    pair.answer(resuming(&kept));
    assert_eq!(pair.run(), None);
    resumed(&pair);
    let ticket = ticketed(&world);
    let setup = ClientSetup { offer: Some(&ticket), session_id: Some(&[0xA2; 32]), ..ClientSetup::default() };
    assert_eq!(world.pair(&setup).hello().session_id, [0xA2; 32]);
}

#[test]
fn a_server_resumes_what_a_client_has_kept() {
    let world = World::new(Version::Tls12);
    let (offer, _) = named(&world);
    let [client, server] = world.offering(Some(&offer)).complete(resuming(&ServerValue::of_client(&offer).expect("it is bound")));
    assert!(client.resumed && server.resumed);
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    pair.send_ticket(|_| vec![7; 32]);
    let offer = pair.tickets().remove(0);
    let [client, server] = world.offering(Some(&offer)).complete(resuming(&ServerValue::of_client(&offer).expect("it has a key")));
    assert!(client.resumed && server.resumed);
}

#[test]
fn from_another_base() {
    let mut pair = World::new(Version::Tls13).offering(None);
    pair.complete(Answer::default());
    let kept = pair.send_ticket(|_| vec![7; 32]);
    // a value of TLS 1.3 is made for the base that offers it
    let world = World::new(Version::Tls13);
    let [client, server] = world.offering(Some(&pair.tickets()[0])).complete(resuming(&kept));
    assert!(client.resumed && server.resumed);
    // so is one of TLS 1.2, although rustls keeps its own to their base
    let (offer, kept) = named(&World::new(Version::Tls12));
    let [client, server] = World::new(Version::Tls12).offering(Some(&offer)).complete(resuming(&kept));
    assert!(client.resumed && server.resumed);
}
