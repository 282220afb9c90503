//! Every handshake that a client starts is counted once, when it starts.

use crate::{Clause, Counter, Deviation, Force, Judgement, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-connect",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 2 },
    statement: "Every handshake that a client starts is counted once, when it starts.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::StatisticsStandStill),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::Connect, |context| {
        let started = t.started(context, Side::Client);
        // a renegotiation has a statistic of its own; whether it is a handshake here as well the page does not say
        started..=started + t.renegotiations(context, Side::Client)
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0};
    use crate::{Call, Counter, Deviation, Judgement, Version};

    #[test]
    fn a_hello() {
        let story = Story::page().contexts(Version::Tls13).pair().call(Call::Hello(C0));
        assert_eq!(story.said("stats-connect"), Judgement::Holds);
        assert_eq!(story.state.contexts.get(X0).map(|x| x.counters.of(Counter::Connect)), Some(1));
    }

    #[test]
    fn not_counted() {
        let story = Story::with(Deviation::StatisticsStandStill).contexts(Version::Tls13).pair();
        assert_eq!(story.call(Call::Hello(C0)).said("stats-connect"), Judgement::Broken);
    }
}
