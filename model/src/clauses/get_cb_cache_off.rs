//! The get callback is asked even where caching is switched off.

use crate::{Call, Clause, Deviation, Effect, Force, GetCallback, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-cb-cache-off",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 6 },
    statement: "The get callback is asked even where caching is switched off.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::GetCallbackOnlyWhileCaching),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(_) = t.call() else { return Judgement::Silent };
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::Lookup { connection, inside: false, .. } = *e else { return Judgement::Silent };
        if t.context_of(connection).is_none_or(|x| x.get_callback == GetCallback::Unset || x.mode.server) {
            return Judgement::Silent;
        }
        let asked = |e: &Effect| matches!(e, Effect::GetCallback { connection: c, .. } if *c == connection);
        Judgement::of(t.effects().iter().any(asked))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, GetCallback, Judgement, NewCallback, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetNewCallback(X1, NewCallback::Keep)).call(Call::SetGetCallback(X1, GetCallback::Copy));
        let story = story.pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::Shutdown(C0)).call(Call::Shutdown(C1)).call(Call::SetCacheMode(X1, CacheMode::OFF));
        let story = story.another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)));
        story.call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn asked_although_off() {
        assert_eq!(told(Story::page()).said("get-cb-cache-off"), Judgement::Holds);
    }

    #[test]
    fn not_asked_while_off() {
        assert_eq!(told(Story::with(Deviation::GetCallbackOnlyWhileCaching)).said("get-cb-cache-off"), Judgement::Broken);
    }
}
