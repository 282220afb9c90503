//! A session that is strictly past its time, at either end, is not resumed: the handshake is full.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "expired-not-resumed",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_timeout", section: "NOTES", paragraph: 1 },
    statement: "A session that is strictly past its time, at either end, is not resumed: the handshake is full.",
    reading: Some("Judged where the server decides: a session that expires later in the handshake was still good."),
    status: Status::Checked,
    mutant: Some(Deviation::ServerIgnoresExpiry),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(client) = t.call() else { return Judgement::Silent };
    let attached = t.was_connection(client).and_then(|c| c.session).and_then(|s| t.was_session(s));
    let stale = attached.is_some_and(|s| s.is_resumable() && s.is_expired(t.journal.now));
    Judgement::all(t.effects().iter().map(|effect| decided(t, effect, stale)))
}

fn decided(t: &Transition<'_>, effect: &Effect, stale: bool) -> Judgement {
    let Effect::Decided { connection, resumed, expired, .. } = *effect else { return Judgement::Silent };
    let Some(server) = t.connection(connection) else { return Judgement::Silent };
    let resumed = resumed || server.reused;
    let session = server.session.and_then(|s| t.session(s));
    let past = resumed && session.is_some_and(|s| s.is_expired(t.journal.now));
    if stale || expired || past { Judgement::of(!resumed) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        let story = story.pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story = story.call(Call::SessionSetTimeout(session, 5)).call(Call::Advance(6));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn expired_at_the_server() {
        assert_eq!(told(Story::page()).said("expired-not-resumed"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ServerIgnoresExpiry)).said("expired-not-resumed"), Judgement::Broken);
    }

    #[test]
    fn expired_at_the_client() {
        let late = |story: Story| {
            let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
            let session = story.session_of(C0);
            let story = story.call(Call::SessionSetTimeout(session, 5)).call(Call::Advance(6));
            story.proposing(C0, ConnId(2), ConnId(3))
        };
        assert_eq!(late(Story::page()).said("expired-not-resumed"), Judgement::Holds);
        assert_eq!(late(Story::with(Deviation::ClientIgnoresExpiry)).said("expired-not-resumed"), Judgement::Broken);
    }
}
