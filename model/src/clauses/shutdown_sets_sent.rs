//! SSL_shutdown sets the sent state whether or not the close_notify can be sent.

use crate::{Call, Clause, Deviation, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "shutdown-sets-sent",
    force: Force::Must,
    source: Source { page: "SSL_shutdown", section: "DESCRIPTION", paragraph: 2 },
    statement: "SSL_shutdown sets the sent state whether or not the close_notify can be sent.",
    reading: Some("The page speaks of an active connection: one whose handshake completed."),
    status: Status::Checked,
    mutant: Some(Deviation::ShutdownNeedsDelivery),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Shutdown(id) = t.call() else { return Judgement::Silent };
    let active = t.was_connection(id).is_some_and(|c| c.phase == Phase::Open);
    if active { Judgement::of(t.connection(id).is_some_and(|c| c.shutdown.sent)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, Story},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Break(C0)).call(Call::Shutdown(C0))
    }

    #[test]
    fn the_transport_fails() {
        assert_eq!(told(Story::page()).said("shutdown-sets-sent"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ShutdownNeedsDelivery)).said("shutdown-sets-sent"), Judgement::Broken);
    }

    #[test]
    fn the_transport_works() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C0));
        assert_eq!(story.said("shutdown-sets-sent"), Judgement::Holds);
    }
}
