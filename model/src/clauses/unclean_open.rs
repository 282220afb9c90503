//! A connection that never completed a handshake harms no session when it is freed, cleared or given another session.

use crate::{Call, Clause, Deviation, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "unclean-open",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 4 },
    statement: "A connection that never completed a handshake harms no session when it is freed, cleared or given another session.",
    reading: Some(
        "A session is open once a handshake completed and until SSL_shutdown or SSL_set_shutdown(SENT), as SSL_set_session(3) and SSL_free(3) use the word; before, there is nothing to end uncleanly.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::UncleanInHandshake),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::ConnectionFree(id) | Call::Clear(id) | Call::SetSession(id, _)) = t.call() else { return Judgement::Silent };
    let Some(connection) = t.was_connection(id).filter(|c| matches!(c.phase, Phase::Idle | Phase::Hello) && !c.again) else {
        return Judgement::Silent;
    };
    let Some(session) = connection.session else { return Judgement::Silent };
    let Some(before) = t.was_session(session).filter(|s| s.is_resumable()) else { return Judgement::Silent };
    let Some(now) = t.session(session).filter(|s| !s.freed) else { return Judgement::Silent };
    // The connection may have been the last to keep the context whose cache this session was in.
    if before.link.is_some_and(|x| t.context(x).is_none()) {
        return Judgement::Silent;
    }
    Judgement::of(now.is_resumable() && now.link == before.link)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::Shutdown(C0)).call(Call::ConnectionFree(C0)).call(Call::ConnectionFree(C1)).pair();
        story.call(Call::SetSession(C0, Some(session))).call(Call::Hello(C0)).call(Call::ConnectionFree(C0))
    }

    #[test]
    fn freed_in_mid_handshake() {
        assert_eq!(told(Story::page()).said("unclean-open"), Judgement::Holds);
    }

    #[test]
    fn costs_its_session() {
        assert_eq!(told(Story::with(Deviation::UncleanInHandshake)).said("unclean-open"), Judgement::Broken);
    }
}
