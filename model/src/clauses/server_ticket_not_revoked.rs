//! A session that travels in a ticket is resumed whatever became of the server's own object.

use crate::{Clause, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "server-ticket-not-revoked",
    force: Force::May,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 42 },
    statement: "A session that travels in a ticket is resumed whatever became of the server's own object.",
    reading: Some("Marking and removing act on objects and caches; a ticket that a client still holds is neither."),
    status: Status::ByConstruction("latitude: the pages let the server keep nothing, so nothing there can take a ticket back"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| decided(t, effect)))
}

// What comes out of a ticket is an object that was not there before.
fn decided(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Decided { connection, resumed: true, .. } = *effect else { return Judgement::Silent };
    let session = t.connection(connection).and_then(|c| c.session);
    let redeemed = session.is_some_and(|s| t.was_session(s).is_none());
    if redeemed { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    #[test]
    fn the_server_freed_its_connection_without_shutdown() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0).call(Call::Read(C0)).call(Call::ConnectionFree(C1));
        assert_eq!(story.proposing(C0, ConnId(2), ConnId(3)).said("server-ticket-not-revoked"), Judgement::Holds);
    }

    #[test]
    fn stateful() {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        let story = story.call(Call::Read(C0)).proposing(C0, ConnId(2), ConnId(3));
        assert_eq!(story.said("server-ticket-not-revoked"), Judgement::Silent);
    }
}
