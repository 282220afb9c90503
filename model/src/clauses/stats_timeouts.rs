//! Every session that is proposed, found in a cache and expired is counted once on that server.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-timeouts",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 11 },
    statement: "Every session that is proposed, found in a cache and expired is counted once on that server.",
    reading: Some(
        "The page names the caches only: whether an expired session that came in its ticket counts is left open, and so is one that belongs to another session id context as well.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::StatisticsStandStill),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::Timeouts, |context| {
        let found =
            |connection| t.effects().iter().any(|e| matches!(*e, Effect::Lookup { connection: c, found: Some(_), .. } if c == connection));
        let expired = |e: &Effect, sure: bool| match *e {
            Effect::Decided { connection, expired: true, resumed: false, foreign, .. } if t.made_from(connection) == Some(context) => {
                !sure || (!foreign && found(connection))
            }
            _ => false,
        };
        let tried = |e: &Effect| matches!(*e, Effect::Tried { connection, expired: true, .. } if t.made_from(connection) == Some(context));
        t.number_of(|e| expired(e, true))..=t.number_of(|e| expired(e, false) || tried(e))
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story, seconds: u32) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetTimeout(X1, 5)).pair();
        let story = story.handshake(C0).call(Call::Shutdown(C0)).call(Call::Shutdown(C1)).call(Call::Advance(seconds));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn expired() {
        assert_eq!(told(Story::page(), 6).said("stats-timeouts"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::StatisticsStandStill), 6).said("stats-timeouts"), Judgement::Broken);
    }

    #[test]
    fn in_time() {
        assert_eq!(told(Story::page(), 5).said("stats-timeouts"), Judgement::Silent);
    }
}
