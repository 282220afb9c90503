//! With the client mode a client's sessions go into its cache, and the library never picks one from there on its own.

use crate::{Call, Clause, ConnId, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cache-client-stores",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 7 },
    statement: "With the client mode a client's sessions go into its cache, and the library never picks one from there on its own.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ClientNeverStores),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Hello(client) = t.call() {
        return picks_none(t, client);
    }
    Judgement::all(t.effects().iter().map(|effect| stores(t, effect)))
}

fn stores(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Established { connection, session } = *effect else { return Judgement::Silent };
    let Some(id) = t.made_from(connection) else { return Judgement::Silent };
    let Some(context) = t.context(id) else { return Judgement::Silent };
    let takes_in = context.side == Side::Client && context.mode.client && !context.mode.no_store;
    if !takes_in || t.was_spoilt(session) {
        return Judgement::Silent;
    }
    // It may have left again in the same call: refused, displaced, dropped, or spoilt by an unclean end.
    Judgement::of(context.holds(session) || t.removal(id, session).is_some())
}

fn picks_none(t: &Transition<'_>, client: ConnId) -> Judgement {
    let (Some(was), Some(now)) = (t.was_connection(client), t.connection(client)) else { return Judgement::Silent };
    let could = was.session.is_none() && t.was_context(was.context).is_some_and(|x| !x.cache.is_empty());
    if !could {
        return Judgement::Silent;
    }
    let fresh = now.session.is_none_or(|s| t.was_session(s).is_none());
    Judgement::of(fresh && !now.proposed)
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, ConnId, Deviation, Judgement, Opt, Version,
        story::{C0, Story, X0, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        story.call(Call::SetCacheMode(X0, CacheMode::CLIENT)).pair().handshake(C0)
    }

    #[test]
    fn handshake() {
        assert_eq!(told(Story::page()).said("cache-client-stores"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ClientNeverStores)).said("cache-client-stores"), Judgement::Broken);
    }

    #[test]
    fn no_session_was_set() {
        let again = |story: Story| told(story).another_pair(ConnId(2), ConnId(3)).call(Call::Hello(ConnId(2)));
        assert_eq!(again(Story::page()).said("cache-client-stores"), Judgement::Holds);
        assert_eq!(again(Story::with(Deviation::ClientPicksFromCache)).said("cache-client-stores"), Judgement::Broken);
    }
}
