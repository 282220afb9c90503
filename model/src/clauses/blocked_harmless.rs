//! What the transport does not take for now is no error: the call can be made again, and no session suffers.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Outlet, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "blocked-harmless",
    force: Force::Must,
    source: Source { page: "SSL_get_error", section: "RETURN VALUES", paragraph: 5 },
    statement: "What the transport does not take for now is no error: the call can be made again, and no session suffers.",
    reading: Some("A handshake that cannot write is not modelled: how far each end comes is left to the library."),
    status: Status::Checked,
    mutant: Some(Deviation::BlockedIsFatal),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Write(id) | Call::Shutdown(id)) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    if let (Some(_), Outlet::Free, Outcome::Number(answer)) = (was.unsent, was.outlet, t.outcome) {
        // the same call again, now that it can be written
        return if now.error { Judgement::Silent } else { Judgement::of(answer >= 0 && now.unsent.is_none()) };
    }
    let writes_nothing = was.shutdown.sent && (was.unsent.is_none() || matches!(t.call(), Call::Write(_)));
    if was.outlet == Outlet::Free || writes_nothing || (now.unsent.is_none() && now.phase == Phase::Open) {
        return Judgement::Silent;
    }
    let unharmed = was.session.is_none_or(|s| match (t.was_session(s), t.session(s)) {
        (Some(before), Some(after)) => before.marked == after.marked && before.link == after.link,
        (Some(_), None) | (None, _) => false,
    });
    Judgement::of(now.phase == Phase::Open && !now.error && unharmed)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Outcome, Version,
        story::{C0, C1, Story},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Block(C0)).call(Call::Shutdown(C0))
    }

    #[test]
    fn shut_down_while_blocked() {
        let story = told(Story::page());
        assert_eq!((story.outcome, story.said("blocked-harmless")), (Outcome::Number(-1), Judgement::Holds));
        assert_eq!(story.said("shutdown-sets-sent"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::BlockedIsFatal)).said("blocked-harmless"), Judgement::Broken);
    }

    #[test]
    fn shut_down_again_once_it_can_be_sent() {
        let story = told(Story::page()).call(Call::Unblock(C0)).call(Call::Shutdown(C0));
        assert_eq!((story.outcome, story.said("blocked-harmless")), (Outcome::Number(0), Judgement::Holds));
        let peer = story.call(Call::Read(C1)).state.connections.get(C1).map(|c| c.shutdown.received);
        assert_eq!(peer, Some(true));
    }

    #[test]
    fn written_while_blocked() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0).call(Call::Block(C0)).call(Call::Write(C0));
        assert_eq!((story.outcome, story.said("blocked-harmless")), (Outcome::Number(-1), Judgement::Holds));
        let story = story.call(Call::Unblock(C0)).call(Call::Write(C0));
        assert_eq!((story.outcome, story.said("blocked-harmless")), (Outcome::Number(1), Judgement::Holds));
    }
}
