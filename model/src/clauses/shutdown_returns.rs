//! SSL_shutdown answers 1 where both close_notify alerts have gone, 0 where only this end's has, and below 0 where it could not be done.

use crate::{Call, Clause, Connection, Deviation, Force, Judgement, Outcome, Phase, Quiet, ShutdownState, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "shutdown-returns",
    force: Force::Must,
    source: Source { page: "SSL_shutdown", section: "RETURN VALUES", paragraph: 2 },
    statement: "SSL_shutdown answers 1 where both close_notify alerts have gone, 0 where only this end's has, and below 0 where it could not be done.",
    reading: Some(
        "Where it waits for the peer's alert and that has not come, 0 and below 0 both fit. Application data that nobody read is something \
         that could not be done. Before the handshake completed nothing can have been sent, so only below 0 fits.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ShutdownAnswersEarly),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Shutdown(id), Outcome::Number(answer)) = (t.call(), t.outcome) else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    let ShutdownState { sent, received } = now.shutdown;
    let undone = now.error || now.unsent.is_some();
    let early = matches!(was.phase, Phase::Idle | Phase::Hello);
    Judgement::of(match answer {
        1 => sent && received && !undone,
        0 => sent && !received && !undone,
        _ => answer < 0 && (early || !succeeded(was, now)),
    })
}

// Whether the call did what it was for: sent the alert, or found that both have gone.
fn succeeded(was: &Connection, now: &Connection) -> bool {
    let undone = now.error || now.unsent.is_some();
    let was_to_send = !was.shutdown.sent || was.unsent.is_some() || now.quiet == Quiet::On;
    now.shutdown.sent && !undone && (was_to_send || now.shutdown.received)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Choice, Deviation, Judgement, Outcome, ShutdownState, Version,
        story::{C0, C1, Story},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C0))
    }

    #[test]
    fn the_first_of_both() {
        let story = told(Story::page());
        assert_eq!((story.outcome, story.said("shutdown-returns")), (Outcome::Number(0), Judgement::Holds));
        assert_eq!(told(Story::with(Deviation::ShutdownAnswersEarly)).said("shutdown-returns"), Judgement::Broken);
    }

    #[test]
    fn the_second_of_both() {
        let story = told(Story::page()).call(Call::Shutdown(C1));
        assert_eq!(story.outcome, Outcome::Number(0), "what has come was not looked at");
        assert_eq!(story.call(Call::Shutdown(C1)).outcome, Outcome::Number(1));
    }

    #[test]
    fn waiting_in_vain() {
        let story = told(Story::page()).call(Call::Shutdown(C0));
        assert_eq!((story.outcome, story.said("shutdown-returns")), (Outcome::Number(-1), Judgement::Holds));
    }

    #[test]
    fn data_unread() {
        let story = told(Story::page()).call(Call::Write(C1));
        let fatal = Choice { unread_is_fatal: true, ..Choice::default() };
        let story = story.choosing(Call::Shutdown(C0), fatal);
        assert_eq!((story.outcome, story.said("shutdown-returns")), (Outcome::Number(-1), Judgement::Holds));
    }

    #[test]
    fn in_mid_handshake() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Hello(C0)).call(Call::Shutdown(C0));
        let shutdown = story.state.connections.get(C0).map(|c| c.shutdown);
        assert_eq!((story.outcome, shutdown), (Outcome::Number(-1), Some(ShutdownState::default())));
    }
}
