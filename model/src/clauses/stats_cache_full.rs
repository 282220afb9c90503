//! Every session that is dropped because the cache exceeded its size is counted once.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Removal, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-cache-full",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 12 },
    statement: "Every session that is dropped because the cache exceeded its size is counted once.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::StatisticsStandStill),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::CacheFull, |context| {
        let dropped = t.number_of(|e| matches!(*e, Effect::Unlinked { context: x, why: Removal::Size, .. } if x == context));
        dropped..=dropped
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetCacheSize(X1, 1));
        story.pair().handshake(C0).another_pair(ConnId(2), ConnId(3)).handshake(ConnId(2))
    }

    #[test]
    fn one_too_many() {
        assert_eq!(told(Story::page()).said("stats-cache-full"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::StatisticsStandStill)).said("stats-cache-full"), Judgement::Broken);
    }

    #[test]
    fn removed_otherwise() {
        let story = told(Story::page()).call(Call::FlushSessions(X1, 9000));
        assert_eq!(story.said("stats-cache-full"), Judgement::Silent);
    }
}
