//! A server that finds what is proposed in its own cache does not ask the get callback.

use crate::{Clause, Deviation, Effect, Force, GetCallback, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cache-internal-first",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 3 },
    statement: "A server that finds what is proposed in its own cache does not ask the get callback.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::GetCallbackFirst),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Lookup { connection, identity, inside, .. } = *effect else { return Judgement::Silent };
    let Some(id) = t.made_from(connection) else { return Judgement::Silent };
    let Some(was) = t.was_context(id) else { return Judgement::Silent };
    let both = was.mode.server && !was.mode.no_lookup && was.get_callback != GetCallback::Unset;
    if !both || t.was_cached(id, identity).is_none() {
        return Judgement::Silent;
    }
    let asked = t.effects().iter().any(|e| matches!(e, Effect::GetCallback { connection: c, .. } if *c == connection));
    Judgement::of(inside && !asked)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, GetCallback, Judgement, Opt, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        let story = story.pair().handshake(C0).call(Call::SetGetCallback(X1, GetCallback::Miss));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn found_inside() {
        assert_eq!(told(Story::page()).said("cache-internal-first"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::GetCallbackFirst)).said("cache-internal-first"), Judgement::Broken);
    }

    #[test]
    fn no_proposal() {
        let story = told(Story::page()).another_pair(ConnId(4), ConnId(5)).call(Call::Hello(ConnId(4)));
        assert_eq!(story.said("cache-internal-first"), Judgement::Silent);
    }
}
