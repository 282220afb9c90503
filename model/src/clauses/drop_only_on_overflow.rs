//! Sessions are dropped for size only where an addition makes the cache exceed its size, and not more than that takes; size 0 is no limit.

use crate::{Clause, Context, CtxId, Deviation, Effect, Force, Judgement, Removal, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "drop-only-on-overflow",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_cache_size", section: "NOTES", paragraph: 2 },
    statement: "Sessions are dropped for size only where an addition makes the cache exceed its size, and not more than that takes; size 0 is no limit.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::EvictsAtSize),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.contexts.iter().filter_map(|(id, was)| Some(added(t, *id, was.as_ref()?))))
}

fn added(t: &Transition<'_>, id: CtxId, was: &Context) -> Judgement {
    let Some(now) = t.context(id) else { return Judgement::Silent };
    if !t.added(id) || was.cache.is_empty() {
        return Judgement::Silent;
    }
    let of_this = |e: &Effect| matches!(e, Effect::Unlinked { context, why: Removal::Size, .. } if *context == id);
    if !was.cache.iter().any(|s| t.dropped(id, *s)) && !t.effects().iter().any(of_this) {
        return Judgement::Holds;
    }
    // Right after the last drop the cache was full; what else left it may have come later.
    let else_left = |e: &&Effect| matches!(e, Effect::Unlinked { context, why, .. } if *context == id && *why != Removal::Size);
    let full = now.cache.len() + t.effects().iter().filter(else_left).count();
    Judgement::of(now.size > 0 && full >= now.size as usize)
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
    fn just_full() {
        assert_eq!(told(Story::page(), 2, 2).said("drop-only-on-overflow"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::EvictsAtSize), 2, 2).said("drop-only-on-overflow"), Judgement::Broken);
    }

    #[test]
    fn one_too_many() {
        assert_eq!(told(Story::page(), 1, 2).said("drop-only-on-overflow"), Judgement::Holds);
    }

    #[test]
    fn no_limit() {
        assert_eq!(told(Story::page(), 0, 3).said("drop-only-on-overflow"), Judgement::Holds);
    }
}
