//! A duplicate is an object of its own and in no cache, whatever the original is linked to.

use crate::{Call, Clause, Deviation, Force, Judgement, Origin, Outcome, SessId, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "dup-separate",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "DESCRIPTION", paragraph: 2 },
    statement: "A duplicate is an object of its own and in no cache, whatever the original is linked to.",
    reading: Some(
        "It stays apart from that cache: a flush, an addition, a removal or a new time leaves a copy that is in no cache as it was.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::DupIsLinked),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::SessionDup(original) = t.call() {
        return duplicated(t, original);
    }
    let named = if let Call::AddSession(_, id) | Call::RemoveSession(_, id) = t.call() {
        Some(id)
    } else if let Call::FlushSessions(..) | Call::SessionSetTime(..) = t.call() {
        None
    } else {
        return Judgement::Silent;
    };
    Judgement::all(t.journal.sessions.iter().filter(|(id, _)| Some(*id) != named).map(|(id, _)| spared(t, *id)))
}

fn duplicated(t: &Transition<'_>, original: SessId) -> Judgement {
    let Outcome::Session(Some(copy)) = t.outcome else { return Judgement::Silent };
    let Some(now) = t.session(copy) else { return Judgement::Silent };
    let linked = now.link.is_some() || t.after.contexts.iter().any(|(_, x)| x.holds(copy));
    let same = |before: &Session, after: &Session| (before.count, before.link) == (after.count, after.link);
    let untouched = t.was_session(original).zip(t.session(original)).is_none_or(|(before, after)| same(before, after));
    Judgement::of(copy != original && t.was_session(copy).is_none() && !linked && untouched)
}

/// What is done to a cache does nothing to a copy that is not in it.
fn spared(t: &Transition<'_>, id: SessId) -> Judgement {
    let (Some(before), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    if before.origin != Origin::Copy || before.link.is_some() || before.freed {
        return Judgement::Silent;
    }
    Judgement::of((now.count, now.marked, now.freed, now.link) == (before.count, before.marked, false, None))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0).call(Call::Get1(C1));
        let original = story.session_of(C1);
        story.call(Call::SessionDup(original))
    }

    #[test]
    fn original_is_cached() {
        assert_eq!(told(Story::page()).said("dup-separate"), Judgement::Holds);
    }

    #[test]
    fn linked_beside_the_original() {
        assert_eq!(told(Story::with(Deviation::DupIsLinked)).said("dup-separate"), Judgement::Broken);
    }

    #[test]
    fn a_flush_takes_the_duplicate() {
        let story = told(Story::with(Deviation::DupKeepsOwner));
        let copy = story.made();
        let story = story.call(Call::SessionSetTime(copy, 1)).call(Call::FlushSessions(X1, 9000));
        assert_eq!(story.said("dup-separate"), Judgement::Broken);
    }
}
