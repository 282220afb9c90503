//! When a context is freed for the last time its cache is emptied and the remove callback is called for each session in it.

use crate::{Clause, Context, CtxId, Deviation, Effect, Force, Judgement, RemoveCallback, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "context-free-removes",
    force: Force::Must,
    source: Source { page: "SSL_CTX_free", section: "WARNINGS", paragraph: 1 },
    statement: "When a context is freed for the last time its cache is emptied and the remove callback is called for each session in it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ContextFreeSilent),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.contexts.iter().filter_map(|(id, was)| Some(freed(t, *id, was.as_ref()?))))
}

fn freed(t: &Transition<'_>, id: CtxId, was: &Context) -> Judgement {
    if t.context(id).is_some() {
        return Judgement::Silent;
    }
    let is_call = |e: &Effect, s| matches!(e, Effect::RemoveCallback { context, session, .. } if (*context, *session) == (id, s));
    let told = |s| was.remove_callback == RemoveCallback::Unset || t.effects().iter().any(|e| is_call(e, s));
    let out = |s| t.session(s).is_none_or(|session| session.freed || session.link != Some(id));
    Judgement::all(was.cache.iter().map(|s| Judgement::of(out(*s) && told(*s))))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, RemoveCallback, Version,
        story::{C0, C1, Story, X0, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetRemoveCallback(X1, RemoveCallback::Set)).pair().handshake(C0).call(Call::Shutdown(C1));
        story.call(Call::ConnectionFree(C1)).call(Call::ContextFree(X1))
    }

    #[test]
    fn one_session_in_it() {
        assert_eq!(told(Story::page()).said("context-free-removes"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ContextFreeSilent)).said("context-free-removes"), Judgement::Broken);
    }

    #[test]
    fn nothing_in_it() {
        let story = told(Story::page()).call(Call::ConnectionFree(C0)).call(Call::ContextFree(X0));
        assert_eq!(story.said("context-free-removes"), Judgement::Silent);
    }
}
