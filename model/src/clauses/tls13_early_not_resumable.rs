//! The object that a TLS 1.3 client has before its first ticket cannot be resumed.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "tls13-early-not-resumable",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 1 },
    statement: "The object that a TLS 1.3 client has before its first ticket cannot be resumed.",
    reading: Some("After a resumption the client still has the session that it resumed; that one came with an earlier ticket."),
    status: Status::Checked,
    mutant: Some(Deviation::EarlyObjectResumable),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Complete(client) = t.call() else { return Judgement::Silent };
    let full = t.effects().iter().any(|e| matches!(e, Effect::Completed { connection, resumed: false, .. } if *connection == client));
    if !full || t.context_of(client).is_none_or(|x| x.version != Version::Tls13 || x.side != Side::Client) {
        return Judgement::Silent;
    }
    let Some(session) = t.connection(client).and_then(|c| c.session).and_then(|id| t.session(id)) else { return Judgement::Silent };
    Judgement::of(!session.is_resumable())
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0)
    }

    #[test]
    fn after_a_full_handshake() {
        assert_eq!(told(Story::page()).said("tls13-early-not-resumable"), Judgement::Holds);
    }

    #[test]
    fn resumable_too_early() {
        assert_eq!(told(Story::with(Deviation::EarlyObjectResumable)).said("tls13-early-not-resumable"), Judgement::Broken);
    }
}
