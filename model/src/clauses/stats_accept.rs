//! Every handshake that a server starts is counted once, when it starts.

use crate::{Clause, Counter, Deviation, Force, Judgement, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-accept",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 5 },
    statement: "Every handshake that a server starts is counted once, when it starts.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::StatisticsStandStill),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    // no page says which context counts a handshake that a server-name callback moves
    let serves = |id| t.context_of(id).is_some_and(|x| x.side == Side::Server);
    let moved = |(id, _): &(crate::ConnId, Option<crate::Connection>)| {
        [t.connection(*id), t.was_connection(*id)].into_iter().flatten().any(|c| c.switched.is_some()) && serves(*id)
    };
    if t.journal.connections.iter().any(moved) {
        return Judgement::Silent;
    }
    t.grew(Counter::Accept, |context| {
        let started = t.started(context, Side::Server);
        // a renegotiation has a statistic of its own; whether it is a handshake here as well the page does not say
        started..=started + t.renegotiations(context, Side::Server)
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Counter, Deviation, Judgement, Version};

    #[test]
    fn a_hello() {
        let story = Story::page().contexts(Version::Tls12).pair().call(Call::Hello(C0));
        assert_eq!(story.said("stats-accept"), Judgement::Holds);
        assert_eq!(story.state.contexts.get(X1).map(|x| x.counters.of(Counter::Accept)), Some(1));
    }

    #[test]
    fn not_counted() {
        let story = Story::with(Deviation::StatisticsStandStill).contexts(Version::Tls12).pair();
        assert_eq!(story.call(Call::Hello(C0)).said("stats-accept"), Judgement::Broken);
    }
}
