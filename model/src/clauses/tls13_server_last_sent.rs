//! The getters of a TLS 1.3 server show the session sent last, or the connection's own where no ticket was sent.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-server-last-sent",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 2 },
    statement: "The getters of a TLS 1.3 server show the session sent last, or the connection's own where no ticket was sent.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ServerKeepsFirstTicket),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Complete(_) = t.call() else { return Judgement::Silent };
    let server = t.effects().iter().find_map(|e| {
        let Effect::Completed { connection, .. } = e else { return None };
        t.context_of(*connection).filter(|x| x.side == Side::Server && x.version == Version::Tls13).map(|_| *connection)
    });
    let Some((server, connection)) = server.and_then(|id| Some((id, t.connection(id)?))) else { return Judgement::Silent };
    let last = t.effects().iter().rev().find_map(|e| {
        let Effect::TicketSent { connection, session, .. } = e else { return None };
        (*connection == server).then_some(*session)
    });
    // after a second ClientHello its own session was made in this very step
    let own = t.was_connection(server).and_then(|c| c.session).or(connection.session);
    Judgement::of(connection.session == last.or(own))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0)
    }

    #[test]
    fn two_tickets_sent() {
        assert_eq!(told(Story::page()).said("tls13-server-last-sent"), Judgement::Holds);
    }

    #[test]
    fn stays_with_the_first() {
        assert_eq!(told(Story::with(Deviation::ServerKeepsFirstTicket)).said("tls13-server-last-sent"), Judgement::Broken);
    }

    #[test]
    fn no_ticket_sent() {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetNumTickets(X1, 0)).pair().handshake(C0);
        assert_eq!(story.said("tls13-server-last-sent"), Judgement::Holds);
    }
}
