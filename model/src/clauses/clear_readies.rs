//! After SSL_clear a connection, of either end, is ready for another handshake.

use crate::{
    Call, Challenge, Clause, ConnId, Connection, Deviation, Force, Item, Judgement, Phase, ShutdownState, Source, Status, Transition, Wire,
};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "clear-readies",
    force: Force::Must,
    source: Source { page: "SSL_clear", section: "DESCRIPTION", paragraph: 1 },
    statement: "After SSL_clear a connection, of either end, is ready for another handshake.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ClearKeepsPhase),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Complete(client) = t.call() {
        return completes_again(t, client);
    }
    if let Call::Hello(client) = t.call() {
        return used_again(t, client);
    }
    let Call::Clear(id) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    if was.phase == Phase::Idle {
        return Judgement::Silent;
    }
    let ready = now.phase == Phase::Idle && now.inbox.is_empty() && !now.error;
    Judgement::of(ready && !now.reused && now.shutdown == ShutdownState::default())
}

/// A server that kept the session of its last connection takes a client that proposes nothing for a new one.
fn used_again(t: &Transition<'_>, client: ConnId) -> Judgement {
    let server = t.was_connection(client).and_then(|c| c.peer);
    let kept = server.and_then(|id| t.was_connection(id)).is_some_and(|s| s.session.is_some());
    let proposed = t.connection(client).is_none_or(|c| c.proposed);
    match server.and_then(|id| t.connection(id)) {
        Some(server) if kept && !proposed => Judgement::of(!server.reused),
        Some(_) | None => Judgement::Silent,
    }
}

/// A server that asked for a certificate after an earlier handshake completes the next one, if nothing was wrong on the way.
fn completes_again(t: &Transition<'_>, client: ConnId) -> Judgement {
    let undisturbed = |c: &Connection| {
        let disturbs = |i: &Item| matches!(i, Item::Garbage | Item::Alert | Item::End);
        c.wire == Wire::Whole && c.phase == Phase::Hello && !c.inbox.iter().any(disturbs)
    };
    let Some(was) = t.was_connection(client).filter(|c| undisturbed(c)) else { return Judgement::Silent };
    let Some(id) = was.peer else { return Judgement::Silent };
    match t.was_connection(id).filter(|c| undisturbed(c) && c.challenge != Challenge::None) {
        Some(_) => Judgement::of(t.connection(id).is_some_and(|c| c.phase == Phase::Open)),
        None => Judgement::Silent,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X0, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Shutdown(C1)).call(Call::Clear(C1))
    }

    #[test]
    fn after_a_connection() {
        assert_eq!(told(Story::page()).said("clear-readies"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ClearKeepsPhase)).said("clear-readies"), Judgement::Broken);
    }

    #[test]
    fn server_serves_again() {
        let again = |story: Story| {
            let story = story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Shutdown(C1)).call(Call::Clear(C1));
            story.call(Call::ConnectionNew(ConnId(2), X0)).call(Call::Join(ConnId(2), C1)).call(Call::Hello(ConnId(2)))
        };
        assert_eq!(again(Story::page()).said("clear-readies"), Judgement::Holds);
        assert_eq!(again(Story::with(Deviation::ClearedServerStuck)).said("clear-readies"), Judgement::Broken);
    }

    #[test]
    fn before_any() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Clear(C0));
        assert_eq!(story.said("clear-readies"), Judgement::Silent);
    }
}
