//! Every handshake that a server completes is counted once, when it completes, and no other is.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-accept-good",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 6 },
    statement: "Every handshake that a server completes is counted once, when it completes, and no other is.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::StartedCountsAsGood),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    // no page says which context counts for a server that was moved to another
    let moved = |e: &Effect| matches!(*e, Effect::Completed { connection, .. } | Effect::Fatal(connection) if t.connection(connection).is_some_and(|c| c.switched.is_some()));
    if t.effects().iter().any(moved) {
        return Judgement::Silent;
    }
    t.grew(Counter::AcceptGood, |context| {
        let completed = t.number_of(|e| matches!(*e, Effect::Completed { connection, .. } if t.is_end(connection, context, Side::Server)));
        // a TLS 1.3 handshake is over before its tickets are made: where that fails, the page does not say
        let is_open = t.context(context).is_some_and(|x| x.version == Version::Tls13);
        let failed = t.number_of(|e| matches!(*e, Effect::Fatal(connection) if is_open && t.is_end(connection, context, Side::Server)));
        let sure = if t.is_renegotiation() { 0 } else { completed };
        sure..=completed + failed
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Counter, Deviation, Judgement, Version};

    #[test]
    fn completed() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0);
        assert_eq!(story.said("stats-accept-good"), Judgement::Holds);
        assert_eq!(story.state.contexts.get(X1).map(|x| x.counters.of(Counter::AcceptGood)), Some(1));
    }

    #[test]
    fn failed() {
        let story = Story::page().contexts(Version::Tls13).pair().call(Call::Hello(C0)).call(Call::Break(C0)).call(Call::Complete(C0));
        assert_eq!(story.said("stats-accept-good"), Judgement::Silent);
    }

    #[test]
    fn started_and_counted_as_good() {
        let story = Story::with(Deviation::StartedCountsAsGood).contexts(Version::Tls13).pair().call(Call::Hello(C0));
        assert_eq!(story.said("stats-accept-good"), Judgement::Broken);
    }
}
