//! The session whose addition makes the cache exceed its size is not the one that is dropped.

use crate::{Clause, Deviation, Effect, Force, Judgement, Removal, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "drop-only-unused",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_cache_size", section: "NOTES", paragraph: 2 },
    statement: "The session whose addition makes the cache exceed its size is not the one that is dropped.",
    reading: Some(
        "Unused is what no call is adding: that connections may go on with what was dropped is said where references are counted, and if it kept sessions in the cache no size would bound it.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::DropsWhatIsAdded),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::Unlinked { context, session, why: Removal::Size, .. } = *e else { return Judgement::Silent };
        let linked = |e: &Effect| matches!(*e, Effect::Linked { context: x, session: s, .. } if (x, s) == (context, session));
        // several may come in one step: the last of them cannot have been in the way of another
        let last = t.effects().iter().rev().find(|e| matches!(e, Effect::Linked { context: x, .. } if *x == context));
        Judgement::of(!last.is_some_and(linked))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetCacheSize(X1, 1));
        story.pair().handshake(C0).another_pair(ConnId(2), ConnId(3)).handshake(ConnId(2))
    }

    #[test]
    fn the_older_one_goes() {
        assert_eq!(told(Story::page()).said("drop-only-unused"), Judgement::Holds);
    }

    #[test]
    fn the_new_one_goes() {
        assert_eq!(told(Story::with(Deviation::DropsWhatIsAdded)).said("drop-only-unused"), Judgement::Broken);
    }
}
