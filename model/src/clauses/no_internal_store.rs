//! A context that is told not to store takes in nothing on its own, neither new sessions nor found ones; adding by hand works.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-internal-store",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 12 },
    statement: "A context that is told not to store takes in nothing on its own, neither new sessions nor found ones; adding by hand works.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::StoreIgnoresFlag),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::AddSession(id, session) = t.call() {
        let fit = t.was_context(id).is_some_and(|x| x.mode.no_store && !x.holds(session));
        return if fit { Judgement::of(t.context(id).is_some_and(|x| x.holds(session))) } else { Judgement::Silent };
    }
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let (Effect::Established { connection, .. } | Effect::Lookup { connection, found: Some(_), inside: false, .. }) = *effect else {
        return Judgement::Silent;
    };
    let Some(id) = t.made_from(connection) else { return Judgement::Silent };
    let told_not_to = t.was_context(id).is_some_and(|x| x.mode.no_store && x.mode.covers(x.side));
    if told_not_to { Judgement::of(!t.gained(id)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        let mode = CacheMode { no_store: true, ..CacheMode::SERVER };
        story.call(Call::SetCacheMode(X1, mode)).pair().handshake(C0)
    }

    #[test]
    fn handshake() {
        assert_eq!(told(Story::page()).said("no-internal-store"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::StoreIgnoresFlag)).said("no-internal-store"), Judgement::Broken);
    }

    #[test]
    fn by_hand() {
        let story = told(Story::page()).call(Call::Get1(C1));
        let session = story.session_of(C1);
        assert_eq!(story.call(Call::AddSession(X1, session)).said("no-internal-store"), Judgement::Holds);
    }
}
