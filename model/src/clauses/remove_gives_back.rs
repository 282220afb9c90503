//! Removing takes the session out of the cache, marks it and gives one reference back; the answer is 1 if it was there, else 0.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "remove-gives-back",
    force: Force::Must,
    source: Source { page: "SSL_CTX_add_session", section: "DESCRIPTION", paragraph: 2 },
    statement: "Removing takes the session out of the cache, marks it and gives one reference back; the answer is 1 if it was there, else 0.",
    reading: Some("A session that was not in the cache keeps its references; whether it is marked then is not judged."),
    status: Status::Checked,
    mutant: Some(Deviation::RemoveKeepsReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::RemoveSession(context, id) = t.call() else { return Judgement::Silent };
    if t.acted_on(id) {
        return Judgement::Silent;
    }
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    let (Some(before), Some(after)) = (t.was_context(context), t.context(context)) else { return Judgement::Silent };
    if !before.holds(id) {
        return Judgement::of(t.outcome == Outcome::Number(0) && now.count == was.count && after.cache == before.cache);
    }
    let out = !after.holds(id) && now.link.is_none() && now.marked;
    Judgement::of(t.outcome == Outcome::Number(1) && out && now.count + 1 == was.count)
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, Deviation, Judgement, Opt, Outcome, Version,
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
        story.call(Call::RemoveSession(X1, session))
    }

    #[test]
    fn it_was_there() {
        assert_eq!(told(Story::page()).said("remove-gives-back"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::RemoveKeepsReference)).said("remove-gives-back"), Judgement::Broken);
        assert_eq!(told(Story::with(Deviation::RemoveDoesNotMark)).said("remove-gives-back"), Judgement::Broken);
    }

    #[test]
    fn only_its_copy_was_there() {
        let copy_removed = |story: Story| {
            let story = added(story);
            let original = story.session_of(C1);
            let story = story.call(Call::SessionDup(original));
            let Outcome::Session(Some(copy)) = story.outcome else { return story };
            story.call(Call::RemoveSession(X1, copy))
        };
        assert_eq!(copy_removed(Story::page()).said("remove-gives-back"), Judgement::Holds);
        assert_eq!(copy_removed(Story::with(Deviation::RemoveTakesTwin)).said("remove-gives-back"), Judgement::Broken);
    }
}
