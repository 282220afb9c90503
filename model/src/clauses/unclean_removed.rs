//! A connection that ends by a fatal error, or is freed without having been shut down, has its session removed from the cache.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, SessId, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "unclean-removed",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 4 },
    statement: "A connection that ends by a fatal error, or is freed without having been shut down, has its session removed from the cache.",
    reading: Some(
        "Once this end has shut down its session is closed and good; whether a fatal error that comes later still costs it is left open, \
         since two sentences claim the case.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::UncleanStaysCached),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    each_unclean(t, |id| {
        let linked = |s: &Session| s.link.is_some();
        if t.session(id).is_some_and(linked) {
            return Judgement::Broken;
        }
        if t.was_session(id).is_some_and(linked) { Judgement::Holds } else { Judgement::Silent }
    })
}

/// What `judged` says of each session that an unclean end costs in this step.
pub(super) fn each_unclean(t: &Transition<'_>, judged: impl Fn(SessId) -> Judgement) -> Judgement {
    if let Call::ConnectionFree(id) = t.call() {
        let ended = t.was_connection(id).filter(|c| c.count == 1 && c.is_open());
        return ended.and_then(|c| c.session).map_or(Judgement::Silent, judged);
    }
    let failed = t.effects().iter().filter_map(|e| {
        let Effect::Fatal(id) = e else { return None };
        let closed_before = t.was_connection(*id).is_some_and(|c| c.shutdown.sent);
        t.connection(*id)?.session.filter(|_| !closed_before)
    });
    Judgement::all(failed.map(judged))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0).call(Call::ConnectionFree(C1))
    }

    #[test]
    fn freed_without_shutdown() {
        assert_eq!(told(Story::page()).said("unclean-removed"), Judgement::Holds);
    }

    #[test]
    fn stays_cached() {
        assert_eq!(told(Story::with(Deviation::UncleanStaysCached)).said("unclean-removed"), Judgement::Broken);
    }

    #[test]
    fn fatal_alert() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        let story = story.call(Call::Corrupt(C1)).call(Call::Read(C1));
        assert_eq!(story.said("unclean-removed"), Judgement::Holds);
    }

    #[test]
    fn freed_after_shutdown() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        assert_eq!(story.call(Call::Shutdown(C1)).call(Call::ConnectionFree(C1)).said("unclean-removed"), Judgement::Silent);
    }
}
