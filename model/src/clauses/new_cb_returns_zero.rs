//! Where the new-session callback returns 0 its reference is dropped and the session leaves the internal cache.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-cb-returns-zero",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 2 },
    statement: "Where the new-session callback returns 0 its reference is dropped and the session leaves the internal cache.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::RefusedStaysCached),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::NewCallback { connection, session: id, kept: false, .. } = *e else { return Judgement::Silent };
        let (Some(session), Some(context)) = (t.session(id), t.context_of(connection)) else { return Judgement::Silent };
        let out = session.link.is_none() && !context.holds(id);
        Judgement::of(out && (session.freed || session.count == t.after.holders(id)))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Deviation, Judgement, NewCallback, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetCacheMode(X0, CacheMode::CLIENT));
        story.call(Call::SetNewCallback(X0, NewCallback::Refuse)).pair().handshake(C0)
    }

    #[test]
    fn refused() {
        assert_eq!(told(Story::page()).said("new-cb-returns-zero"), Judgement::Holds);
    }

    #[test]
    fn stays_cached() {
        assert_eq!(told(Story::with(Deviation::RefusedStaysCached)).said("new-cb-returns-zero"), Judgement::Broken);
    }
}
