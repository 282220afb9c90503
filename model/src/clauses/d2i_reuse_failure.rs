//! Where decoding into an existing object fails, that object is freed and the pointer to it becomes NULL.

use crate::{Call, Clause, Coding, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "d2i-reuse-failure",
    force: Force::Must,
    source: Source { page: "d2i_X509", section: "DESCRIPTION", paragraph: 5 },
    statement: "Where decoding into an existing object fails, that object is freed and the pointer to it becomes NULL.",
    reading: Some(
        "Freed is the reference that the caller passed. The page of d2i_SSL_SESSION names no exception of its own, and refers to this one.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::FailedReuseKeepsObject),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionDecodeInto(into, _, Coding::Cut) = t.call() else { return Judgement::Silent };
    Judgement::of(t.outcome == Outcome::Session(None) && !t.lives(into))
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
    fn cut_off() {
        assert_eq!(told(Story::page(), Coding::Cut).0.said("d2i-reuse-failure"), Judgement::Holds);
        let (story, new) = told(Story::with(Deviation::FailedReuseKeepsObject), Coding::Cut);
        assert_eq!(story.said("d2i-reuse-failure"), Judgement::Broken);
        assert!(story.state.sessions.get(new).is_some_and(|s| s.owned == 1), "the caller still owns it");
    }

    #[test]
    fn whole() {
        assert_eq!(told(Story::page(), Coding::Der).0.said("d2i-reuse-failure"), Judgement::Silent);
    }
}
