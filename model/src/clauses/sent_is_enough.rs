//! Where this end has shut down, the end of the connection leaves its session alone, though the peer's close_notify has not come.

use crate::{Clause, Deviation, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "sent-is-enough",
    force: Force::Must,
    source: Source { page: "SSL_set_shutdown", section: "NOTES", paragraph: 6 },
    statement: "Where this end has shut down, the end of the connection leaves its session alone, though the peer's close_notify has not come.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::SentNeedsReceived),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Some(was) = t.ended().filter(|c| c.phase == Phase::Open) else { return Judgement::Silent };
    let Some(id) = was.session.filter(|_| was.shutdown.sent && !was.shutdown.received) else { return Judgement::Silent };
    let (Some(before), Some(after)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    // The context may end with its last connection, and its cache with it.
    let cache_gone = before.link.is_some_and(|x| t.context(x).is_none());
    if cache_gone || (after.freed && before.link.is_none()) {
        return Judgement::Silent;
    }
    Judgement::of(after.link == before.link && after.marked == before.marked)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Shutdown(C1)).call(Call::ConnectionFree(C1))
    }

    #[test]
    fn freed_after_one_sided_shutdown() {
        assert_eq!(told(Story::page()).said("sent-is-enough"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SentNeedsReceived)).said("sent-is-enough"), Judgement::Broken);
    }

    #[test]
    fn freed_without_shutdown() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::ConnectionFree(C1));
        assert_eq!(story.said("sent-is-enough"), Judgement::Silent);
    }
}
