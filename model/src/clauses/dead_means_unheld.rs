//! A session whose memory was given back is held by nobody, in no cache, and touched by nobody.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "dead-means-unheld",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_free", section: "NOTES", paragraph: 1 },
    statement: "A session whose memory was given back is held by nobody, in no cache, and touched by nobody.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::FlushFreesUsed),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if t.effects().iter().any(|e| matches!(e, Effect::Dangling(_))) {
        return Judgement::Broken;
    }
    Judgement::all(t.journal.sessions.iter().map(|(id, _)| {
        if t.session(*id).is_none_or(|s| !s.freed) {
            return Judgement::Silent;
        }
        let cached = t.after.contexts.iter().any(|(_, x)| x.holds(*id));
        Judgement::of(!cached && t.after.holders(*id) == 0)
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::ConnectionFree(C0))
    }

    #[test]
    fn gone_with_its_connection() {
        assert_eq!(told(Story::page()).said("dead-means-unheld"), Judgement::Holds);
    }

    #[test]
    fn flush_takes_the_connections_reference() {
        let story = Story::with(Deviation::FlushFreesUsed).contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.pair().handshake(C0).call(Call::FlushSessions(X1, 9000));
        assert_eq!(story.said("dead-means-unheld"), Judgement::Broken);
    }
}
