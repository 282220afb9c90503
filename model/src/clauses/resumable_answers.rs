//! SSL_SESSION_is_resumable answers 1 for a session that has an id or a ticket and is not marked, and 0 for every other.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "resumable-answers",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_is_resumable", section: "DESCRIPTION", paragraph: 1 },
    statement: "SSL_SESSION_is_resumable answers 1 for a session that has an id or a ticket and is not marked, and 0 for every other.",
    reading: Some("Time is not asked: an expired session can still be answered with 1."),
    status: Status::Checked,
    mutant: Some(Deviation::ResumableIgnoresMark),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::SessionIsResumable(id), Outcome::Number(answer)) = (t.call(), t.outcome) else { return Judgement::Silent };
    let Some(session) = t.was_session(id).filter(|s| !s.freed) else { return Judgement::Silent };
    Judgement::of(answer == i64::from(session.is_resumable()))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        story.call(Call::ConnectionFree(C0)).call(Call::SessionIsResumable(session))
    }

    #[test]
    fn after_an_unclean_end() {
        assert_eq!(told(Story::page()).said("resumable-answers"), Judgement::Holds);
    }

    #[test]
    fn blind_for_the_mark() {
        assert_eq!(told(Story::with(Deviation::ResumableIgnoresMark)).said("resumable-answers"), Judgement::Broken);
    }
}
