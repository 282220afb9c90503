//! A flush takes every session out that is strictly past its time at the time given, and calls the remove callback for each.

use crate::{Call, Clause, CtxId, Deviation, Effect, Force, Judgement, RemoveCallback, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "flush-expired",
    force: Force::Must,
    source: Source { page: "SSL_CTX_flush_sessions", section: "DESCRIPTION", paragraph: 1 },
    statement: "A flush takes every session out that is strictly past its time at the time given, and calls the remove callback for each.",
    reading: Some("Expired is what the page on timeouts says: later than time plus timeout, so not in the last second."),
    status: Status::Checked,
    mutant: Some(Deviation::FlushStopsEarly),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::FlushSessions(id, at) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_context(id) else { return Judgement::Silent };
    Judgement::all(was.cache.iter().map(|s| flushed(t, id, *s, at)))
}

fn flushed(t: &Transition<'_>, id: CtxId, session: SessId, at: u32) -> Judgement {
    let (Some(was), Some(now)) = (t.was_session(session), t.context(id)) else { return Judgement::Silent };
    if !was.is_expired(at) || t.acted_on(session) {
        return Judgement::Silent;
    }
    let is_call = |e: &Effect| matches!(e, Effect::RemoveCallback { context, session: s, .. } if (*context, *s) == (id, session));
    let told = now.remove_callback == RemoveCallback::Unset || t.effects().iter().any(is_call);
    Judgement::of(!now.holds(session) && told)
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
    fn two_expired() {
        assert_eq!(told(Story::page(), 1305).said("flush-expired"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::FlushStopsEarly), 1305).said("flush-expired"), Judgement::Broken);
    }

    #[test]
    fn at_the_last_second() {
        assert_eq!(told(Story::page(), 1300).said("flush-expired"), Judgement::Silent);
    }
}
