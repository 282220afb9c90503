//! Tickets late, many, none; and another ClientHello before them.

use super::pair::{World, resuming, sealing};
use crate::native::tls::*;

/// Whether an end has something that its server knows by a name.
fn names(end: &Completed) -> bool {
    end.client_value.as_ref().is_some_and(|value| !value.identity().is_empty())
}

#[test]
fn late_and_many() {
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    pair.server.write(b"first").expect("the connection is open");
    pair.run();
    world.advance(50);
    let kept: Vec<ServerValue> = (0..3).map(|n| pair.send_ticket(|_| vec![n; 32])).collect();
    pair.server.write(b"last").expect("the connection is open");
    pair.run();
    assert_eq!(*pair.last(Side::Client), Event::Data(b"last".to_vec()));
    let offers = pair.tickets();
    assert_eq!(
        offers.iter().map(|offer| (offer.identity()[0], offer.received_at())).collect::<Vec<_>>(),
        [(0, 1_050), (1, 1_050), (2, 1_050)]
    );
    for (offer, kept) in offers.iter().zip(&kept).rev() {
        let [client, server] = world.offering(Some(offer)).complete(resuming(kept));
        assert!(client.resumed && server.resumed);
    }
}

#[test]
fn of_every_length() {
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    // more than one record holds
    let kept = pair.send_ticket(|_| vec![9; 40_000]);
    assert_eq!(pair.tickets()[0].identity(), vec![9; 40_000]);
    let [client, server] = world.offering(Some(&pair.tickets()[0])).complete(resuming(&kept));
    assert!(client.resumed && server.resumed);
    for length in [0, 65_536] {
        let fresh = pair.server.make_ticket().expect("the handshake is over");
        assert_eq!(pair.server.send_ticket(fresh, &vec![0; length], 1), Err(Error::TicketLength(length)));
    }
}

#[test]
fn several_in_one_pull() {
    let world = World::new(Version::Tls13);
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    for n in 0..2 {
        let fresh = pair.server.make_ticket().expect("the handshake is over");
        pair.server.send_ticket(fresh, &[n; 32], 300).expect("the connection is open");
    }
    pair.server.close().expect("the connection is open");
    pair.carry();
    assert!(matches!(pair.client.next(), Some(Event::Ticket(_))));
    assert!(pair.client.unread() > 0, "it stops after each");
    assert!(matches!(pair.client.next(), Some(Event::Ticket(_))));
    assert_eq!(pair.client.next(), Some(Event::CloseNotify));
}

#[test]
fn no_keys_in_tls12() {
    let world = World::new(Version::Tls12);
    let mut pair = world.offering(None);
    pair.hello();
    pair.answer(Answer { gives: Gives::Ticket, ..Answer::default() });
    assert_eq!(pair.run(), Some(Event::TicketDue));
    assert_eq!(pair.run(), None, "it waits");
    pair.server.give_ticket(None).expect("a ticket is due");
    assert_eq!(pair.run(), None);
    assert!(pair.completed().iter().all(|end| !names(end) && end.server_value.is_none()));
}

#[test]
fn unwelcome_in_tls12() {
    let world = World::new(Version::Tls12);
    let mut pair = world.pair(&ClientSetup { tickets: Tickets::Unwelcome, ..ClientSetup::default() });
    assert_eq!(pair.hello().ticket, None);
    pair.answer(Answer { gives: Gives::Ticket, renewal: Some(sealing()), ..Answer::default() });
    assert_eq!(pair.run(), None, "no ticket is due");
    assert!(pair.completed().iter().all(|end| end.session_id.is_empty() && !names(end)));
}

#[test]
fn nothing_to_resume_by_in_tls12() {
    let [client, server] = World::new(Version::Tls12).offering(None).complete(Answer { gives: Gives::Nothing, ..Answer::default() });
    assert!(!names(&client));
    assert_eq!((server.server_value, client.session_id), (None, vec![]));
}

#[test]
fn another_hello() {
    let world = World::with_groups(Version::Tls13, &[Group::P256]);
    let mut pair = world.offering(None);
    assert!(pair.hello().repeated);
    assert_eq!(pair.log[..2], [(Side::Server, Event::Retry), (Side::Client, Event::Retry)]);
    pair.answer(Answer { certificate: ClientCertificate::Asked, ..Answer::default() });
    assert_eq!(pair.run(), None);
    assert_eq!(pair.completed().map(|end| (end.resumed, end.retried)), [(false, true); 2]);
    let kept = pair.send_ticket(|_| vec![7; 32]);
    let offer = pair.tickets().remove(0);

    let mut pair = world.offering(Some(&offer));
    let hello = pair.hello();
    assert_eq!((hello.repeated, &hello.identities[..]), (true, &[vec![7; 32]][..]));
    pair.answer(resuming(&kept));
    assert_eq!(pair.run(), None);
    assert_eq!(pair.completed().map(|end| (end.resumed, end.retried)), [(true, true); 2]);
}

#[test]
fn no_group_in_common_is_an_error() {
    let world = World::new(Version::Tls13);
    assert!(matches!(ServerBase::new(Version::Tls13, world.clock(), super::pair::credentials(), &[]), Err(Error::NoGroups)));
}

#[test]
fn not_for_the_other_end_or_version() {
    let mut pair = World::new(Version::Tls12).offering(None);
    pair.complete(Answer::default());
    for end in [&mut pair.client, &mut pair.server] {
        assert!(matches!(end.make_ticket(), Err(Error::NotNow)));
        assert_eq!(end.give_ticket(None), Err(Error::NotNow));
    }
}
