//! SSL_dup of a connection that has not begun gives a new one with its session and session id context; of any other, the same one again.

use crate::{Call, Clause, ConnId, Connection, Deviation, Force, Judgement, Outcome, Phase, Source, Status, Transition, Wire};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ssl-dup-shares",
    force: Force::Must,
    source: Source { page: "SSL_new", section: "DESCRIPTION", paragraph: 4 },
    statement: "SSL_dup of a connection whose handshake has not begun gives a new one of the same context with its session, session id context and \
                other listed settings; of any other connection it gives the same one, with one reference more.",
    reading: Some(
        "The list of what is duplicated is complete: what it does not name is as SSL_new makes it. The shutdown state is no setting and is left open. \
         A connection that SSL_clear made ready again has not begun.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::DupForgetsSession),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::ConnectionDup(new, of) = t.call() else { return Judgement::Silent };
    let (Some(was), false) = (t.was_connection(of), t.is_void()) else { return Judgement::Silent };
    Judgement::of(if was.phase == Phase::Idle { is_copy(t, new, was) } else { is_same(t, new, of, was) })
}

fn is_same(t: &Transition<'_>, new: ConnId, of: ConnId, was: &Connection) -> bool {
    let counted = t.connection(of).is_some_and(|now| now.count == was.count + 1);
    counted && t.connection(new).is_none() && t.outcome == Outcome::Number(0)
}

fn is_copy(t: &Transition<'_>, new: ConnId, was: &Connection) -> bool {
    let Some(copy) = t.connection(new) else { return false };
    let count = |id| t.session(id).map(|s| s.count);
    let shared = was.session.is_none_or(|id| count(id) == t.was_session(id).map(|s| s.count + 1));
    let settings = |c: &Connection| (c.context, c.session, c.sid_ctx, c.verify, c.tickets);
    let fresh = copy.count == 1 && copy.phase == Phase::Idle && copy.wire == Wire::None;
    fresh && shared && settings(copy) == settings(was) && t.outcome == Outcome::Number(1)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, ConnId, Deviation, Judgement, Version};

    const C2: ConnId = ConnId(2);

    fn cleared(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Clear(C0))
    }

    #[test]
    fn cleared_and_duplicated() {
        let story = cleared(Story::page()).call(Call::ConnectionDup(C2, C0));
        assert_eq!(story.said("ssl-dup-shares"), Judgement::Holds);
        assert_eq!(story.session_of(C2), story.session_of(C0));
    }

    #[test]
    fn started_and_duplicated() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Hello(C0)).call(Call::ConnectionDup(C2, C0));
        assert_eq!(story.said("ssl-dup-shares"), Judgement::Holds);
        assert_eq!(story.state.connections.get(C0).map(|c| c.count), Some(2));
    }

    #[test]
    fn without_the_session() {
        let story = cleared(Story::with(Deviation::DupForgetsSession)).call(Call::ConnectionDup(C2, C0));
        assert_eq!(story.said("ssl-dup-shares"), Judgement::Broken);
    }

    #[test]
    fn a_new_one_of_a_started_one() {
        let story = Story::with(Deviation::DupOfStartedIsNew).contexts(Version::Tls12).pair().handshake(C0);
        assert_eq!(story.call(Call::ConnectionDup(C2, C0)).said("ssl-dup-shares"), Judgement::Broken);
    }
}
