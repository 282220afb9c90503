//! Clearing a connection that was closed cleanly leaves its session attached, and as resumable as it was.

use crate::{Call, Clause, Deviation, Force, Judgement, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "clear-closed-keeps",
    force: Force::Must,
    source: Source { page: "SSL_clear", section: "NOTES", paragraph: 2 },
    statement: "Clearing a connection that was closed cleanly leaves its session attached, and as resumable as it was.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::ClearDropsClosed),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Clear(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_connection(id).filter(|c| c.phase == Phase::Open && c.shutdown.sent) else { return Judgement::Silent };
    let (Some(session), Some(now)) = (was.session, t.connection(id)) else { return Judgement::Silent };
    let (Some(before), Some(after)) = (t.was_session(session), t.session(session)) else { return Judgement::Silent };
    let unharmed = after.link == before.link && after.marked == before.marked && !after.freed;
    Judgement::of(now.session == Some(session) && unharmed)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Shutdown(C1)).call(Call::Clear(C1))
    }

    #[test]
    fn shut_down_before() {
        assert_eq!(told(Story::page()).said("clear-closed-keeps"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ClearDropsClosed)).said("clear-closed-keeps"), Judgement::Broken);
    }

    #[test]
    fn still_open() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Clear(C0));
        assert_eq!(story.said("clear-closed-keeps"), Judgement::Silent);
    }
}
