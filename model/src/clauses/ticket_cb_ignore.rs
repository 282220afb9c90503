//! Where the decrypt callback answers IGNORE the ticket is not used, and no new one follows.

use crate::{Clause, ConnId, Deviation, Effect, Force, Hook, Judgement, Renewal, Source, Status, Transition, Verdict};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-cb-ignore",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_ticket_cb", section: "NOTES", paragraph: 10 },
    statement: "Where the decrypt callback answers IGNORE the ticket is not used, and no new one follows.",
    reading: Some(
        "None follows at all, not even in TLS 1.3, where some follow other full handshakes: the answer that has one sent is IGNORE_RENEW.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::TicketUseRenews),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let answered = Judgement::all(t.answers(Hook::TicketDecrypt).map(|(id, answer)| judged(t, id, answer)));
    answered.max(Judgement::all(t.effects().iter().map(|effect| finished(t, effect))))
}

fn judged(t: &Transition<'_>, id: ConnId, answer: i8) -> Judgement {
    if answer != 1 {
        return Judgement::Silent;
    }
    Judgement::of(t.verdict(id) == Some(Verdict::NotUsed) && !t.is_renewed(id))
}

// The full handshake that follows ends without a ticket.
fn finished(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Completed { connection, resumed: false, .. } = *effect else { return Judgement::Silent };
    let spared = t.was_connection(connection).is_some_and(|c| c.renewal == Renewal::Spared);
    let made =
        t.tickets_sent(connection) > 0 || t.ran(Hook::TicketGenerate, connection, None) || t.ran(Hook::TicketKeyEncrypt, connection, None);
    if spared { Judgement::of(!made) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{Call, ConnId, DecryptAnswer, Deviation, Judgement, Version, story::Story};

    fn told(story: Story, version: Version) -> Story {
        story.presenting(version, None, Some(DecryptAnswer::Ignore))
    }

    #[test]
    fn tls13() {
        assert_eq!(told(Story::page(), Version::Tls13).said("ticket-cb-ignore"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TicketUseRenews), Version::Tls13).said("ticket-cb-ignore"), Judgement::Broken);
    }

    #[test]
    fn tls12() {
        assert_eq!(told(Story::page(), Version::Tls12).said("ticket-cb-ignore"), Judgement::Holds);
    }

    #[test]
    fn no_ticket_after_the_full_handshake() {
        let story = told(Story::page(), Version::Tls13).call(Call::Complete(ConnId(2)));
        assert_eq!(story.said("ticket-cb-ignore"), Judgement::Holds);
    }
}
