//! Where the decrypt callback answers ABORT the handshake is aborted.

use crate::{Clause, ConnId, Deviation, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-abort",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "NOTES", paragraph: 9 },
    statement: "Where the decrypt callback answers ABORT the handshake is aborted.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::TicketAbortIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketDecrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer == 0 { Judgement::of(t.failed(id)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{DecryptAnswer, Deviation, Judgement, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, None, Some(DecryptAnswer::Abort))
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-cb-abort"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketAbortIgnored), Version::Tls13).said("ticket-cb-abort"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-cb-abort"), Judgement::Holds);
    }
}
