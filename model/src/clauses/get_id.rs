//! SSL_SESSION_get_id gives the id of the session, which may have none.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-id",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_set1_id", section: "DESCRIPTION", paragraph: 1 },
    statement: "SSL_SESSION_get_id gives the id of the session, which may have none.",
    reading: Some("Seen by comparing the ids of two sessions: copies have one, the two ends of a TLS 1.2 session have one, others differ."),
    status: Status::Checked,
    mutant: Some(Deviation::GetIdEmpty),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionSameId(one, other) = t.call() else { return Judgement::Silent };
    let (Some(one), Some(other)) = (t.session(one), t.session(other)) else { return Judgement::Silent };
    let same = one.identity.is_some() && one.identity == other.identity;
    Judgement::of(t.outcome == Outcome::Number(same.into()))
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Deviation, Judgement};

    fn told(story: Story) -> Story {
        let (story, session) = story.held();
        let story = story.call(Call::SessionDup(session));
        let copy = story.made();
        story.call(Call::SessionSameId(session, copy))
    }

    #[test]
    fn copy_has_the_same() {
        assert_eq!(told(Story::page()).said("get-id"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::GetIdEmpty)).said("get-id"), Judgement::Broken);
    }

    #[test]
    fn nobody_asked() {
        let (story, session) = Story::page().held();
        assert_eq!(story.call(Call::SessionUse(session)).said("get-id"), Judgement::Silent);
    }
}
