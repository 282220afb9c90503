//! A session that the not-resumable callback forbids to resume cannot be resumed from its server.

use crate::{Clause, Deviation, Effect, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "not-resumable-cb",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_is_resumable", section: "DESCRIPTION", paragraph: 1 },
    statement: "A session that the not-resumable callback forbids to resume is in no cache of its server and not resumable there.",
    reading: Some(
        "By the callback's name. Whether the client is told an id that is of no use is latitude: it can try, and the handshake is full.",
    ),
    status: Status::NotSpecified("no page describes SSL_CTX_set_not_resumable_session_callback"),
    mutant: Some(Deviation::NotResumableIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| {
        let Effect::Hook { hook: Hook::NotResumable, connection, answer } = *effect else { return Judgement::Silent };
        let made = t.connection(connection).and_then(|c| c.session).and_then(|s| t.session(s));
        let Some(made) = made.filter(|_| answer != 0) else { return Judgement::Silent };
        Judgement::of(made.marked && made.link.is_none())
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Deviation, Judgement, NotResumableCallback, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetNotResumableCallback(X1, NotResumableCallback::Forbid));
        story.pair().call(Call::Hello(C0))
    }

    #[test]
    fn marked() {
        let story = told(Story::page());
        assert_eq!(story.said("not-resumable-cb"), Judgement::Holds);
        assert!(story.call(Call::Complete(C0)).state.connections.get(C0).is_some_and(|c| c.inbox.is_empty()));
    }

    #[test]
    fn ignored() {
        assert_eq!(told(Story::with(Deviation::NotResumableIgnored)).said("not-resumable-cb"), Judgement::Broken);
    }
}
