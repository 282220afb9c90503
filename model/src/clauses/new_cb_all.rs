//! The new-session callback runs for every session that is established.

use crate::{Clause, Deviation, Effect, Force, Judgement, NewCallback, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "new-cb-all",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 3 },
    statement: "The new-session callback runs for every session that is established.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NewCallbackOnce),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::Established { connection, session } = *e else { return Judgement::Silent };
        let asked = t.context_of(connection).is_some_and(|x| x.mode.covers(x.side) && x.new_callback != NewCallback::Unset);
        if !asked {
            return Judgement::Silent;
        }
        let told = |e: &Effect| matches!(e, Effect::NewCallback { connection: c, session: s, .. } if (*c, *s) == (connection, session));
        Judgement::of(t.effects().iter().any(told))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{CacheMode, Call, Deviation, Judgement, NewCallback, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetCacheMode(X0, CacheMode::CLIENT));
        story.call(Call::SetNewCallback(X0, NewCallback::Keep)).pair().handshake(C0).call(Call::Read(C0))
    }

    #[test]
    fn two_tickets_read() {
        assert_eq!(told(Story::page()).said("new-cb-all"), Judgement::Holds);
    }

    #[test]
    fn only_for_the_first() {
        assert_eq!(told(Story::with(Deviation::NewCallbackOnce)).said("new-cb-all"), Judgement::Broken);
    }
}
