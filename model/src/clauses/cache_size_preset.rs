//! A new context's cache may hold 20480 sessions, and setting the size answers with the size before.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cache-size-preset",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_cache_size", section: "NOTES", paragraph: 1 },
    statement: "A new context's cache may hold 20480 sessions, and setting the size answers with the size before.",
    reading: Some("The page writes 1024*20 and, rounding, 20000: the exact product is meant."),
    status: Status::Checked,
    mutant: Some(Deviation::PresetSizeUnlimited),
    judge,
};

const PRESET: u32 = 20_480;

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::ContextNew(id, ..) = t.call() {
        return Judgement::of(t.context(id).is_some_and(|x| x.size == PRESET));
    }
    let Call::SetCacheSize(id, size) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_context(id), t.context(id)) else { return Judgement::Silent };
    Judgement::of(t.outcome == Outcome::Number(was.size.into()) && now.size == size)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Outcome, Side, Version,
        story::{Story, X1},
    };

    fn told(story: Story) -> Story {
        story.call(Call::ContextNew(X1, Side::Server, Version::Tls12))
    }

    #[test]
    fn new_context() {
        assert_eq!(told(Story::page()).said("cache-size-preset"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::PresetSizeUnlimited)).said("cache-size-preset"), Judgement::Broken);
    }

    #[test]
    fn the_size_before_is_the_answer() {
        let story = told(Story::page()).call(Call::SetCacheSize(X1, 2));
        assert_eq!((story.outcome, story.said("cache-size-preset")), (Outcome::Number(20_480), Judgement::Holds));
    }
}
