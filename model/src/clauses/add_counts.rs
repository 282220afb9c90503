//! Adding a session that is not in the cache takes one reference to it and returns 1.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "add-counts",
    force: Force::Must,
    source: Source { page: "SSL_CTX_add_session", section: "DESCRIPTION", paragraph: 1 },
    statement: "Adding a session that is not in the cache takes one reference to it and returns 1.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::AddDoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::AddSession(context, id) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    if t.was_context(context).is_none_or(|x| x.holds(id)) {
        return Judgement::Silent;
    }
    Judgement::of(t.outcome == Outcome::Number(1) && now.count == was.count + 1)
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetCacheMode(X1, CacheMode { no_store: true, ..CacheMode::SERVER }));
        let story = story.pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        story.call(Call::AddSession(X1, session))
    }

    #[test]
    fn not_there_yet() {
        assert_eq!(told(Story::page()).said("add-counts"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::AddDoesNotCount)).said("add-counts"), Judgement::Broken);
    }

    #[test]
    fn already_there() {
        let story = told(Story::page());
        let session = story.session_of(C1);
        assert_eq!(story.call(Call::AddSession(X1, session)).said("add-counts"), Judgement::Silent);
    }
}
