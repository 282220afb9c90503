//! Session_reused is 1 exactly where the server resumed, and both ends of a handshake agree on it.

use crate::{Clause, Deviation, Effect, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "reused-says",
    force: Force::Must,
    source: Source { page: "SSL_session_reused", section: "NOTES", paragraph: 1 },
    statement: "Session_reused is 1 exactly where the server resumed, and both ends of a handshake agree on it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ReusedWhereProposed),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| completed(t, effect)))
}

fn completed(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Completed { connection, resumed, .. } = *effect else { return Judgement::Silent };
    // a renegotiation may have begun in the same step
    let Some(end) = t.connection(connection).filter(|c| c.phase == Phase::Open) else { return Judgement::Silent };
    let peer = end.peer.and_then(|p| t.connection(p)).filter(|p| p.phase == Phase::Open);
    Judgement::of(end.reused == resumed && peer.is_none_or(|p| p.reused == end.reused))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, sid_ctx: u8) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::SetSessionIdContext(X1, sid_ctx));
        story.proposing(C0, ConnId(2), ConnId(3)).call(Call::Complete(ConnId(2)))
    }

    #[test]
    fn declined() {
        assert_eq!(told(Story::page(), 7).said("reused-says"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ReusedWhereProposed), 7).said("reused-says"), Judgement::Broken);
    }

    #[test]
    fn resumed() {
        let story = told(Story::page(), 0);
        assert!(story.state.connections.get(ConnId(2)).is_some_and(|c| c.reused));
        assert_eq!(story.said("reused-says"), Judgement::Holds);
    }
}
