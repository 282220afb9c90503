//! What a client writes before it is answered.

use super::pair::{Pair, World, resuming};
use crate::native::tls::*;

const SETUP: ClientSetup<'_> =
    ClientSetup { host_name: None, offer: None, session_id: None, tickets: Tickets::Welcome, early_data: EarlyData::Announced };

/// A ticket that allows ten bytes.
fn allowed(world: &World) -> (ClientValue, ServerValue) {
    let mut pair = world.offering(None);
    pair.complete(Answer::default());
    let fresh = pair.server.make_ticket().expect("the handshake is over").allowing_early_data(10);
    let kept = fresh.value().clone();
    pair.server.send_ticket(fresh, &[7; 32], 300).expect("the connection is open");
    pair.run();
    let offer = pair.tickets().remove(0);
    assert_eq!(offer.early_data_limit(), 10);
    (offer, kept)
}

fn told(pair: &Pair) -> Vec<&Event> {
    pair.of(Side::Server).filter(|event| matches!(event, Event::EarlyData(_) | Event::Data(_) | Event::Completed(_))).collect()
}

#[test]
fn taken() {
    let world = World::new(Version::Tls13);
    let (offer, kept) = allowed(&world);
    let mut pair = world.pair(&ClientSetup { offer: Some(&offer), ..SETUP });
    assert_eq!(pair.client.write_early(b"more than that"), Ok(10));
    pair.hello();
    pair.answer(Answer { early_data_limit: 10, ..resuming(&kept) });
    pair.run();
    let [client, _] = pair.completed();
    assert!(client.resumed && client.early_data_taken);
    assert!(matches!(told(&pair)[..], [Event::EarlyData(early), Event::Completed(_)] if early == b"more than "));
    assert_eq!(pair.client.write_early(b"late"), Err(Error::NotNow));
    // and it goes on
    pair.client.write(b"then").expect("the connection is open");
    pair.send_ticket(|_| vec![8; 32]);
    assert_eq!(*pair.last(Side::Server), Event::Data(b"then".to_vec()));
}

#[test]
fn refused() {
    for groups in [Group::PRESET, &[Group::P256]] {
        let world = World::with_groups(Version::Tls13, groups);
        let (offer, kept) = allowed(&world);
        let mut pair = world.pair(&ClientSetup { offer: Some(&offer), ..SETUP });
        assert_eq!(pair.client.write_early(b"early"), Ok(5));
        pair.hello();
        pair.answer(resuming(&kept));
        pair.run();
        let [client, _] = pair.completed();
        assert!(client.resumed && !client.early_data_taken);
        assert!(matches!(told(&pair)[..], [Event::Completed(_)]));
    }
}

#[test]
fn too_old_to_be_taken() {
    let world = World::new(Version::Tls13);
    let (offer, kept) = allowed(&world);
    world.advance(100);
    let mut pair = world.pair(&ClientSetup { offer: Some(&offer), ..SETUP });
    pair.client.write_early(b"early").expect("it is not answered");
    pair.hello();
    // a replay is told by the age that the client gives, and this one is honest
    pair.answer(Answer { early_data_limit: 10, ..resuming(&kept) });
    world.advance(1);
    pair.run();
    assert!(pair.completed()[0].early_data_taken);
    let mut replay = world.pair(&ClientSetup { offer: Some(&offer), ..SETUP });
    replay.client.write_early(b"early").expect("it is not answered");
    world.advance(100);
    replay.hello();
    replay.answer(Answer { early_data_limit: 10, ..resuming(&kept) });
    replay.run();
    assert_eq!(replay.completed().map(|end| (end.resumed, end.early_data_taken)), [(true, false), (true, false)]);
}

#[test]
fn more_than_is_taken() {
    let world = World::new(Version::Tls13);
    let (offer, kept) = allowed(&world);
    let mut pair = world.pair(&ClientSetup { offer: Some(&offer), ..SETUP });
    assert_eq!(pair.client.write_early(b"early"), Ok(5));
    pair.hello();
    pair.answer(Answer { early_data_limit: 4, ..resuming(&kept) });
    pair.run();
    assert!(matches!(pair.last(Side::Server), Event::Failed(_)));
    assert!(matches!(pair.last(Side::Client), Event::Alert(_)));
}

#[test]
fn nothing_to_write_it_with() {
    let world = World::new(Version::Tls13);
    let mut pair = world.pair(&SETUP);
    assert_eq!(pair.client.write_early(b"early"), Ok(0));
    assert_eq!(pair.server.write_early(b"early"), Err(Error::NotNow));
}
