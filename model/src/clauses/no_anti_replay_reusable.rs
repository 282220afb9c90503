//! With NO_ANTI_REPLAY a session in the cache of a server that allows early data stays there when it is resumed.

use crate::{AntiReplay, Clause, Deviation, EarlyData, Effect, Force, Judgement, Removal, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-anti-replay-reusable",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 30 },
    statement: "With NO_ANTI_REPLAY a session in the cache of a server that allows early data stays there when it is resumed.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NoAntiReplayIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| decided(t, effect)))
}

fn decided(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Lookup { connection, found: Some(session), inside: true, .. } = *effect else { return Judgement::Silent };
    let Some(server) = t.connection(connection) else { return Judgement::Silent };
    let unguarded = server.early_data == EarlyData::Allowed && server.anti_replay == AntiReplay::Off;
    if !unguarded || t.version(connection) != Some(Version::Tls13) || !server.reused {
        return Judgement::Silent;
    }
    // tickets that are sent in the same step can have pushed it out
    if t.removal(server.context, session).is_some_and(|why| why != Removal::SingleUse) {
        return Judgement::Silent;
    }
    Judgement::of(t.session(session).is_some_and(|s| s.link == Some(server.context)))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, EarlyData, Judgement, Opt, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story =
            story.contexts(Version::Tls13).call(Call::SetEarlyData(X1, EarlyData::Allowed)).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetOption(X1, Opt::NoAntiReplay)).pair().handshake(C0).call(Call::Read(C0));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn resumed_from_the_cache() {
        assert_eq!(told(Story::page()).said("no-anti-replay-reusable"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::NoAntiReplayIgnored)).said("no-anti-replay-reusable"), Judgement::Broken);
    }

    #[test]
    fn resumed_again() {
        let story = told(Story::page()).proposing(C0, ConnId(4), ConnId(5));
        assert_eq!(story.said("no-anti-replay-reusable"), Judgement::Holds);
    }
}
