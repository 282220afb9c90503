//! The server-name callback runs after it was decided whether the connection resumes.

use crate::{Call, Clause, Deviation, Effect, Force, Hook, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "sni-after-resumption",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_tlsext_servername_callback", section: "DESCRIPTION", paragraph: 2 },
    statement: "The server-name callback runs after it was decided whether the connection resumes: what it sets has no say in that.",
    reading: Some(
        "So a client that comes back under another name resumes, although the context that the callback moves its connection to has another session \
         id context: whose host a session was made for is for the callback to find out. The decision is made with the session id context, the \
         cache and the keys that the connection had before.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ServerNameFirst),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(_) = t.call() else { return Judgement::Silent };
    let decided = t.effects().iter().position(|e| matches!(e, Effect::Decided { proposed: true, .. }));
    let asked = t.effects().iter().position(|e| matches!(e, Effect::Hook { hook: Hook::ServerName, .. }));
    let (Some(decided), Some(asked)) = (decided, asked) else { return Judgement::Silent };
    Judgement::of(decided < asked)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, CtxId, Deviation, HostName, Judgement, ServerNameCallback, Side, Version};

    /// A client that comes back under a name that another context serves, which has another session id context.
    fn told(story: Story) -> Story {
        let other = CtxId(2);
        let story = story.contexts(Version::Tls12).call(Call::ContextNew(other, Side::Server, Version::Tls12));
        let story = story.call(Call::SetSessionIdContext(other, 1)).call(Call::SetServerNameCallback(X1, ServerNameCallback::Switch));
        let story = story.pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.another_pair(ConnId(2), ConnId(3)).call(Call::SetHostName(ConnId(2), HostName::Sent));
        story.call(Call::SetSession(ConnId(2), Some(session))).call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn resumed_and_then_moved() {
        let story = told(Story::page());
        assert_eq!(story.said("sni-after-resumption"), Judgement::Holds);
        assert!(story.state.connections.get(ConnId(3)).is_some_and(|c| c.reused && c.switched == Some(CtxId(2))));
    }

    #[test]
    fn moved_first() {
        let story = told(Story::with(Deviation::ServerNameFirst));
        assert_eq!(story.said("sni-after-resumption"), Judgement::Broken);
        assert!(story.state.connections.get(ConnId(3)).is_some_and(|c| !c.reused));
    }
}
