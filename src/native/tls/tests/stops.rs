//! Where the layer above ends a handshake, and what it can ask for.

use super::pair::{World, credentials, resuming, sealing, unseal};
use crate::native::tls::*;

const BOTH: [Version; 2] = [Version::Tls12, Version::Tls13];

#[test]
fn at_the_hello() {
    for version in BOTH {
        let mut pair = World::new(version).offering(None);
        pair.hello();
        pair.server.fail(Alert::UNRECOGNIZED_NAME);
        pair.run();
        assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::UNRECOGNIZED_NAME));
    }
}

#[test]
fn after_the_answer() {
    for version in BOTH {
        let mut pair = World::new(version).offering(None);
        pair.hello();
        pair.answer(Answer::default());
        pair.server.fail(Alert::INTERNAL_ERROR);
        pair.run();
        assert!(matches!(pair.last(Side::Client), Event::Alert(_)), "{version:?}");
    }
}

#[test]
fn after_a_retry() {
    let mut pair = World::with_groups(Version::Tls13, &[Group::P256]).offering(None);
    pair.hello();
    pair.server.fail(Alert::ACCESS_DENIED);
    pair.run();
    assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::ACCESS_DENIED));
}

#[test]
fn where_a_ticket_is_due() {
    let mut pair = World::new(Version::Tls12).offering(None);
    pair.hello();
    pair.answer(Answer { gives: Gives::Ticket, ..Answer::default() });
    assert_eq!(pair.run(), Some(Event::TicketDue));
    pair.server.fail(Alert::INTERNAL_ERROR);
    pair.run();
    assert_eq!(*pair.last(Side::Client), Event::Alert(Alert::INTERNAL_ERROR));
}

#[test]
fn where_a_ticket_is_renewed() {
    let world = World::new(Version::Tls12);
    let mut pair = world.offering(None);
    pair.hello();
    pair.answer(Answer { gives: Gives::Ticket, ..Answer::default() });
    pair.run();
    pair.server.give_ticket(Some(sealing())).expect("a ticket is due");
    pair.run();
    let offer = pair.completed()[0].client_value.clone().expect("a ticket came");

    let mut pair = world.offering(Some(&offer));
    let kept = unseal(&pair.hello().ticket.expect("a ticket is presented"));
    pair.answer_and_fail(resuming(&kept), Alert::INTERNAL_ERROR);
    pair.run();
    let told: Vec<&Event> = pair.of(Side::Client).collect();
    assert!(matches!(told[..], [Event::Decided(Decided { resumed: true, .. }), Event::Alert(Alert::INTERNAL_ERROR)]), "{told:?}");
}

#[test]
fn at_the_client() {
    for version in BOTH {
        let mut pair = World::new(version).offering(None);
        pair.hello();
        pair.client.fail(Alert::INTERNAL_ERROR);
        pair.carry();
        pair.answer(Answer::default());
        pair.run();
        assert!(matches!(pair.last(Side::Server), Event::Alert(Alert::INTERNAL_ERROR)), "{version:?}: {:?}", pair.log);
    }
}

#[test]
fn a_certificate_on_demand() {
    for version in BOTH {
        let world = World::new(version);
        let asked = || Answer { certificate: ClientCertificate::Asked, ..Answer::default() };
        let [_, server] = world.offering(None).complete(asked());
        assert!(server.peer_chain.is_empty());
        world.client.show(Some(credentials()));
        let [_, server] = world.offering(None).complete(asked());
        assert_eq!(server.peer_chain, [credentials().certificate()]);
        let [_, server] = world.offering(None).complete(Answer::default());
        assert!(server.peer_chain.is_empty());
    }
}

#[test]
fn one_event_after_another() {
    let mut pair = World::new(Version::Tls13).offering(None);
    pair.carry();
    assert!(matches!(pair.server.next(), Some(Event::Hello(_))));
    assert_eq!((pair.server.next(), pair.client.next()), (None, None));
    pair.answer(Answer::default());
    assert_eq!(pair.server.next(), Some(Event::Decided(Decided { resumed: false, session_id: vec![] })));
    pair.carry();
    assert!(matches!(pair.client.next(), Some(Event::Decided(_))));
    assert!(matches!(pair.client.next(), Some(Event::Completed(_))));
    assert_eq!((pair.client.phase(), pair.server.phase()), (Phase::Open, Phase::Handshake));
    pair.client.write(b"at once").expect("the client is done");
    pair.carry();
    assert!(matches!(pair.server.next(), Some(Event::Completed(_))));
    assert_eq!(pair.server.next(), Some(Event::Data(b"at once".to_vec())));
}

#[test]
fn byte_by_byte() {
    for version in BOTH {
        let mut pair = World::new(version).offering(None);
        for byte in pair.client.output() {
            assert_eq!(pair.server.next(), None);
            pair.server.feed(&[byte]);
        }
        pair.complete(Answer::default());
    }
}

#[test]
fn an_engine_goes_between_threads() {
    fn is_send<T: Send>() {}
    fn is_shared<T: Send + Sync>() {}
    is_send::<Engine>();
    is_shared::<(ClientBase, ServerBase, ClientValue, ServerValue)>();
}
