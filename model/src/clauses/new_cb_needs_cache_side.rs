//! The new-session callback runs only where the cache mode covers that side.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-cb-needs-cache-side",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 2 },
    statement: "The new-session callback runs only where the cache mode covers that side.",
    reading: Some(
        "Caching is enabled, as the page has it, where the mode names the side of this context; that it runs then is new-cb-all.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::NewCallbackInAnyMode),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::NewCallback { connection, .. } = e else { return Judgement::Silent };
        t.context_of(*connection).map_or(Judgement::Silent, |x| Judgement::of(x.mode.covers(x.side)))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Deviation, Judgement, NewCallback, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).call(Call::SetNewCallback(X0, NewCallback::Keep)).pair().handshake(C0)
    }

    #[test]
    fn client_not_covered() {
        assert_eq!(told(Story::page()).said("new-cb-needs-cache-side"), Judgement::Silent);
    }

    #[test]
    fn runs_although_not_covered() {
        assert_eq!(told(Story::with(Deviation::NewCallbackInAnyMode)).said("new-cb-needs-cache-side"), Judgement::Broken);
    }

    #[test]
    fn client_covered() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetCacheMode(X0, CacheMode::CLIENT));
        let story = story.call(Call::SetNewCallback(X0, NewCallback::Keep)).pair().handshake(C0);
        assert_eq!(story.said("new-cb-needs-cache-side"), Judgement::Holds);
    }
}
