//! Every session that the get callback gave is counted once on that server.

use crate::{Clause, Counter, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "stats-cb-hits",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 9 },
    statement: "Every session that the get callback gave is counted once on that server.",
    reading: Some(
        "Whether a session counts that the callback gave and that cannot be resumed is left open; one that is found expired counts.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::StatisticsStandStill),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    t.grew(Counter::CallbackHits, |context| {
        let here = |connection| t.made_from(connection) == Some(context);
        let given = t.number_of(|e| matches!(*e, Effect::GetCallback { connection, answer: Some(_), .. } if here(connection)));
        let used = t.number_of(|e| matches!(*e, Effect::Lookup { connection, found: Some(_), inside: false, .. } if here(connection)));
        used.min(given)..=given
    })
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, GetCallback, Judgement, NewCallback, Opt, Version};

    fn told(story: Story) -> Story {
        let story =
            story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetNewCallback(X1, NewCallback::Keep));
        let mode = CacheMode { no_lookup: true, ..CacheMode::SERVER };
        let story = story.call(Call::SetGetCallback(X1, GetCallback::Copy)).call(Call::SetCacheMode(X1, mode)).pair().handshake(C0);
        story.call(Call::Shutdown(C0)).call(Call::Shutdown(C1))
    }

    #[test]
    fn found_outside() {
        let found = |story| told(story).proposing(C0, ConnId(2), ConnId(3)).said("stats-cb-hits");
        assert_eq!(found(Story::page()), Judgement::Holds);
        assert_eq!(found(Story::with(Deviation::StatisticsStandStill)), Judgement::Broken);
    }

    #[test]
    fn nothing_outside() {
        let story = told(Story::page()).call(Call::SetGetCallback(X1, GetCallback::Miss)).proposing(C0, ConnId(2), ConnId(3));
        assert_eq!(story.said("stats-cb-hits"), Judgement::Silent);
    }
}
