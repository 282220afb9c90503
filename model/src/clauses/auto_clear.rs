//! Without that flag the library takes expired sessions out of the cache on its own, every 255 connections.

use crate::{Call, Clause, Effect, Force, Judgement, Removal, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "auto-clear",
    force: Force::May,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 10 },
    statement: "Without that flag the library takes expired sessions out of the cache on its own, every 255 connections.",
    reading: Some(
        "Two pages disagree: this one says every 255 connections, SSL_CTX_flush_sessions(3) every 255 new sessions. Which connections count is not written either, so when is left to the library, whenever a handshake completes or a session is established.",
    ),
    status: Status::ByConstruction(
        "latitude: when the library looks is its own affair; a specimen with more than 255 connections shows it",
    ),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::FlushSessions(..) = t.call() {
        return Judgement::Silent;
    }
    let cleared = t.effects().iter().any(|e| matches!(e, Effect::Unlinked { why: Removal::Expired, .. }));
    if cleared { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Choice, ConnId, Judgement, Opt, Version};

    fn told(servers_flushed: bool) -> Story {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetTimeout(X1, 5));
        let story = story.pair().handshake(C0).call(Call::Advance(9)).another_pair(ConnId(2), ConnId(3)).call(Call::Hello(ConnId(2)));
        story.choosing(Call::Complete(ConnId(2)), Choice { servers_flushed, ..Choice::default() })
    }

    #[test]
    fn cleared() {
        let story = told(true);
        assert_eq!(story.said("auto-clear"), Judgement::Holds);
        assert_eq!(story.state.contexts.get(X1).map(|x| x.cache.len()), Some(1));
    }

    #[test]
    fn not_this_time() {
        let story = told(false);
        assert_eq!(story.said("auto-clear"), Judgement::Silent);
        assert_eq!(story.state.contexts.get(X1).map(|x| x.cache.len()), Some(2));
    }
}
