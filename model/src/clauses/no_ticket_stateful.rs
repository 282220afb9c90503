//! With NO_TICKET no session travels in a ticket: TLS 1.2 sends none, and a TLS 1.3 ticket names a session in the server's cache.

use crate::{Clause, ConnId, Deviation, Effect, Force, Judgement, Side, Source, Status, Tickets, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-ticket-stateful",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 44 },
    statement: "With NO_TICKET no session travels in a ticket: TLS 1.2 sends none, and a TLS 1.3 ticket names a session in the server's cache.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NoTicketIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    if let Effect::TicketSent { connection, session, stateless } = *effect {
        return if is_set(t, connection) { Judgement::of(!stateless && t.is_named(connection, session)) } else { Judgement::Silent };
    }
    let Effect::Completed { connection, resumed: false, .. } = *effect else { return Judgement::Silent };
    if is_set(t, connection) { sends_none(t, connection) } else { Judgement::Silent }
}

fn is_set(t: &Transition<'_>, id: ConnId) -> bool {
    let Some(end) = t.connection(id) else { return false };
    let serves = t.context(end.context).is_some_and(|x| x.side == Side::Server);
    serves && end.tickets == Tickets::Stateful
}

// Up to TLS 1.2 the client's session shows whether a ticket came with the handshake.
fn sends_none(t: &Transition<'_>, server: ConnId) -> Judgement {
    let peer = t.connection(server).and_then(|c| c.peer).and_then(|p| t.connection(p));
    let Some(session) = peer.and_then(|c| c.session).and_then(|s| t.session(s)) else { return Judgement::Silent };
    let older = session.version == Version::Tls12;
    if older { Judgement::of(session.ticket.is_none()) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, version: Version) -> Story {
        story.contexts(version).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("no-ticket-stateful"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::NoTicketIgnored), Version::Tls13).said("no-ticket-stateful"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("no-ticket-stateful"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::NoTicketIgnored), Version::Tls12).said("no-ticket-stateful"), Judgement::Broken);
    }
}
