//! A client whose server does not renegotiate fails the connection at once.

use crate::{Call, Clause, Connection, Deviation, Force, Item, Judgement, Phase, Source, Status, Transition, Wire};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "renegotiation-refused-fails",
    force: Force::Must,
    source: Source { page: "SSL_key_update", section: "DESCRIPTION", paragraph: 5 },
    statement: "A client whose server answers that it does not renegotiate fails the connection at once.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NoRenegotiationIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Read(id) = t.call() else { return Judgement::Silent };
    let refused = |c: &&Connection| c.renegotiates() && !c.shutdown.received && c.inbox.first() == Some(&Item::NoRenegotiation);
    if t.was_connection(id).filter(refused).is_none_or(|c| c.wire == Wire::Broken) {
        return Judgement::Silent;
    }
    Judgement::of(t.connection(id).is_some_and(|c| c.phase == Phase::Failed))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Renegotiate(C0)).call(Call::Read(C1)).call(Call::Read(C0))
    }

    #[test]
    fn fails() {
        assert_eq!(told(Story::page()).said("renegotiation-refused-fails"), Judgement::Holds);
        assert_eq!(told(Story::page()).said("error-paths-balance"), Judgement::Holds);
    }

    #[test]
    fn goes_on() {
        assert_eq!(told(Story::with(Deviation::NoRenegotiationIgnored)).said("renegotiation-refused-fails"), Judgement::Broken);
    }
}
