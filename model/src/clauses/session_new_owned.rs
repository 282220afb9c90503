//! A session made by SSL_SESSION_new belongs to the caller and has one reference.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "session-new-owned",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "DESCRIPTION", paragraph: 1 },
    statement: "A session made by SSL_SESSION_new belongs to the caller and has one reference.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NewSessionCountsTwice),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::SessionNew, Outcome::Session(Some(id))) = (t.call(), t.outcome) else { return Judgement::Silent };
    let Some(now) = t.session(id) else { return Judgement::Silent };
    Judgement::of(now.count == 1 && now.owned == 1 && now.link.is_none())
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Deviation, Judgement};

    fn told(story: Story) -> Story {
        story.call(Call::SessionNew)
    }

    #[test]
    fn made() {
        assert_eq!(told(Story::page()).said("session-new-owned"), Judgement::Holds);
    }

    #[test]
    fn made_with_two_references() {
        assert_eq!(told(Story::with(Deviation::NewSessionCountsTwice)).said("session-new-owned"), Judgement::Broken);
    }
}
