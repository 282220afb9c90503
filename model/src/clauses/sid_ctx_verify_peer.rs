//! A server that verifies its peers has a session id context before sessions are resumed.

use crate::{Call, Clause, Effect, Force, Judgement, Source, Status, Transition, Verify};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "sid-ctx-verify-peer",
    force: Force::Caller,
    source: Source { page: "SSL_CTX_set_session_id_context", section: "WARNINGS", paragraph: 1 },
    statement: "A server that verifies its peers has a session id context before sessions are resumed.",
    reading: Some(
        "Client certificates are used where the server asks for them, whether or not the client has one. What the page warns of is met where a \
         client proposes a session; a handshake without a proposal does no harm.",
    ),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(_) = t.call() else { return Judgement::Silent };
    Judgement::all(t.effects().iter().map(|effect| {
        let Effect::Decided { connection, proposed: true, .. } = *effect else { return Judgement::Silent };
        let kept = t.was_connection(connection).is_some_and(|c| c.verify == Verify::Peer && c.sid_ctx != 0);
        if kept { Judgement::Holds } else { Judgement::Silent }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, Judgement, Misuse, Outcome, Verify, Version};

    fn told(story: Story, sid_ctx: u8) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetVerify(X1, Verify::Peer)).call(Call::SetSessionIdContext(X1, sid_ctx));
        story.pair().handshake(C0).proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn with_a_session_id_context() {
        assert_eq!(told(Story::page(), 1).said("sid-ctx-verify-peer"), Judgement::Holds);
    }

    #[test]
    fn without_one() {
        assert_eq!(told(Story::page(), 0).outcome, Outcome::Refused(Misuse::NoSessionIdContext(ConnId(3))));
    }

    #[test]
    fn a_first_handshake_without_one() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetVerify(X1, Verify::Peer)).pair().handshake(C0);
        assert_eq!(story.outcome, Outcome::Done);
    }
}
