//! Where the key callback answers below 0 the connection fails.

use crate::{Clause, Deviation, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-key-cb-fails",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_ticket_key_cb", section: "DESCRIPTION", paragraph: 17 },
    statement: "Where the key callback answers below 0 the connection fails.",
    reading: Some(
        "The page calls it an error and does not say whose: no ticket can be made or opened, and an answer of 0 is there for going on without.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::TicketKeyFailureIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let both = t.answers(Hook::TicketKeyDecrypt).chain(t.answers(Hook::TicketKeyEncrypt));
    Judgement::all(both.filter(|(_, answer)| *answer < 0).map(|(id, _)| Judgement::of(t.failed(id))))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, OpenAnswer, SealAnswer, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, version: Version) -> Story {
        let story = story.contexts(version).call(Call::SetTicketKeyCallback(X1, SealAnswer::Fail, OpenAnswer::Use));
        story.pair().handshake(C0)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-key-cb-fails"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketKeyFailureIgnored), Version::Tls13).said("ticket-key-cb-fails"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-key-cb-fails"), Judgement::Holds);
    }
}
