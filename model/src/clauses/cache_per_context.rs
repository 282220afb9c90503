//! A session goes into the cache of its own context, and into that of no other.

use crate::{Call, Clause, Deviation, Force, Judgement, SessId, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cache-per-context",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 1 },
    statement: "A session goes into the cache of its own context, and into that of no other.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::CacheShared),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.sessions.iter().map(|(id, was)| linked(t, *id, was.as_ref())))
}

fn linked(t: &Transition<'_>, id: SessId, was: Option<&Session>) -> Judgement {
    let Some(now) = t.session(id) else { return Judgement::Silent };
    let newly = now.link.is_some() && was.is_none_or(|s| s.link != now.link);
    let others = |own| t.after.contexts.iter().filter(move |(x, _)| Some(*x) != own);
    let own = if let Call::AddSession(asked, _) = t.call() { Some(asked) } else { now.context };
    if !newly || others(own).next().is_none() {
        return Judgement::Silent;
    }
    Judgement::of(now.link == own && others(own).all(|(_, x)| !x.holds(id)))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, CtxId, Deviation, Judgement, Opt, Side, Version,
        story::{C0, C1, Story, X0},
    };

    const X2: CtxId = CtxId(2);

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::ContextNew(X2, Side::Server, Version::Tls12));
        let story = story.call(Call::SetOption(X2, Opt::NoTicket)).call(Call::ConnectionNew(C0, X0));
        story.call(Call::ConnectionNew(C1, X2)).call(Call::Join(C0, C1)).handshake(C0)
    }

    #[test]
    fn two_servers() {
        assert_eq!(told(Story::page()).said("cache-per-context"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::CacheShared)).said("cache-per-context"), Judgement::Broken);
    }

    #[test]
    fn nothing_is_linked() {
        assert_eq!(told(Story::page()).call(Call::Shutdown(C1)).said("cache-per-context"), Judgement::Silent);
    }
}
