//! After an addition a limited cache holds no more sessions than its size.

use crate::{Clause, CtxId, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "bounded",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_cache_size", section: "NOTES", paragraph: 2 },
    statement: "After an addition a limited cache holds no more sessions than its size.",
    reading: Some(
        "The page calls the size a hint, but names no case in which more stay: every session that no call is adding counts as unused.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::NeverEvicts),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.contexts.iter().map(|(id, _)| added(t, *id)))
}

fn added(t: &Transition<'_>, id: CtxId) -> Judgement {
    let Some(now) = t.context(id) else { return Judgement::Silent };
    let near = now.size > 0 && now.cache.len() >= now.size as usize;
    if near && t.added(id) { Judgement::of(now.cache.len() <= now.size as usize) } else { Judgement::Silent }
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
        assert_eq!(told(Story::page(), 1, 2).said("bounded"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::NeverEvicts), 1, 2).said("bounded"), Judgement::Broken);
    }

    #[test]
    fn room_enough() {
        assert_eq!(told(Story::page(), 2, 1).said("bounded"), Judgement::Silent);
    }
}
