//! After a full TLS 1.3 handshake the client gets as many tickets as are set; two are preset.

use crate::{
    Call, Clause, ConnId, Deviation, Effect, Force, Hook, Item, Judgement, NotResumableCallback, Renewal, Side, Source, Status, Transition,
    Version,
};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tickets-preset-two",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_num_tickets", section: "DESCRIPTION", paragraph: 2 },
    statement: "After a full TLS 1.3 handshake the client gets as many tickets as are set; two are preset.",
    reading: Some(
        "Save where a callback holds them back: the key callback has no keys for one, or the decrypt callback passed over a ticket and wants no \
         new one.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::PresetOneTicket),
    judge,
};

const PRESET: u32 = 2;

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::ContextNew(id, ..) = t.call() {
        return Judgement::of(t.context(id).is_some_and(|x| x.num_tickets == PRESET));
    }
    if let Call::Read(id) = t.call() {
        return arrived(t, id);
    }
    Judgement::all(t.effects().iter().map(|effect| sent(t, effect)))
}

fn sent(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Completed { connection, resumed: false, .. } = *effect else { return Judgement::Silent };
    let Some(end) = t.connection(connection) else { return Judgement::Silent };
    let sends = t.context(end.context).is_some_and(|x| x.side == Side::Server && x.version == Version::Tls13);
    let held_back =
        t.was_connection(connection).is_some_and(|c| c.renewal == Renewal::Spared) || t.ran(Hook::TicketKeyEncrypt, connection, Some(0));
    // or in this very step
    let held_back = held_back || (t.retries(connection) && ticket_callbacks(t, connection));
    if sends && !held_back && end.not_resumable != NotResumableCallback::Forbid {
        Judgement::of(t.tickets_sent(connection) == end.num_tickets as usize)
    } else {
        Judgement::Silent
    }
}

fn ticket_callbacks(t: &Transition<'_>, server: ConnId) -> bool {
    [Hook::TicketKeyDecrypt, Hook::TicketDecrypt].iter().any(|hook| t.ran(*hook, server, None))
}

// Each ticket that a client reads makes one session there.
fn arrived(t: &Transition<'_>, id: ConnId) -> Judgement {
    let Some(was) = t.was_connection(id).filter(|c| !c.reused && !c.shutdown.received && is_tls13_client(t, id)) else {
        return Judgement::Silent;
    };
    let harmless = was.inbox.iter().take_while(|i| matches!(i, Item::Ticket(_) | Item::Data | Item::CertificateRequest));
    let tickets = harmless.filter(|i| matches!(i, Item::Ticket(_))).count();
    let born = t.effects().iter().filter(|e| matches!(e, Effect::Born(_))).count();
    if tickets + born > 0 { Judgement::of(tickets == born) } else { Judgement::Silent }
}

/// In TLS 1.3 a client reads tickets, and nothing else is born there.
fn is_tls13_client(t: &Transition<'_>, id: ConnId) -> bool {
    t.context_of(id).is_some_and(|x| x.side == Side::Client && x.version == Version::Tls13)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Side, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0)
    }

    #[test]
    fn new_context() {
        let new = |story: Story| story.call(Call::ContextNew(X1, Side::Server, Version::Tls13)).said("tickets-preset-two");
        assert_eq!(new(Story::page()), Judgement::Holds);
        assert_eq!(new(Story::with(Deviation::PresetOneTicket)), Judgement::Broken);
    }

    #[test]
    fn full_handshake() {
        assert_eq!(told(Story::page()).said("tickets-preset-two"), Judgement::Holds);
        assert_eq!(told(Story::page()).call(Call::Read(C0)).said("tickets-preset-two"), Judgement::Holds);
    }
}
