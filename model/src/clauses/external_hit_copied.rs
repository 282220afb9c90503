//! What the get callback finds is copied into the internal cache, unless the context is told not to store.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "external-hit-copied",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 12 },
    statement: "What the get callback finds is copied into the internal cache, unless the context is told not to store.",
    reading: Some(
        "While caching is off nothing is copied in: cache-off leaves no exception. A session that cannot be resumed any more is not a hit.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::FoundNotCopied),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::GetCallback { connection, answer: Some(session), .. } = *e else { return Judgement::Silent };
        let Some((id, context)) = t.made_from(connection).and_then(|id| Some((id, t.context(id)?))) else { return Judgement::Silent };
        let wanted = (context.mode.client || context.mode.server) && !context.mode.no_store;
        if !wanted || t.was_spoilt(session) || t.acted_on(session) {
            return Judgement::Silent;
        }
        // it may have left again in the same call
        Judgement::of(context.holds(session) || t.removal(id, session).is_some())
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, GetCallback, Judgement, NewCallback, Opt, Version};

    fn told(story: Story, mode: CacheMode) -> Story {
        let story =
            story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetNewCallback(X1, NewCallback::Keep));
        let story =
            story.call(Call::SetGetCallback(X1, GetCallback::Copy)).call(Call::SetCacheMode(X1, CacheMode { no_store: true, ..mode }));
        let story = story.pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Shutdown(C1)).call(Call::SetCacheMode(X1, mode));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn copied_in() {
        assert_eq!(told(Story::page(), CacheMode::SERVER).said("external-hit-copied"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::FoundNotCopied), CacheMode::SERVER).said("external-hit-copied"), Judgement::Broken);
    }

    #[test]
    fn told_not_to_store() {
        let mode = CacheMode { no_store: true, ..CacheMode::SERVER };
        assert_eq!(told(Story::page(), mode).said("external-hit-copied"), Judgement::Silent);
    }
}
