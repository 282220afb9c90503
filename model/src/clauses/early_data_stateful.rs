//! A server that allows early data sends only tickets that name a session in its cache.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "early-data-stateful",
    force: Force::Must,
    source: Source { page: "SSL_read_early_data", section: "REPLAY PROTECTION", paragraph: 2 },
    statement: "A server that allows early data sends only tickets that name a session in its cache.",
    reading: Some(
        "With anti-replay on, as it is preset: NO_ANTI_REPLAY takes the reason away. What goes into the cache is still subject to the cache mode: with server caching off or not storing, such a ticket names nothing.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::EarlyDataStateless),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| sent(t, effect)))
}

fn sent(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::TicketSent { connection, session, stateless } = *effect else { return Judgement::Silent };
    let allows = t.connection(connection).is_some_and(|c| c.is_guarded());
    if allows { Judgement::of(!stateless && t.is_named(connection, session)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, EarlyData, Judgement, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls13).call(Call::SetEarlyData(X1, EarlyData::Allowed)).pair().handshake(C0)
    }

    #[test]
    fn early_data_allowed() {
        assert_eq!(told(Story::page()).said("early-data-stateful"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::EarlyDataStateless)).said("early-data-stateful"), Judgement::Broken);
    }

    #[test]
    fn early_data_refused() {
        let story = Story::page().contexts(Version::Tls13).pair().handshake(C0);
        assert_eq!(story.said("early-data-stateful"), Judgement::Silent);
    }
}
