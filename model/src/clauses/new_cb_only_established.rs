//! The new-session callback runs only for a session that is really established.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-cb-only-established",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 3 },
    statement: "The new-session callback runs only for a session that is really established.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NewCallbackEarly),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::NewCallback { connection, session, resumable, .. } = *e else { return Judgement::Silent };
        // What was marked while the handshake was under way is established all the same.
        let fit = resumable || t.was_spoilt(session);
        Judgement::of(fit && t.effects().contains(&Effect::Established { connection, session }))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Deviation, Judgement, NewCallback, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetCacheMode(X0, CacheMode::CLIENT));
        story.call(Call::SetNewCallback(X0, NewCallback::Keep)).pair().handshake(C0)
    }

    #[test]
    fn before_a_ticket() {
        assert_eq!(told(Story::page()).said("new-cb-only-established"), Judgement::Silent);
    }

    #[test]
    fn runs_before_a_ticket() {
        assert_eq!(told(Story::with(Deviation::NewCallbackEarly)).said("new-cb-only-established"), Judgement::Broken);
    }

    #[test]
    fn with_a_ticket() {
        assert_eq!(told(Story::page()).call(Call::Read(C0)).said("new-cb-only-established"), Judgement::Holds);
    }
}
