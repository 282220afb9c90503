//! Where there is a ticket key callback it is asked for the keys of each ticket that is presented, and for those of each that is made.

use crate::{Clause, ConnId, Deviation, Effect, Force, Hook, Judgement, Source, Status, Tickets, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-key-cb-asked",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_ticket_key_cb", section: "DESCRIPTION", paragraph: 2 },
    statement: "Where there is a ticket key callback it is asked for the keys of each ticket that is presented, and for those of each that is made.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::TicketKeyNotAsked),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let (id, hook) = match *effect {
        Effect::TicketSent { connection, stateless: true, .. } => (connection, Hook::TicketKeyEncrypt),
        Effect::Decided { connection, proposed: true, .. } if is_presented(t, connection) => (connection, Hook::TicketKeyDecrypt),
        _ => return Judgement::Silent,
    };
    let asks = t.context_of(id).is_some_and(|x| x.ticket_key.is_some());
    if asks { Judgement::of(t.ran(hook, id, None)) } else { Judgement::Silent }
}

// A stateless server is presented with whatever ticket the client has.
fn is_presented(t: &Transition<'_>, server: ConnId) -> bool {
    let Some(end) = t.connection(server) else { return false };
    let stateless = match t.version(server) {
        Some(Version::Tls12) => end.tickets == Tickets::Stateless,
        Some(Version::Tls13) => !end.is_stateful(),
        None => false,
    };
    let client = end.peer.and_then(|p| t.connection(p)).and_then(|c| c.session).and_then(|s| t.session(s));
    stateless && client.is_some_and(|s| s.ticket.is_some())
}

#[cfg(test)]
mod tests {
    use crate::{Deviation, Judgement, OpenAnswer, SealAnswer, Version, story::Story};

    fn told(story: Story) -> Story {
        story.presenting(Version::Tls13, Some((SealAnswer::Use, OpenAnswer::Use)), None)
    }

    #[test]
    fn a_ticket_presented() {
        assert_eq!(told(Story::page()).said("ticket-key-cb-asked"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketKeyNotAsked)).said("ticket-key-cb-asked"), Judgement::Broken);
    }

    #[test]
    fn no_callback() {
        assert_eq!(Story::page().presenting(Version::Tls13, None, None).said("ticket-key-cb-asked"), Judgement::Silent);
    }
}
