//! The getters give the session that the connection uses at that moment.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-current",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "DESCRIPTION", paragraph: 1 },
    statement: "The getters give the session that the connection uses at that moment.",
    reading: Some(
        "During a handshake the current session is latitude: the page speaks of the one actually used, and that is not settled yet.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::GettersForgetAfterShutdown),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Get0(id) | Call::Get1(id), Outcome::Session(given)) = (t.call(), t.outcome) else { return Judgement::Silent };
    let Some(connection) = t.was_connection(id) else { return Judgement::Silent };
    // latitude: what is current while the handshake decides is not written.
    if connection.phase == Phase::Hello || connection.session.is_none() {
        return Judgement::Silent;
    }
    Judgement::of(given == connection.session)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Get0(C0))
    }

    #[test]
    fn asked_after_shutdown() {
        assert_eq!(told(Story::page()).said("get-current"), Judgement::Holds);
    }

    #[test]
    fn forgotten_after_shutdown() {
        assert_eq!(told(Story::with(Deviation::GettersForgetAfterShutdown)).said("get-current"), Judgement::Broken);
    }

    #[test]
    fn asked_in_mid_handshake() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Hello(C0)).call(Call::Get0(C0));
        assert_eq!(story.said("get-current"), Judgement::Silent);
    }
}
