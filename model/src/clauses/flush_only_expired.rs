//! A flush leaves every session in the cache that is not past its time at the time given.

use crate::{Call, Clause, Deviation, Force, Judgement, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "flush-only-expired",
    force: Force::Must,
    source: Source { page: "SSL_CTX_flush_sessions", section: "DESCRIPTION", paragraph: 1 },
    statement: "A flush leaves every session in the cache that is not past its time at the time given.",
    reading: Some("A flush at time 0 would take nothing; what 0 means is not written, so it is not called."),
    status: Status::Checked,
    mutant: Some(Deviation::FlushTakesAll),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::FlushSessions(id, at) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_context(id), t.context(id)) else { return Judgement::Silent };
    let kept = |s: &SessId| match t.was_session(*s) {
        Some(session) if !session.is_expired(at) => Judgement::of(now.holds(*s)),
        Some(_) | None => Judgement::Silent,
    };
    Judgement::all(was.cache.iter().map(kept))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Opt, RemoveCallback, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story, at: u32) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetRemoveCallback(X1, RemoveCallback::Set)).pair().handshake(C0);
        let story = story.another_pair(ConnId(2), ConnId(3)).handshake(ConnId(2)).call(Call::Advance(10));
        story.another_pair(ConnId(4), ConnId(5)).handshake(ConnId(4)).call(Call::FlushSessions(X1, at))
    }

    #[test]
    fn one_is_still_good() {
        assert_eq!(told(Story::page(), 1305).said("flush-only-expired"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::FlushTakesAll), 1305).said("flush-only-expired"), Judgement::Broken);
    }

    #[test]
    fn all_expired() {
        assert_eq!(told(Story::page(), 2000).said("flush-only-expired"), Judgement::Silent);
    }
}
