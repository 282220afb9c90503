//! SSL_SESSION_set1_id answers 0 to an id that is too long, and changes nothing.

use crate::{Call, Clause, Deviation, Force, Judgement, NewId, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set1-id-too-long",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_set1_id", section: "RETURN VALUES", paragraph: 1 },
    statement: "SSL_SESSION_set1_id answers 0 to an id that is too long, and changes nothing.",
    reading: Some("That nothing is changed is read from the failure: a call that failed has set no id."),
    status: Status::Checked,
    mutant: Some(Deviation::LongIdTaken),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionSetId(id, NewId::TooLong) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    Judgement::of(t.outcome == Outcome::Number(0) && was.identity == now.identity)
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Deviation, Judgement, NewId};

    fn told(story: Story, id: NewId) -> Story {
        let (story, session) = story.held();
        story.call(Call::SessionSetId(session, id))
    }

    #[test]
    fn too_long() {
        assert_eq!(told(Story::page(), NewId::TooLong).said("set1-id-too-long"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::LongIdTaken), NewId::TooLong).said("set1-id-too-long"), Judgement::Broken);
    }

    #[test]
    fn fresh() {
        assert_eq!(told(Story::page(), NewId::Fresh).said("set1-id-too-long"), Judgement::Silent);
    }
}
