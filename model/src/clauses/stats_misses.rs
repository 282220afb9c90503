//! Every session that is proposed and not found in the internal cache is counted once on that server.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-misses",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 10 },
    statement: "Every session that is proposed and not found in the internal cache is counted once on that server.",
    reading: Some(
        "A ticket that holds the session itself is not looked up, so nothing is missed. Whether a server that is told not to look inside misses anything is left open.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::StatisticsStandStill),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::Misses, |context| {
        let here = |connection| t.made_from(connection) == Some(context);
        let missed = t.number_of(|e| matches!(*e, Effect::Lookup { connection, inside: false, .. } if here(connection)));
        // a server that does not look inside finds nothing there
        let looks = t.context(context).is_some_and(|x| x.mode.server && !x.mode.no_lookup);
        if looks { missed..=missed } else { 0..=missed }
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        story.call(Call::Shutdown(C0)).call(Call::Shutdown(C1))
    }

    #[test]
    fn flushed_before() {
        let missed = |story| told(story).call(Call::FlushSessions(X1, 9000)).proposing(C0, ConnId(2), ConnId(3)).said("stats-misses");
        assert_eq!(missed(Story::page()), Judgement::Holds);
        assert_eq!(missed(Story::with(Deviation::StatisticsStandStill)), Judgement::Broken);
    }

    #[test]
    fn found() {
        assert_eq!(told(Story::page()).proposing(C0, ConnId(2), ConnId(3)).said("stats-misses"), Judgement::Silent);
    }

    #[test]
    fn not_looked_for() {
        let mode = CacheMode { no_lookup: true, ..CacheMode::SERVER };
        let story = told(Story::page()).call(Call::SetCacheMode(X1, mode)).proposing(C0, ConnId(2), ConnId(3));
        assert_eq!(story.said("stats-misses"), Judgement::Silent);
    }
}
