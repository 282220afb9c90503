//! The session that the remove callback is given is in memory while it runs.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "remove-cb-live",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 5 },
    statement: "The session that the remove callback is given is in memory while it runs.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::RemoveCallbackAfterRelease),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::RemoveCallback { alive, .. } = e else { return Judgement::Silent };
        Judgement::of(*alive)
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, RemoveCallback, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetRemoveCallback(X1, RemoveCallback::Set)).pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story = story.call(Call::SessionFree(session)).call(Call::Shutdown(C1)).call(Call::ConnectionFree(C1));
        story.call(Call::FlushSessions(X1, 9000))
    }

    #[test]
    fn only_the_cache_held_it() {
        assert_eq!(told(Story::page()).said("remove-cb-live"), Judgement::Holds);
    }

    #[test]
    fn called_after_the_release() {
        assert_eq!(told(Story::with(Deviation::RemoveCallbackAfterRelease)).said("remove-cb-live"), Judgement::Broken);
    }
}
