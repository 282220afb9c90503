//! Neither SSL_get_session nor SSL_get0_session adds a reference to the session it gives.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get0-not-counted",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "DESCRIPTION", paragraph: 1 },
    statement: "Neither SSL_get_session nor SSL_get0_session adds a reference to the session it gives.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::Get0Counts),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Get0(_), Outcome::Session(Some(id))) = (t.call(), t.outcome) else { return Judgement::Silent };
    let (Some(before), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    Judgement::of(now.count == before.count)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get0(C0))
    }

    #[test]
    fn borrowed() {
        assert_eq!(told(Story::page()).said("get0-not-counted"), Judgement::Holds);
    }

    #[test]
    fn counted_although_borrowed() {
        assert_eq!(told(Story::with(Deviation::Get0Counts)).said("get0-not-counted"), Judgement::Broken);
    }

    #[test]
    fn nothing_to_borrow() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Get0(C0));
        assert_eq!(story.said("get0-not-counted"), Judgement::Silent);
    }
}
