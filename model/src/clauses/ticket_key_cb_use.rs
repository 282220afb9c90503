//! Where the key callback answers 1 for a ticket the session in it goes on, and no new ticket follows.

use crate::{Clause, ConnId, Deviation, Force, Hook, Judgement, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-key-cb-use",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_ticket_key_cb", section: "DESCRIPTION", paragraph: 14 },
    statement: "Where the key callback answers 1 for a ticket the session in it goes on, and no new ticket follows.",
    reading: Some(
        "Save where the decrypt callback says otherwise. That no ticket follows is said of both versions by SSL_CTX_set_session_ticket_cb(3), which has this callback change what each does of its own.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::TicketUseRenews),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketKeyDecrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 1 || t.ran(Hook::TicketDecrypt, id, None) || t.failed(id) {
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
    use crate::{Deviation, Judgement, OpenAnswer, SealAnswer, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, Some((SealAnswer::Use, OpenAnswer::Use)), None)
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-key-cb-use"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketUseRenews), Version::Tls13).said("ticket-key-cb-use"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-key-cb-use"), Judgement::Holds);
    }
}
