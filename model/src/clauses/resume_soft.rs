//! Where a server does not resume what was proposed, the handshake goes on as a full one.

use crate::{
    Call, Clause, ConnId, Connection, Deviation, Effect, Force, Hook, Item, Judgement, Phase, Source, Status, Transition, Version, Wire,
};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "resume-soft",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 2 },
    statement: "Where a server does not resume what was proposed, the handshake goes on as a full one.",
    reading: Some(
        "Save where a page says that it is fatal: a callback that aborts is no failure of the library's; a server that verifies its peers without \
         a session id context is one that the application has to prevent (sid-ctx-verify-peer), and this is what that is there for. Where what \
         the application gave, or added under that id, is another session than the one proposed, no page says what follows: get-cb-other-session.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::MisfitIsFatal),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Complete(client) = t.call() {
        return completed(t, client);
    }
    let Call::Hello(client) = t.call() else { return Judgement::Silent };
    if t.finds_stranger(client) {
        return Judgement::Silent;
    }
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::Decided { connection, proposed: true, resumed: false, .. } = e else { return Judgement::Silent };
        if t.is_aborted(*connection) {
            return Judgement::Silent;
        }
        Judgement::of(t.connection(*connection).is_some_and(|c| c.phase == Phase::Hello && c.session.is_some()))
    }))
}

/// Nothing was wrong on the way, so a handshake in which the client proposed something does not fail.
fn completed(t: &Transition<'_>, client: ConnId) -> Judgement {
    let undisturbed = |c: &Connection| {
        let disturbs = |i: &Item| matches!(i, Item::Garbage | Item::Alert | Item::End);
        c.wire == Wire::Whole && c.phase == Phase::Hello && !c.inbox.iter().any(disturbs)
    };
    let Some(was) = t.was_connection(client).filter(|c| c.proposed && undisturbed(c)) else { return Judgement::Silent };
    if !was.peer.and_then(|id| t.was_connection(id)).is_some_and(undisturbed) || resumes_stranger(t, was) {
        return Judgement::Silent;
    }
    let stopped = |(_, answer): (ConnId, i8)| answer < 1;
    if t.answers(Hook::TicketGenerate).any(stopped) || t.answers(Hook::TicketKeyEncrypt).any(|(_, answer)| answer < 0) {
        return Judgement::Silent;
    }
    if t.is_ended_at_hello() {
        return Judgement::Silent;
    }
    Judgement::of(t.connection(client).is_some_and(|c| c.phase == Phase::Open))
}

/// Whether the server is about to resume another session than its client.
fn resumes_stranger(t: &Transition<'_>, client: &Connection) -> bool {
    let real = |c: &Connection| c.session.and_then(|s| t.was_session(s)).and_then(|s| s.real());
    let server = client.peer.and_then(|id| t.was_connection(id)).filter(|c| c.reused);
    let of_version_12 = client.session.and_then(|s| t.was_session(s)).is_some_and(|s| s.version == Version::Tls12);
    of_version_12 && server.and_then(real).is_some_and(|found| real(client) != Some(found))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, DecryptAnswer, Deviation, Groups, Judgement, Opt, Phase, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::Shutdown(C0)).call(Call::SetSessionIdContext(X1, 7)).another_pair(ConnId(2), ConnId(3));
        story.call(Call::SetSession(ConnId(2), Some(session))).call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn other_session_id_context() {
        assert_eq!(told(Story::page()).said("resume-soft"), Judgement::Holds);
    }

    #[test]
    fn aborted_at_the_second_hello() {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetGroups(X1, Groups::Other));
        let story = story.call(Call::SetTicketCallbacks(X1, None, Some(DecryptAnswer::Abort))).pair().handshake(C0);
        let story = story.call(Call::Read(C0)).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::Shutdown(C0)).another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)));
        let story = story.call(Call::Hello(ConnId(2))).call(Call::Complete(ConnId(2)));
        assert!(story.state.connections.get(ConnId(3)).is_some_and(|c| c.phase == Phase::Failed));
        assert_eq!(story.said("resume-soft"), Judgement::Silent);
    }

    #[test]
    fn a_misfit_is_fatal() {
        assert_eq!(told(Story::with(Deviation::MisfitIsFatal)).said("resume-soft"), Judgement::Broken);
    }
}
