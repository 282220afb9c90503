//! Where the key callback answers 0 for a ticket the handshake goes on without it.

use crate::{Clause, ConnId, Deviation, Force, Hook, Judgement, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-key-cb-cannot",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_ticket_key_cb", section: "DESCRIPTION", paragraph: 15 },
    statement: "Where the key callback answers 0 for a ticket the handshake goes on without it.",
    reading: Some("Save where the decrypt callback says otherwise, or the server-name callback ends it."),
    status: Status::Checked,
    mutant: Some(Deviation::TicketKeyMissingFatal),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketKeyDecrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 0 || t.ran(Hook::TicketDecrypt, id, None) || t.is_aborted(id) {
        return Judgement::Silent;
    }
    Judgement::of(t.verdict(id) == Some(Verdict::NotUsed) && !t.failed(id))
}

#[cfg(test)]
mod tests {
    use crate::{Deviation, Judgement, OpenAnswer, SealAnswer, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, Some((SealAnswer::Use, OpenAnswer::Cannot)), None)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-key-cb-cannot"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketKeyMissingFatal), Version::Tls13).said("ticket-key-cb-cannot"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-key-cb-cannot"), Judgement::Holds);
    }
}
