//! Adding another object with the id of one in the cache replaces that one, whose reference is given back.

use crate::{Call, Clause, Deviation, Force, Judgement, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "add-same-id",
    force: Force::Must,
    source: Source { page: "SSL_CTX_add_session", section: "NOTES", paragraph: 1 },
    statement: "Adding another object with the id of one in the cache replaces that one, whose reference is given back.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::DisplacedKeepsReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::AddSession(context, id) = t.call() else { return Judgement::Silent };
    let Some(added) = t.was_session(id).filter(|s| s.identity.is_some()) else { return Judgement::Silent };
    let cached = t.was_context(context).map(|x| x.cache.iter().copied());
    let alike = |old: &SessId| *old != id && t.was_session(*old).is_some_and(|s| s.is_named_like(added));
    let Some(old) = cached.into_iter().flatten().find(alike) else { return Judgement::Silent };
    let replaced = t.context(context).is_some_and(|x| x.holds(id) && !x.holds(old));
    let (Some(was), Some(now)) = (t.was_session(old), t.session(old)) else { return Judgement::Silent };
    Judgement::of(replaced && now.link.is_none() && now.count + 1 == was.count)
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
        let original = story.session_of(C1);
        let story = story.call(Call::SessionDup(original));
        let Outcome::Session(Some(copy)) = story.outcome else { return story };
        story.call(Call::AddSession(X1, copy))
    }

    #[test]
    fn a_copy_is_added() {
        assert_eq!(told(Story::page()).said("add-same-id"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::DisplacedKeepsReference)).said("add-same-id"), Judgement::Broken);
        assert_eq!(told(Story::with(Deviation::SameIdentityTwice)).said("add-same-id"), Judgement::Broken);
    }

    #[test]
    fn the_first_of_its_id() {
        assert_eq!(added(Story::page()).said("add-same-id"), Judgement::Silent);
    }
}
