//! What a callback of the cache calls on its own context does there what it does anywhere.

use crate::{Act, Clause, Deviation, END_OF_TIME, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "callbacks-call-back",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 1 },
    statement: "What a callback of the cache calls on its own context does there what it does anywhere: adding, removing and flushing work, and answer as ever.",
    reading: Some(
        "The pages give callbacks work to do with sessions, and neither theirs nor those of the calls tell them to keep off their own context.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::CallbackLockedOut),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| {
        let Effect::Acted { act, context, held, answer, left, .. } = *effect else { return Judgement::Silent };
        match act {
            Act::Add => Judgement::of(answer == i32::from(!held)),
            Act::Remove => Judgement::of(answer == i32::from(held)),
            Act::Flush if for_ever(t, context) => Judgement::Silent,
            Act::Flush => Judgement::of(left == 0),
            Act::Free => Judgement::Silent,
        }
    }))
}

/// Whether a session of this context is never due.
fn for_ever(t: &Transition<'_>, context: crate::CtxId) -> bool {
    t.after.sessions.iter().any(|(_, s)| s.context == Some(context) && !s.is_expired(END_OF_TIME))
}

#[cfg(test)]
mod tests {
    use crate::{
        Act, Call, Callback, Deviation, Judgement, NewCallback, Opt, RemoveCallback, Version,
        story::{C0, Story, X1},
    };

    /// Two sessions in the cache, and a flush that takes one of them, with a remove callback that does this.
    fn flushed(story: Story, act: Act) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetRemoveCallback(X1, RemoveCallback::Set)).pair().handshake(C0).call(Call::Advance(10));
        let story = story.another_pair(crate::ConnId(2), crate::ConnId(3)).handshake(crate::ConnId(2));
        story.call(Call::SetActs(X1, Callback::Remove, Some(act))).call(Call::FlushSessions(X1, 1305))
    }

    #[test]
    fn from_a_flush() {
        for act in [Act::Flush, Act::Add] {
            assert_eq!(flushed(Story::page(), act).said("callbacks-call-back"), Judgement::Holds);
            assert_eq!(flushed(Story::with(Deviation::CallbackLockedOut), act).said("callbacks-call-back"), Judgement::Broken);
        }
        assert_eq!(flushed(Story::page(), Act::Flush).state.contexts.get(X1).map(|x| x.cache.len()), Some(0));
        assert_eq!(flushed(Story::page(), Act::Add).state.contexts.get(X1).map(|x| x.cache.len()), Some(2));
    }

    #[test]
    fn from_a_new_session() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetNewCallback(X1, NewCallback::Keep)).call(Call::SetActs(X1, Callback::New, Some(Act::Remove)));
        let story = story.pair().handshake(C0);
        assert_eq!(story.said("callbacks-call-back"), Judgement::Holds);
        assert_eq!(story.state.contexts.get(X1).map(|x| x.cache.len()), Some(0));
    }
}
