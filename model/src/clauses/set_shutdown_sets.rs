//! Set_shutdown sets the state to what it is given; quiet shutdown sets both halves, answers 1 and sends nothing.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Phase, Quiet, ShutdownState, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "set-shutdown-sets",
    force: Force::Must,
    source: Source { page: "SSL_set_shutdown", section: "DESCRIPTION", paragraph: 1 },
    statement: "Set_shutdown sets the state to what it is given; quiet shutdown sets both halves, answers 1 and sends nothing.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::SetShutdownOnlyAdds),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::SetShutdown(id, state) = t.call() {
        return Judgement::of(t.connection(id).is_some_and(|c| c.shutdown == state));
    }
    let Call::Shutdown(id) = t.call() else { return Judgement::Silent };
    let Some(now) = t.connection(id).filter(|c| c.quiet == Quiet::On) else { return Judgement::Silent };
    if matches!(now.phase, Phase::Idle | Phase::Hello) {
        return Judgement::Silent;
    }
    let arrived = |peer| t.was_connection(peer).map(|c| c.inbox.len()) != t.connection(peer).map(|c| c.inbox.len());
    let both = ShutdownState { sent: true, received: true };
    Judgement::of(now.shutdown == both && t.outcome == Outcome::Number(1) && !now.peer.is_some_and(arrived))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Quiet, ShutdownState, Version,
        story::{C0, Story},
    };

    fn told(story: Story) -> Story {
        let sent = ShutdownState { sent: true, received: false };
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::SetShutdown(C0, sent));
        story.call(Call::SetShutdown(C0, ShutdownState::default()))
    }

    #[test]
    fn set_and_taken_back() {
        assert_eq!(told(Story::page()).said("set-shutdown-sets"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SetShutdownOnlyAdds)).said("set-shutdown-sets"), Judgement::Broken);
    }

    #[test]
    fn quiet() {
        let story = told(Story::page()).call(Call::SetQuietShutdown(C0, Quiet::On)).call(Call::Shutdown(C0));
        assert_eq!(story.said("set-shutdown-sets"), Judgement::Holds);
    }
}
