//! Trying to resume a session that is not resumable leads to a full handshake, and not to a failure.

use crate::{Call, Clause, ConnId, Deviation, Effect, Force, Judgement, Phase, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "not-resumable-full-handshake",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_is_resumable", section: "DESCRIPTION", paragraph: 1 },
    statement: "Trying to resume a session that is not resumable leads to a full handshake, and not to a failure.",
    reading: Some(
        "On either end: also where a server finds one, in its cache because the application added it, or because its get callback gives it.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ClientOffersMarked),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(client) = t.call() else { return Judgement::Silent };
    let server = t.effects().iter().find_map(|e| {
        let Effect::Decided { connection, .. } = e else { return None };
        t.connection(*connection).filter(|_| !t.is_aborted(*connection))
    });
    let Some(server) = server.filter(|_| tries_unfit(t, client)) else { return Judgement::Silent };
    Judgement::of(!server.reused && server.phase == Phase::Hello)
}

/// Whether the client had a session that is not resumable, or the server found one, inside or outside.
fn tries_unfit(t: &Transition<'_>, client: ConnId) -> bool {
    let unfit = |id: SessId| t.was_session(id).is_some_and(|s| !s.is_resumable());
    let attached = t.was_connection(client).and_then(|c| c.session);
    let found = |e: &Effect| match e {
        Effect::GetCallback { answer, .. } => *answer,
        Effect::Lookup { found, .. } => *found,
        _ => None,
    };
    attached.is_some_and(unfit) || t.effects().iter().filter_map(found).any(unfit)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::ConnectionFree(C0)).another_pair(ConnId(2), ConnId(3));
        story.call(Call::SetSession(ConnId(2), Some(session))).call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn tried_after_an_unclean_end() {
        assert_eq!(told(Story::page()).said("not-resumable-full-handshake"), Judgement::Holds);
    }

    /// The server's application adds by hand what it has taken out before.
    fn cached(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story = story.call(Call::RemoveSession(X1, session)).call(Call::AddSession(X1, session));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn found_in_the_cache() {
        assert_eq!(cached(Story::page()).said("not-resumable-full-handshake"), Judgement::Holds);
        assert_eq!(cached(Story::with(Deviation::CachedMarkIgnored)).said("not-resumable-full-handshake"), Judgement::Broken);
    }

    #[test]
    fn offered_although_marked() {
        assert_eq!(told(Story::with(Deviation::ClientOffersMarked)).said("not-resumable-full-handshake"), Judgement::Broken);
    }
}
