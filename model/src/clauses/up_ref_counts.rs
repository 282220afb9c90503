//! SSL_SESSION_up_ref adds one reference and returns 1.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "up-ref-counts",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "DESCRIPTION", paragraph: 3 },
    statement: "SSL_SESSION_up_ref adds one reference and returns 1.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::UpRefDoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionUpRef(id) = t.call() else { return Judgement::Silent };
    let (Some(before), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    Judgement::of(now.count == before.count + 1 && t.outcome == Outcome::Number(1))
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Deviation, Judgement, SessId};

    fn told(story: Story) -> Story {
        story.call(Call::SessionNew).call(Call::SessionUpRef(SessId(0)))
    }

    #[test]
    fn taken() {
        assert_eq!(told(Story::page()).said("up-ref-counts"), Judgement::Holds);
    }

    #[test]
    fn not_counted() {
        assert_eq!(told(Story::with(Deviation::UpRefDoesNotCount)).said("up-ref-counts"), Judgement::Broken);
    }
}
