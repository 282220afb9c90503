//! Where the decrypt callback answers IGNORE_RENEW the ticket is not used, and a new one follows.

use crate::{Clause, ConnId, Deviation, Effect, Force, Hook, Judgement, Renewal, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-ignore-renew",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "NOTES", paragraph: 11 },
    statement: "Where the decrypt callback answers IGNORE_RENEW the ticket is not used, and a new one follows.",
    reading: Some("It follows as after any full handshake: in TLS 1.3 as many as are set."),
    status: Status::Checked,
    mutant: Some(Deviation::TicketIgnoreUses),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.answers(Hook::TicketDecrypt).map(|(id, answer)| judged(t, id, answer)))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 2 {
        return Judgement::Silent;
    }
    let follows = t.connection(id).is_some_and(|c| c.renewal != Renewal::Spared);
    let by_id = t.effects().iter().any(|e| matches!(e, Effect::Decided { connection, resumed: true, .. } if *connection == id));
    Judgement::of(t.verdict(id) == Some(Verdict::NotUsed) && (follows || by_id || t.failed(id)))
}

#[cfg(test)]
mod tests {
    use crate::{DecryptAnswer, Deviation, Judgement, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, None, Some(DecryptAnswer::IgnoreRenew))
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-cb-ignore-renew"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketIgnoreUses), Version::Tls13).said("ticket-cb-ignore-renew"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-cb-ignore-renew"), Judgement::Holds);
    }
}
