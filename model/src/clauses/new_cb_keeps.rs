//! Where the new-session callback returns 1 the application owns the reference that was counted for it.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-cb-keeps",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 2 },
    statement: "Where the new-session callback returns 1 the application owns the reference that was counted for it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NewCallbackWithoutReference),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::NewCallback { session: id, kept: true, .. } = *e else { return Judgement::Silent };
        let Some(session) = t.session(id).filter(|_| !t.acted_on(id)) else { return Judgement::Silent };
        Judgement::of(!session.freed && session.owned > 0 && session.count >= t.after.holders(id))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Deviation, Judgement, NewCallback, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetCacheMode(X0, CacheMode::CLIENT));
        story.call(Call::SetNewCallback(X0, NewCallback::Keep)).pair().handshake(C0)
    }

    #[test]
    fn kept() {
        assert_eq!(told(Story::page()).said("new-cb-keeps"), Judgement::Holds);
    }

    #[test]
    fn given_no_reference() {
        assert_eq!(told(Story::with(Deviation::NewCallbackWithoutReference)).said("new-cb-keeps"), Judgement::Broken);
    }
}
