//! A session of another session id context is not resumed: the handshake is full.

use crate::{Call, Clause, ConnId, Deviation, Effect, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "sid-ctx-separates",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_id_context", section: "WARNINGS", paragraph: 2 },
    statement: "A session of another session id context is not resumed: the handshake is full.",
    reading: Some(
        "The session id context of a server's connection is the one that it had when it was decided: a server-name callback that moves \
         the connection to another context comes later, and has no say (sni-after-resumption).",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::SidCtxIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::SetConnectionSessionIdContext(id, _) = t.call() {
        return changed(t, id);
    }
    Judgement::all(t.effects().iter().map(|effect| decided(t, effect)))
}

/// In mid-handshake it is too late for another one: the session that is being resumed would belong to the former.
fn changed(t: &Transition<'_>, id: ConnId) -> Judgement {
    let Some(server) = t.connection(id).filter(|c| c.phase == Phase::Hello && c.reused) else { return Judgement::Silent };
    let other = server.session.and_then(|s| t.session(s)).is_some_and(|s| s.sid_ctx != server.sid_ctx);
    if other { Judgement::Broken } else { Judgement::Silent }
}

fn decided(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Decided { connection, resumed, foreign, .. } = *effect else { return Judgement::Silent };
    let Some(server) = t.connection(connection) else { return Judgement::Silent };
    let resumed = resumed || server.reused;
    let session = server.session.and_then(|s| t.session(s));
    let before = t.was_connection(connection).map(|c| c.sid_ctx);
    let other = resumed && session.is_some_and(|s| Some(s.sid_ctx) != before);
    if foreign || other { Judgement::of(!resumed) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, sid_ctx: u8) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::SetSessionIdContext(X1, sid_ctx));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn another_one() {
        assert_eq!(told(Story::page(), 7).said("sid-ctx-separates"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SidCtxIgnored), 7).said("sid-ctx-separates"), Judgement::Broken);
    }

    #[test]
    fn the_same() {
        assert_eq!(told(Story::page(), 0).said("sid-ctx-separates"), Judgement::Silent);
    }
}
