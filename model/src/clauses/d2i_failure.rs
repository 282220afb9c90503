//! Where decoding fails it gives NULL and leaves nothing behind.

use crate::{Call, Clause, Coding, Deviation, Effect, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "d2i-failure",
    force: Force::Must,
    source: Source { page: "d2i_SSL_SESSION", section: "RETURN VALUES", paragraph: 1 },
    statement: "Where decoding fails it gives NULL and leaves nothing behind.",
    reading: Some("The page names NULL; that no session is left in memory follows from there being no pointer by which it could be freed."),
    status: Status::Checked,
    mutant: Some(Deviation::CutDecodingLeaks),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionDecodeAs(_, Coding::Cut) = t.call() else { return Judgement::Silent };
    let left = t.effects().iter().any(|e| matches!(e, Effect::Born(id) if t.lives(*id)));
    Judgement::of(t.outcome == Outcome::Session(None) && !left)
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Coding, Deviation, Judgement};

    fn told(story: Story, coding: Coding) -> Story {
        let (story, session) = story.held();
        story.call(Call::SessionDecodeAs(session, coding))
    }

    #[test]
    fn cut_off() {
        assert_eq!(told(Story::page(), Coding::Cut).said("d2i-failure"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::CutDecodingLeaks), Coding::Cut).said("d2i-failure"), Judgement::Broken);
    }

    #[test]
    fn whole() {
        assert_eq!(told(Story::page(), Coding::Der).said("d2i-failure"), Judgement::Silent);
    }
}
