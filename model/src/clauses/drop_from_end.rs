//! Of the sessions that were in the cache, those at the end are dropped for size first.

use crate::{Clause, Context, CtxId, Deviation, Effect, Force, Judgement, Removal, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "drop-from-end",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_cache_size", section: "NOTES", paragraph: 2 },
    statement: "Of the sessions that were in the cache, those at the end are dropped for size first.",
    reading: Some(
        "The end is where the sessions added longest ago stand: the page says that old ones go, and that this has nothing to do with expiry.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::EvictsFromFront),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.contexts.iter().filter_map(|(id, was)| Some(added(t, *id, was.as_ref()?))))
}

fn added(t: &Transition<'_>, id: CtxId, was: &Context) -> Judgement {
    let Some(now) = t.context(id) else { return Judgement::Silent };
    if !t.added(id) {
        return Judgement::Silent;
    }
    // The latest addition is at the front: whatever stays has to stand before whatever goes.
    let Some(last_to_stay) = was.cache.iter().rposition(|s| now.holds(*s)) else { return Judgement::Silent };
    let first_to_go = was.cache.iter().position(|s| t.dropped(id, *s));
    let from_within = |e: &Effect| matches!(e, Effect::Unlinked { context, why: Removal::Size, from_end: 1.., .. } if *context == id);
    if t.effects().iter().any(from_within) {
        return Judgement::Broken;
    }
    first_to_go.map_or(Judgement::Silent, |first| Judgement::of(first > last_to_stay))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Opt, Version,
        story::{Story, X1},
    };

    fn told(story: Story, size: u32, number: u32) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetCacheSize(X1, size));
        (0..number).fold(story, |story, n| story.another_pair(ConnId(2 * n), ConnId(2 * n + 1)).handshake(ConnId(2 * n)))
    }

    #[test]
    fn one_too_many() {
        assert_eq!(told(Story::page(), 2, 3).said("drop-from-end"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::EvictsFromFront), 2, 3).said("drop-from-end"), Judgement::Broken);
    }

    #[test]
    fn the_end_is_not_what_expires_first() {
        let late = |story: Story| {
            let story = told(story, 2, 2).call(Call::Get1(ConnId(3)));
            let session = story.session_of(ConnId(3));
            story.call(Call::SessionSetTimeout(session, 1)).another_pair(ConnId(4), ConnId(5)).handshake(ConnId(4))
        };
        assert_eq!(late(Story::page()).said("drop-from-end"), Judgement::Holds);
        assert_eq!(late(Story::with(Deviation::EvictsByExpiry)).said("drop-from-end"), Judgement::Broken);
    }
}
