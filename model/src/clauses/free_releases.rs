//! SSL_SESSION_free gives one reference back, and the session goes with the last; NULL is accepted.

use crate::{Call, Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "free-releases",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "DESCRIPTION", paragraph: 4 },
    statement: "SSL_SESSION_free gives one reference back, and the session goes with the last; NULL is accepted.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::FreeKeepsReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if t.call() == Call::SessionFreeNull {
        return Judgement::of(t.effects().is_empty());
    }
    let Call::SessionFree(id) = t.call() else { return Judgement::Silent };
    let (Some(before), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    if before.freed || before.count == 0 {
        return Judgement::Silent;
    }
    Judgement::of(now.count == before.count - 1 && now.freed == (before.count == 1))
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Deviation, Judgement, SessId};

    fn told(story: Story) -> Story {
        story.call(Call::SessionNew).call(Call::SessionFree(SessId(0)))
    }

    #[test]
    fn last_reference() {
        assert_eq!(told(Story::page()).said("free-releases"), Judgement::Holds);
    }

    #[test]
    fn never_lowered() {
        assert_eq!(told(Story::with(Deviation::FreeKeepsReference)).said("free-releases"), Judgement::Broken);
    }

    #[test]
    fn one_of_two() {
        let story = Story::page().call(Call::SessionNew).call(Call::SessionUpRef(SessId(0))).call(Call::SessionFree(SessId(0)));
        assert_eq!(story.said("free-releases"), Judgement::Holds);
    }

    #[test]
    fn null() {
        assert_eq!(Story::page().call(Call::SessionFreeNull).said("free-releases"), Judgement::Holds);
    }
}
