//! Where the key callback answers 0 for a ticket that is to be made none is sent, and the connection goes on.

use crate::{Clause, ConnId, Deviation, Effect, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-key-cb-none",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_ticket_key_cb", section: "DESCRIPTION", paragraph: 15 },
    statement: "Where the key callback answers 0 for a ticket that is to be made none is sent, and the connection goes on.",
    reading: Some(
        "The page has a session id serve instead; none is given here, since a server settles on that before it makes a ticket. In TLS 1.2 an empty ticket tells the client that there is none.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::EmptyTicketSent),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketKeyEncrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 0 {
        return Judgement::Silent;
    }
    let sealed = t.times(Hook::TicketKeyEncrypt, id, 1);
    let stateless = t.effects().iter().filter(|e| matches!(e, Effect::TicketSent { connection, stateless: true, .. } if *connection == id));
    Judgement::of(stateless.count() == sealed && !t.failed(id))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, OpenAnswer, SealAnswer, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, version: Version) -> Story {
        let story = story.contexts(version).call(Call::SetTicketKeyCallback(X1, SealAnswer::None, OpenAnswer::Use));
        story.pair().handshake(C0)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-key-cb-none"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::EmptyTicketSent), Version::Tls13).said("ticket-key-cb-none"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-key-cb-none"), Judgement::Holds);
    }
}
