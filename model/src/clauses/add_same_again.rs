//! Adding the object that is already in the cache does nothing and returns 0.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "add-same-again",
    force: Force::Must,
    source: Source { page: "SSL_CTX_add_session", section: "NOTES", paragraph: 1 },
    statement: "Adding the object that is already in the cache does nothing and returns 0.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::AddAgainCounts),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::AddSession(context, id) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    let (Some(before), Some(after)) = (t.was_context(context), t.context(context)) else { return Judgement::Silent };
    if !before.holds(id) {
        return Judgement::Silent;
    }
    Judgement::of(t.outcome == Outcome::Number(0) && now.count == was.count && after.cache == before.cache)
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn added(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetCacheMode(X1, CacheMode { no_store: true, ..CacheMode::SERVER }));
        let story = story.pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        story.call(Call::AddSession(X1, session))
    }

    fn told(story: Story) -> Story {
        let story = added(story);
        let session = story.session_of(C1);
        story.call(Call::AddSession(X1, session))
    }

    #[test]
    fn added_twice() {
        assert_eq!(told(Story::page()).said("add-same-again"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::AddAgainCounts)).said("add-same-again"), Judgement::Broken);
    }

    #[test]
    fn added_once() {
        assert_eq!(added(Story::page()).said("add-same-again"), Judgement::Silent);
    }
}
