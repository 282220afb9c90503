//! SSL_SESSION_set1_id gives the session the id passed, and returns 1.

use crate::{Call, Clause, Deviation, Force, Judgement, NewId, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set1-id",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_set1_id", section: "DESCRIPTION", paragraph: 2 },
    statement: "SSL_SESSION_set1_id gives the session the id passed, and returns 1.",
    reading: Some("In TLS 1.3 a client proposes by its ticket, and the id says nothing; such sessions are left out."),
    status: Status::Checked,
    mutant: Some(Deviation::SetIdIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (id, new) = match t.call() {
        Call::SessionSetId(id, NewId::Fresh) => (id, None),
        Call::SessionSetIdOf(id, of) => (id, t.session(of).and_then(|s| s.identity)),
        _ => return Judgement::Silent,
    };
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    let given = new.map_or(now.identity.is_some() && now.identity != was.identity, |new| now.identity == Some(new));
    Judgement::of(t.outcome == Outcome::Number(1) && given)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, NewId, Outcome, Undefined, Version};

    fn told(story: Story, id: NewId) -> Story {
        let (story, session) = story.held();
        story.call(Call::SessionSetId(session, id))
    }

    #[test]
    fn fresh() {
        assert_eq!(told(Story::page(), NewId::Fresh).said("set1-id"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SetIdIgnored), NewId::Fresh).said("set1-id"), Judgement::Broken);
    }

    #[test]
    fn too_long() {
        assert_eq!(told(Story::page(), NewId::TooLong).said("set1-id"), Judgement::Silent);
    }

    /// Whether or not the library marks it when its connection goes.
    #[test]
    fn never_completed() {
        for story in [Story::page(), Story::with(Deviation::UncleanNotMarked), Story::with(Deviation::RemovalNeedsIdentity)] {
            let begun = story.contexts(Version::Tls12).pair().call(Call::Hello(C0)).call(Call::Get1(C0));
            let session = begun.session_of(C0);
            let gone = begun.call(Call::ConnectionFree(C0)).call(Call::SessionSetId(session, NewId::Fresh));
            assert_eq!(gone.outcome, Outcome::Undefined(Undefined::UnfitSession));
        }
    }
}
