//! With NO_ANTI_REPLAY early data does not make the tickets of a server stateful.

use crate::{AntiReplay, Clause, Deviation, EarlyData, Effect, Force, Judgement, Source, Status, Tickets, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-anti-replay-stateless",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 30 },
    statement: "With NO_ANTI_REPLAY early data does not make the tickets of a server stateful.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NoAntiReplayIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| sent(t, effect)))
}

fn sent(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::TicketSent { connection, stateless, .. } = *effect else { return Judgement::Silent };
    let Some(end) = t.connection(connection) else { return Judgement::Silent };
    let concerned = end.early_data == EarlyData::Allowed && end.anti_replay == AntiReplay::Off && end.tickets == Tickets::Stateless;
    if concerned { Judgement::of(stateless) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, EarlyData, Judgement, Opt, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetEarlyData(X1, EarlyData::Allowed));
        story.call(Call::SetOption(X1, Opt::NoAntiReplay)).pair().handshake(C0)
    }

    #[test]
    fn early_data_allowed() {
        assert_eq!(told(Story::page()).said("no-anti-replay-stateless"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::NoAntiReplayIgnored)).said("no-anti-replay-stateless"), Judgement::Broken);
    }

    #[test]
    fn no_early_data() {
        let story = Story::page().contexts(Version::Tls13).call(Call::SetOption(X1, Opt::NoAntiReplay)).pair().handshake(C0);
        assert_eq!(story.said("no-anti-replay-stateless"), Judgement::Silent);
    }
}
