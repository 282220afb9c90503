//! A session that is in a cache has an identity, and keeps the one it has.

use crate::{Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "linked-has-identity",
    force: Force::Must,
    source: Source { page: "SSL_CTX_add_session", section: "NOTES", paragraph: 1 },
    statement: "A session that is in a cache keeps its identity, and has one unless the application added it without.",
    reading: Some(
        "A cache finds and compares sessions by id, so the library adds none without and changes none. Adding one without an id by hand is the application's doing, and no page forbids it.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::MarkedLosesIdentity),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.journal.sessions.iter().map(|(id, before)| {
        let Some(now) = t.session(*id).filter(|s| s.link.is_some()) else { return Judgement::Silent };
        let nameless = now.identity.is_none();
        match before.as_ref().filter(|s| s.link.is_some()) {
            Some(was) if nameless && was.identity.is_none() => Judgement::Silent,
            Some(was) => Judgement::of(was.identity == now.identity && was.own == now.own),
            None if nameless && t.added_by_hand(*id) => Judgement::Silent,
            None => Judgement::of(!nameless),
        }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, ConnId, Deviation, GetCallback, Judgement, NewCallback, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetNewCallback(X1, NewCallback::Keep)).call(Call::SetGetCallback(X1, GetCallback::Copy));
        let story = story.pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::Shutdown(C0)).call(Call::ConnectionFree(C1)).another_pair(ConnId(2), ConnId(3));
        story.call(Call::SetSession(ConnId(2), Some(session))).call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn outside_hit_is_marked() {
        assert_eq!(told(Story::page()).said("linked-has-identity"), Judgement::Silent);
    }

    #[test]
    fn marked_session_resumed_and_stripped() {
        assert_eq!(told(Story::with(Deviation::MarkedLosesIdentity)).said("linked-has-identity"), Judgement::Broken);
    }

    #[test]
    fn stored_by_a_handshake() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        assert_eq!(story.said("linked-has-identity"), Judgement::Holds);
    }
}
