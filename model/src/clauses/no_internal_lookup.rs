//! A server that is told not to look inside resumes only what the get callback gives it.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-internal-lookup",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 11 },
    statement: "A server that is told not to look inside resumes only what the get callback gives it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::LookupIgnoresFlag),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| at(t, effect)))
}

fn at(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Lookup { connection, identity, inside, .. } = *effect else { return Judgement::Silent };
    let Some(id) = t.made_from(connection) else { return Judgement::Silent };
    let told_not_to = t.was_context(id).is_some_and(|x| x.mode.no_lookup);
    if !told_not_to || t.was_cached(id, identity).is_none() {
        return Judgement::Silent;
    }
    let given = t.effects().iter().any(|e| matches!(e, Effect::GetCallback { answer: Some(_), .. }));
    let reused = t.connection(connection).is_some_and(|c| c.reused);
    Judgement::of(!inside && (given || !reused))
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, ConnId, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        let mode = CacheMode { no_lookup: true, ..CacheMode::SERVER };
        story.call(Call::SetCacheMode(X1, mode)).pair().handshake(C0).proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn cached_and_proposed() {
        assert_eq!(told(Story::page()).said("no-internal-lookup"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::LookupIgnoresFlag)).said("no-internal-lookup"), Judgement::Broken);
    }

    #[test]
    fn not_cached() {
        let session = told(Story::page()).session_of(C1);
        let story = told(Story::page()).call(Call::Get1(C1)).call(Call::RemoveSession(X1, session));
        assert_eq!(story.proposing(C0, ConnId(4), ConnId(5)).said("no-internal-lookup"), Judgement::Silent);
    }
}
