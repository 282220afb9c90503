//! The remove callback runs for every session that the library takes out of the internal cache.

use crate::{Clause, CtxId, Deviation, Effect, Force, Judgement, RemoveCallback, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "remove-cb-every-removal",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 5 },
    statement: "The remove callback runs for every session that the library takes out of the internal cache.",
    reading: Some(
        "Dropping for size and displacement count, too: the page says whenever. Whether it may run for a session that was not cached is latitude.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::DisplacedSilently),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let noticed = t.journal.sessions.iter().filter_map(|(id, before)| Some((before.as_ref()?.link?, *id)));
    let recorded = t.effects().iter().filter_map(|e| {
        let Effect::Unlinked { context, session, .. } = *e else { return None };
        Some((context, session))
    });
    Judgement::all(noticed.chain(recorded).map(|(context, session)| announced(t, context, session)))
}

/// Whether a session that is no longer in this cache was announced.
fn announced(t: &Transition<'_>, context: CtxId, session: SessId) -> Judgement {
    let stayed = t.context(context).is_some_and(|x| x.holds(session));
    if stayed || t.was_context(context).is_none_or(|x| x.remove_callback == RemoveCallback::Unset) {
        return Judgement::Silent;
    }
    let told = |e: &Effect| matches!(e, Effect::RemoveCallback { context: x, session: s, .. } if (*x, *s) == (context, session));
    Judgement::of(t.effects().iter().any(told))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, RemoveCallback, SessId, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetRemoveCallback(X1, RemoveCallback::Set)).pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story = story.call(Call::SessionDecode(session));
        let copy = SessId(story.state.next_session - 1);
        story.call(Call::AddSession(X1, copy))
    }

    #[test]
    fn displaced() {
        assert_eq!(told(Story::page()).said("remove-cb-every-removal"), Judgement::Holds);
    }

    #[test]
    fn displaced_silently() {
        assert_eq!(told(Story::with(Deviation::DisplacedSilently)).said("remove-cb-every-removal"), Judgement::Broken);
    }

    #[test]
    fn flushed_silently() {
        let story = told(Story::with(Deviation::FlushedSilently)).call(Call::FlushSessions(X1, 9000));
        assert_eq!(story.said("remove-cb-every-removal"), Judgement::Broken);
    }

    #[test]
    fn context_freed() {
        let story = told(Story::page()).call(Call::ConnectionFree(C1)).call(Call::ContextFree(X1));
        assert_eq!(story.said("remove-cb-every-removal"), Judgement::Holds);
    }
}
