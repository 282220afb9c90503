//! Once this end has shut down nothing more can be written: SSL_write fails and sends nothing.

use crate::{Call, Clause, Deviation, Force, Item, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "shutdown-ends-writing",
    force: Force::Must,
    source: Source { page: "SSL_shutdown", section: "DESCRIPTION", paragraph: 8 },
    statement: "Once this end has shut down nothing more can be written: SSL_write fails and sends nothing.",
    reading: Some(
        "That it is not possible is read as a promise that the call fails; whoever makes it is refused by the library and breaks no obligation. A state that was set by hand counts.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::WritesAfterShutdown),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Write(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_connection(id).filter(|c| c.shutdown.sent) else { return Judgement::Silent };
    let data = |peer| t.connection(peer).map(|c| c.inbox.iter().filter(|i| **i == Item::Data).count());
    let before = |peer| t.was_connection(peer).map(|c| c.inbox.iter().filter(|i| **i == Item::Data).count());
    let arrived = was.peer.is_some_and(|peer| data(peer) != before(peer));
    Judgement::of(matches!(t.outcome, Outcome::Number(..=0)) && !arrived)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, Story},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Write(C0))
    }

    #[test]
    fn written_after_shutdown() {
        assert_eq!(told(Story::page()).said("shutdown-ends-writing"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::WritesAfterShutdown)).said("shutdown-ends-writing"), Judgement::Broken);
    }

    #[test]
    fn written_before() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0).call(Call::Write(C0));
        assert_eq!(story.said("shutdown-ends-writing"), Judgement::Silent);
    }
}
