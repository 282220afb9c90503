//! The peer's close_notify alone does not make the end clean: a connection that ends before its own end shut down costs its session.

use crate::{Clause, Deviation, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "received-not-enough",
    force: Force::Must,
    source: Source { page: "SSL_set_shutdown", section: "NOTES", paragraph: 7 },
    statement: "The peer's close_notify alone does not make the end clean: a connection that ends before its own end shut down costs its session.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ReceivedIsEnough),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Some(was) = t.ended().filter(|c| c.is_open() && c.shutdown.received) else { return Judgement::Silent };
    was.session.map_or(Judgement::Silent, |s| Judgement::of(t.is_retired(s)))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Read(C1)).call(Call::ConnectionFree(C1))
    }

    #[test]
    fn only_the_peer_shut_down() {
        assert_eq!(told(Story::page()).said("received-not-enough"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ReceivedIsEnough)).said("received-not-enough"), Judgement::Broken);
    }

    #[test]
    fn nobody_shut_down() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::ConnectionFree(C1));
        assert_eq!(story.said("received-not-enough"), Judgement::Silent);
    }
}
