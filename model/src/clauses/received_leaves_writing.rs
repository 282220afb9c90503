//! The peer's close_notify ends reading only: data can still be written until this end shuts down.

use crate::{Call, Clause, Deviation, Force, Hook, Judgement, Outcome, Outlet, Source, Status, Transition, Wire};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "received-leaves-writing",
    force: Force::Must,
    source: Source { page: "SSL_shutdown", section: "First to close the connection", paragraph: 4 },
    statement: "The peer's close_notify ends reading only: data can still be written until this end shuts down.",
    reading: Some(
        "An end of the transport that counts as the peer's close is the same; what is written then is lost, which no call can know.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ReceivedStopsWriting),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Write(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_connection(id).filter(|c| c.shutdown.received && !c.shutdown.sent) else { return Judgement::Silent };
    if was.wire == Wire::Broken || was.outlet == Outlet::Blocked {
        return Judgement::Silent;
    }
    // a ticket that was asked for goes first, and a callback may end the connection there
    if t.answers(Hook::TicketGenerate).any(|(_, answer)| answer < 1) || t.answers(Hook::TicketKeyEncrypt).any(|(_, answer)| answer < 0) {
        return Judgement::Silent;
    }
    Judgement::of(matches!(t.outcome, Outcome::Number(1..)) && t.connection(id).is_some_and(|c| !c.error))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, C1, Story},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C1)).call(Call::Read(C0));
        story.call(Call::Write(C0))
    }

    #[test]
    fn written_after_the_peers_close() {
        assert_eq!(told(Story::page()).said("received-leaves-writing"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ReceivedStopsWriting)).said("received-leaves-writing"), Judgement::Broken);
    }

    #[test]
    fn this_end_has_shut_down() {
        let story = told(Story::page()).call(Call::Shutdown(C0)).call(Call::Write(C0));
        assert_eq!(story.said("received-leaves-writing"), Judgement::Silent);
    }
}
