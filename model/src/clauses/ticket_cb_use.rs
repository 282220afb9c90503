//! Where the decrypt callback answers USE for a ticket that was opened it is used, and no new one follows.

use crate::{Clause, ConnId, Deviation, Force, Hook, Judgement, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-use",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "NOTES", paragraph: 13 },
    statement: "Where the decrypt callback answers USE for a ticket that was opened it is used, and no new one follows.",
    reading: Some(
        "Save where the session in it is expired or belongs to another session id context: then the handshake is full, as without a callback.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::TicketUseRenews),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketDecrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 3 || t.failed(id) {
        return Judgement::Silent;
    }
    match t.verdict(id) {
        Some(Verdict::Used) => Judgement::of(!t.is_renewed(id)),
        Some(Verdict::Unfit) => Judgement::Silent,
        Some(Verdict::NotUsed) | None => Judgement::Broken,
    }
}

#[cfg(test)]
mod tests {
    use crate::{DecryptAnswer, Deviation, Judgement, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, None, Some(DecryptAnswer::Use))
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-cb-use"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketUseRenews), Version::Tls13).said("ticket-cb-use"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-cb-use"), Judgement::Holds);
    }
}
