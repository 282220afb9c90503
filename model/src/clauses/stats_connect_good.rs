//! Every handshake that a client completes is counted once, when it completes, and no other is.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-connect-good",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 3 },
    statement: "Every handshake that a client completes is counted once, when it completes, and no other is.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::StartedCountsAsGood),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::ConnectGood, |context| {
        let completed = t.number_of(|e| matches!(*e, Effect::Completed { connection, .. } if t.is_end(connection, context, Side::Client)));
        if t.is_renegotiation() { 0..=completed } else { completed..=completed }
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{Call, Counter, Deviation, Judgement, Version};

    #[test]
    fn completed() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0);
        assert_eq!(story.said("stats-connect-good"), Judgement::Holds);
        assert_eq!(story.state.contexts.get(X0).map(|x| x.counters.of(Counter::ConnectGood)), Some(1));
    }

    #[test]
    fn failed() {
        let story = Story::page().contexts(Version::Tls13).pair().call(Call::Hello(C0)).call(Call::Break(C0)).call(Call::Complete(C0));
        assert_eq!(story.said("stats-connect-good"), Judgement::Silent);
    }

    #[test]
    fn started_and_counted_as_good() {
        let story = Story::with(Deviation::StartedCountsAsGood).contexts(Version::Tls13).pair().call(Call::Hello(C0));
        assert_eq!(story.said("stats-connect-good"), Judgement::Broken);
    }
}
