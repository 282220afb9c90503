//! While the cache mode is off the library puts nothing into the cache, on either side.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cache-off",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 6 },
    statement: "While the cache mode is off the library puts nothing into the cache, on either side.",
    reading: Some(
        "What a get callback finds while the mode is off is resumed, and not copied in: the description of the mode leaves no exception.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::OffStillStores),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

// Where a session was established or fetched from outside, the library had something to store.
fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let (Effect::Established { connection, .. } | Effect::Lookup { connection, found: Some(_), inside: false, .. }) = *effect else {
        return Judgement::Silent;
    };
    let Some(id) = t.made_from(connection) else { return Judgement::Silent };
    let off = t.was_context(id).is_some_and(|x| !x.mode.client && !x.mode.server);
    if off { Judgement::of(!t.gained(id)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, ConnId, Deviation, GetCallback, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story, mode: CacheMode) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetOption(X1, Opt::NoTicket));
        story.call(Call::SetCacheMode(X1, mode)).pair().handshake(C0)
    }

    #[test]
    fn handshake_while_off() {
        assert_eq!(told(Story::page(), CacheMode::OFF).said("cache-off"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::OffStillStores), CacheMode::OFF).said("cache-off"), Judgement::Broken);
    }

    #[test]
    fn found_outside_while_off() {
        let resumed = |story: Story| {
            let story = told(story, CacheMode::OFF).call(Call::Get1(C1)).call(Call::SetGetCallback(X1, GetCallback::Copy));
            story.call(Call::Read(C0)).proposing(C0, ConnId(2), ConnId(3))
        };
        assert!(resumed(Story::page()).state.connections.get(ConnId(3)).is_some_and(|c| c.reused));
        assert_eq!(resumed(Story::page()).said("cache-off"), Judgement::Holds);
        assert_eq!(resumed(Story::with(Deviation::OffCopiesFound)).said("cache-off"), Judgement::Broken);
    }
}
