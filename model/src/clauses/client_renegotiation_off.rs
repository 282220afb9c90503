//! A server does not renegotiate with a client that begins it, unless the option says so.

use crate::{Call, Clause, Connection, Deviation, Force, Item, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "client-renegotiation-off",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 12 },
    statement: "A server does not renegotiate with a client that begins it, unless SSL_OP_ALLOW_CLIENT_RENEGOTIATION is set.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ClientRenegotiationAllowed),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Read(id) = t.call() else { return Judgement::Silent };
    let begun = |c: &&Connection| matches!(c.inbox.first(), Some(Item::Hello(_))) && c.is_open() && !c.again && !c.renegotiation.by_client;
    let (Some(was), Some(now)) = (t.was_connection(id).filter(begun), t.connection(id)) else { return Judgement::Silent };
    Judgement::of(now.phase != Phase::Hello && now.session == was.session)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Renegotiate(C0)).call(Call::Read(C1))
    }

    #[test]
    fn refused() {
        assert_eq!(told(Story::page()).said("client-renegotiation-off"), Judgement::Holds);
    }

    #[test]
    fn begun() {
        assert_eq!(told(Story::with(Deviation::ClientRenegotiationAllowed)).said("client-renegotiation-off"), Judgement::Broken);
    }
}
