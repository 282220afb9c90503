//! Decoding into an existing object gives that object, which holds what was decoded and nothing of what it held before.

use crate::{Call, Clause, Coding, Deviation, Effect, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "d2i-reuse",
    force: Force::Must,
    source: Source { page: "d2i_X509", section: "DESCRIPTION", paragraph: 5 },
    statement: "Decoding into an existing object gives that object, which holds what was decoded and nothing of what it held before.",
    reading: Some(
        "Its references, its place in a cache and the context it is used with are not what it holds. The page of d2i_SSL_SESSION refers to this one.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ReuseKeepsTime),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionDecodeInto(into, from, Coding::Der | Coding::Pem) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now), Some(from)) = (t.was_session(into), t.session(into), t.session(from)) else { return Judgement::Silent };
    let given = t.outcome == Outcome::Session(Some(into)) && !t.effects().iter().any(|e| matches!(e, Effect::Born(_)));
    let same = super::i2d_d2i_same::is_same(now, from) && (from.marked || !now.marked);
    Judgement::of(given && same && (was.count, was.owned) == (now.count, now.owned))
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Coding, Deviation, Judgement, SessId};

    fn told(story: Story, coding: Coding) -> (Story, SessId) {
        let (story, session) = story.held();
        let story = story.call(Call::Advance(1)).call(Call::SessionNew);
        let new = story.made();
        (story.call(Call::SessionDecodeInto(new, session, coding)), new)
    }

    #[test]
    fn into_a_new_one() {
        assert_eq!(told(Story::page(), Coding::Der).0.said("d2i-reuse"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ReuseKeepsTime), Coding::Der).0.said("d2i-reuse"), Judgement::Broken);
    }

    #[test]
    fn cut_off() {
        assert_eq!(told(Story::page(), Coding::Cut).0.said("d2i-reuse"), Judgement::Silent);
    }
}
