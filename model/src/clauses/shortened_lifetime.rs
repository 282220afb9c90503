//! A lifetime can be shortened at any moment, down to nothing: the handshake that uses the session goes on.

use smallvec::SmallVec;

use crate::{Call, Clause, Connection, Deviation, Effect, Force, Hook, Item, Judgement, Phase, Source, Status, Transition, Wire};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "shortened-lifetime",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_get_time", section: "NOTES", paragraph: 1 },
    statement: "A lifetime can be shortened at any moment, down to nothing: the handshake that uses the session goes on.",
    reading: Some(
        "The page says that the lifetime can be shortened, names no limit and no moment at which it cannot, and no error that follows.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::TimelessTicketFatal),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Complete(client) = t.call() else { return Judgement::Silent };
    let ends = [Some(client), t.was_connection(client).and_then(|c| c.peer)];
    let before: SmallVec<[&Connection; 2]> = ends.into_iter().flatten().filter_map(|end| t.was_connection(end)).collect();
    let short = |c: &&Connection| c.session.and_then(|s| t.was_session(s)).is_some_and(|s| !s.untimed && s.timeout <= 0);
    if !before.iter().any(short) || !before.iter().all(|c| is_sound(c)) {
        return Judgement::Silent;
    }
    // a callback that ends the connection does so by itself
    if t.is_ended_at_hello() || t.answers(Hook::TicketGenerate).chain(t.answers(Hook::TicketKeyEncrypt)).any(|(_, answer)| answer < 1) {
        return Judgement::Silent;
    }
    Judgement::of(!t.effects().iter().any(|e| matches!(e, Effect::Fatal(_))))
}

/// Whether nothing else is in the way of this end's handshake.
fn is_sound(connection: &Connection) -> bool {
    let sound = |item: &Item| match item {
        Item::Flight(flight) => !flight.doomed,
        Item::Alert | Item::Garbage | Item::End => false,
        _ => true,
    };
    connection.phase == Phase::Hello && connection.wire == Wire::Whole && connection.peer.is_some() && connection.inbox.iter().all(sound)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};

    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story, version: Version) -> Story {
        let story = story.contexts(version).pair().call(Call::Hello(C0)).call(Call::Get1(C1));
        let session = story.session_of(C1);
        story.call(Call::SessionSetTimeout(session, 0)).call(Call::Complete(C0))
    }

    #[test]
    fn nothing_left_in_the_handshake() {
        for version in [Version::Tls12, Version::Tls13] {
            assert_eq!(told(Story::page(), version).said("shortened-lifetime"), Judgement::Holds);
            assert_eq!(told(Story::with(Deviation::TimelessTicketFatal), version).said("shortened-lifetime"), Judgement::Broken);
        }
    }

    #[test]
    fn time_enough() {
        let story = Story::with(Deviation::TimelessTicketFatal).contexts(Version::Tls13).pair().handshake(C0);
        assert_eq!(story.said("shortened-lifetime"), Judgement::Silent);
    }
}
