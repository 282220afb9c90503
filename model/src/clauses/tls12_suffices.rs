//! Up to TLS 1.2 the session that a client has after the handshake is all that it needs to resume, where the server gave an id or a ticket.

use crate::{
    Call, Clause, ConnId, Deviation, Effect, Force, Hook, Item, Judgement, NotResumableCallback, Removal, Renewal, Session, Source, Status,
    Tickets, Transition, Version,
};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls12-suffices",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 1 },
    statement: "Up to TLS 1.2 the session that a client has after the handshake is all that it needs to resume, where the server gave an id or a ticket.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::Tls12SessionWithoutIdentity),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Complete(client) = t.call() else { return Judgement::Silent };
    let full = t.effects().iter().any(|e| matches!(e, Effect::Completed { connection, resumed: false, .. } if *connection == client));
    if !full || t.context_of(client).is_none_or(|x| x.version != Version::Tls12) || !given(t, client) {
        return Judgement::Silent;
    }
    let current = t.connection(client).and_then(|c| c.session);
    if current.and_then(|id| t.was_session(id)).is_some_and(|s| s.marked) {
        return Judgement::Silent; // another use took it out of use while the handshake was under way
    }
    let cleared = |id| t.made_from(client).is_some_and(|context| t.removal(context, id) == Some(Removal::Expired));
    if current.is_some_and(cleared) {
        return Judgement::Silent; // it expired while the handshake was under way, and a flush took it out
    }
    Judgement::of(current.and_then(|id| t.session(id)).is_some_and(Session::is_resumable))
}

/// Whether the server gave the client an id in its first flight, or issues tickets and no callback has held this one back.
fn given(t: &Transition<'_>, client: ConnId) -> bool {
    let Some(before) = t.was_connection(client) else { return false };
    let named = before.inbox.iter().any(|item| matches!(item, Item::Flight(flight) if flight.identity.is_some()));
    let issues = |id: ConnId| {
        let wanted = t.was_connection(id).is_some_and(|server| server.tickets == Tickets::Stateless && server.renewal != Renewal::Spared);
        // one that is never to be resumed is not issued
        let forbidden = t.was_connection(id).is_some_and(|server| server.not_resumable == NotResumableCallback::Forbid);
        wanted && !forbidden && !t.ran(Hook::TicketKeyEncrypt, id, Some(0))
    };
    named || before.peer.is_some_and(issues)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0)
    }

    #[test]
    fn after_a_full_handshake() {
        assert_eq!(told(Story::page()).said("tls12-suffices"), Judgement::Holds);
    }

    #[test]
    fn without_an_identity() {
        assert_eq!(told(Story::with(Deviation::Tls12SessionWithoutIdentity)).said("tls12-suffices"), Judgement::Broken);
    }

    #[test]
    fn by_id_instead_of_ticket() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        assert_eq!(story.said("tls12-suffices"), Judgement::Holds);
    }
}
