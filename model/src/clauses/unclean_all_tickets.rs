//! An unclean end takes every session out of use that the connection established, not only its current one.

use crate::{Clause, Deviation, Effect, Force, Judgement, SessId, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "unclean-all-tickets",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 4 },
    statement: "An unclean end takes every session out of use that the connection established, not only its current one.",
    reading: Some(
        "The page has just said that a TLS 1.3 connection can establish several sessions, and ties the consequence to how the connection ends, \
         not to which session is shown at that moment. A ticket that a peer holds is out of reach. Reported apart: no library is known to keep it.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::UncleanSparesEarlier),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let failed = t.effects().iter().filter_map(|e| {
        let Effect::Fatal(id) = e else { return None };
        t.was_connection(*id).filter(|c| !c.shutdown.sent)
    });
    let ended = t.ended().filter(|c| c.is_open());
    let connections = failed.chain(ended);
    Judgement::all(connections.flat_map(|c| c.earlier.iter().map(|session| costs(t, *session))))
}

fn costs(t: &Transition<'_>, session: SessId) -> Judgement {
    let (Some(before), Some(now)) = (t.was_session(session), t.session(session)) else { return Judgement::Silent };
    let of_use = |s: &Session| s.is_resumable() || s.link.is_some();
    // the context may have gone with the connection, and its cache with it
    let cache_gone = before.link.is_some_and(|x| t.context(x).is_none());
    if !of_use(before) || cache_gone || (now.freed && before.link.is_none()) {
        return Judgement::Silent;
    }
    Judgement::of(t.is_retired(session))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0)
    }

    #[test]
    fn freed_after_two_tickets() {
        let end = |story: Story| told(story).call(Call::ConnectionFree(C1));
        assert_eq!(end(Story::page()).said("unclean-all-tickets"), Judgement::Holds);
        assert_eq!(end(Story::with(Deviation::UncleanSparesEarlier)).said("unclean-all-tickets"), Judgement::Broken);
    }

    #[test]
    fn fatal_after_two_tickets() {
        let end = |story: Story| told(story).call(Call::Corrupt(C1)).call(Call::Read(C1));
        assert_eq!(end(Story::page()).said("unclean-all-tickets"), Judgement::Holds);
        assert_eq!(end(Story::with(Deviation::UncleanSparesEarlier)).said("unclean-all-tickets"), Judgement::Broken);
    }

    #[test]
    fn shut_down_after_two_tickets() {
        let story = told(Story::page()).call(Call::Shutdown(C1)).call(Call::ConnectionFree(C1));
        assert_eq!(story.said("unclean-all-tickets"), Judgement::Silent);
    }
}
