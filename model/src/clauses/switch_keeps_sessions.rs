//! Whatever context a connection was moved to, its sessions stay with the context that it was made from.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "switch-keeps-sessions",
    force: Force::Must,
    source: Source { page: "SSL_set_session", section: "NOTES", paragraph: 1 },
    statement: "Whatever context a connection was moved to, its sessions go into the cache of the context that it was made from, and into no other.",
    reading: Some(
        "No page describes SSL_set_SSL_CTX. But a session belongs to one context and the connections created from it, and what a connection \
         was created from does not change; so its cache, its callbacks and its ticket keys stay those of that context.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::SwitchMovesSessions),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| {
        let Effect::Established { connection, session } = *effect else { return Judgement::Silent };
        let Some(moved) = t.connection(connection).filter(|c| c.switched.is_some()) else { return Judgement::Silent };
        let elsewhere = t.after.contexts.iter().any(|(id, x)| id != moved.context && x.holds(session));
        Judgement::of(!elsewhere)
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, CtxId, Deviation, HostName, Judgement, Opt, ServerNameCallback, Side, Version};

    const OTHER: CtxId = CtxId(2);

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::ContextNew(OTHER, Side::Server, Version::Tls12));
        let story = story.call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetServerNameCallback(X1, ServerNameCallback::Switch));
        story.pair().call(Call::SetHostName(C0, HostName::Sent)).handshake(C0)
    }

    fn cached(story: &Story) -> [usize; 2] {
        [X1, OTHER].map(|x| story.state.contexts.get(x).map_or(0, |x| x.cache.len()))
    }

    #[test]
    fn moved_by_the_server_name_callback() {
        let story = told(Story::page());
        assert_eq!(story.said("switch-keeps-sessions"), Judgement::Holds);
        assert_eq!(cached(&story), [1, 0]);
    }

    #[test]
    fn its_session_moves_along() {
        let story = told(Story::with(Deviation::SwitchMovesSessions));
        assert_eq!(story.said("switch-keeps-sessions"), Judgement::Broken);
        assert_eq!(cached(&story), [0, 1]);
    }
}
