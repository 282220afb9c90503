//! A smaller size takes effect when the next session is added, and not before.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "shrink-at-next-add",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_cache_size", section: "NOTES", paragraph: 3 },
    statement: "A smaller size takes effect when the next session is added, and not before.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ShrinksAtOnce),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::SetCacheSize(id, size) = t.call() {
        let (Some(was), Some(now)) = (t.was_context(id), t.context(id)) else { return Judgement::Silent };
        return if exceeds(was.cache.len(), size) { Judgement::of(now.cache == was.cache) } else { Judgement::Silent };
    }
    Judgement::all(t.journal.contexts.iter().map(|(id, before)| match (before, t.context(*id)) {
        (Some(was), Some(now)) if exceeds(was.cache.len(), now.size) && t.added(*id) => Judgement::of(!exceeds(now.cache.len(), now.size)),
        _ => Judgement::Silent,
    }))
}

/// Whether so many sessions are more than a limited cache may hold.
fn exceeds(number: usize, size: u32) -> bool {
    size > 0 && number > size as usize
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, Deviation, Judgement, Opt, Version};

    fn shrunk(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        story.another_pair(ConnId(2), ConnId(3)).handshake(ConnId(2)).call(Call::SetCacheSize(X1, 1))
    }

    #[test]
    fn not_at_once() {
        assert_eq!(shrunk(Story::page()).said("shrink-at-next-add"), Judgement::Holds);
        assert_eq!(shrunk(Story::with(Deviation::ShrinksAtOnce)).said("shrink-at-next-add"), Judgement::Broken);
    }

    #[test]
    fn with_the_next() {
        let added = |story| shrunk(story).another_pair(ConnId(4), ConnId(5)).handshake(ConnId(4)).said("shrink-at-next-add");
        assert_eq!(added(Story::page()), Judgement::Holds);
        assert_eq!(added(Story::with(Deviation::NeverEvicts)), Judgement::Broken);
        // what drops itself is not dropped again and again
        assert_eq!(added(Story::with(Deviation::DropsWhatIsAdded)), Judgement::Holds);
    }
}
