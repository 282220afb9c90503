//! A new context caches server sessions, and setting the mode answers with the mode before.

use crate::{CacheMode, Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cache-default-server",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 15 },
    statement: "A new context caches server sessions, and setting the mode answers with the mode before.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::PresetModeOff),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::ContextNew(id, ..) = t.call() {
        return Judgement::of(t.context(id).is_some_and(|x| x.mode == CacheMode::SERVER));
    }
    let Call::SetCacheMode(id, mode) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_context(id), t.context(id)) else { return Judgement::Silent };
    Judgement::of(t.outcome == Outcome::Mode(was.mode) && now.mode == mode)
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, Deviation, Judgement, Outcome, Side, Version,
        story::{Story, X1},
    };

    fn told(story: Story) -> Story {
        story.call(Call::ContextNew(X1, Side::Server, Version::Tls12))
    }

    #[test]
    fn new_context() {
        assert_eq!(told(Story::page()).said("cache-default-server"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::PresetModeOff)).said("cache-default-server"), Judgement::Broken);
    }

    #[test]
    fn the_mode_before_is_the_answer() {
        let story = told(Story::page()).call(Call::SetCacheMode(X1, CacheMode::BOTH)).call(Call::SetCacheMode(X1, CacheMode::OFF));
        assert_eq!(story.outcome, Outcome::Mode(CacheMode::BOTH));
        assert_eq!(story.said("cache-default-server"), Judgement::Holds);
    }
}
