//! Where a connection has no session the getters answer NULL.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "null-without-session",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "RETURN VALUES", paragraph: 2 },
    statement: "Where a connection has no session the getters answer NULL.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::EmptyGetterMakesSession),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Get0(id) | Call::Get1(id)) = t.call() else { return Judgement::Silent };
    if t.was_connection(id).is_none_or(|c| c.session.is_some()) {
        return Judgement::Silent;
    }
    Judgement::of(t.outcome == Outcome::Session(None))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().call(Call::Get1(C0))
    }

    #[test]
    fn before_any_handshake() {
        assert_eq!(told(Story::page()).said("null-without-session"), Judgement::Holds);
    }

    #[test]
    fn a_session_out_of_nothing() {
        assert_eq!(told(Story::with(Deviation::EmptyGetterMakesSession)).said("null-without-session"), Judgement::Broken);
    }
}
