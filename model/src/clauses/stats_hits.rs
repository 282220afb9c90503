//! Every session that is resumed is counted once at either end, and no other is.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-hits",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 8 },
    statement: "Every session that is resumed is counted once at either end, and no other is.",
    reading: Some(
        "The page names the caches only, but counts what was reused: a session that came in its ticket is one. A server counts when it decides, a client when its handshake is done.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::ExpiredCountsAsHit),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::Hits, |context| {
        let resumed = t.number_of(|e| match *e {
            Effect::Completed { connection, resumed, .. } => resumed && t.is_end(connection, context, Side::Client),
            Effect::Decided { connection, resumed, .. } => resumed && t.is_end(connection, context, Side::Server),
            _ => false,
        });
        // what a server found before it asked for another ClientHello
        let tried =
            t.number_of(|e| matches!(*e, Effect::Tried { connection, resumed: true, .. } if t.made_from(connection) == Some(context)));
        resumed..=resumed + tried
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, Deviation, Judgement, Version};

    fn told(story: Story, version: Version) -> Story {
        story.contexts(version).pair().handshake(C0).call(Call::Read(C0)).proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn resumed_at_either_end() {
        let story = told(Story::page(), Version::Tls12);
        assert_eq!(story.said("stats-hits"), Judgement::Holds);
        assert_eq!(story.call(Call::Complete(ConnId(2))).said("stats-hits"), Judgement::Holds);
    }

    #[test]
    fn a_full_handshake() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0);
        assert_eq!(story.said("stats-hits"), Judgement::Silent);
    }

    #[test]
    fn an_expired_one_is_no_hit() {
        let story = Story::with(Deviation::ExpiredCountsAsHit).contexts(Version::Tls12).call(Call::SetTimeout(X1, 5)).pair().handshake(C0);
        let story = story.call(Call::Advance(9)).proposing(C0, ConnId(2), ConnId(3));
        assert_eq!(story.said("stats-hits"), Judgement::Broken);
    }
}
