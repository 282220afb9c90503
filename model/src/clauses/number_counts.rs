//! Sess_number answers with the number of sessions in the internal cache.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "number-counts",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_number", section: "DESCRIPTION", paragraph: 1 },
    statement: "Sess_number answers with the number of sessions in the internal cache.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::NumberOnlyOfStored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::CacheNumber(id) = t.call() else { return Judgement::Silent };
    let Some(was) = t.was_context(id) else { return Judgement::Silent };
    Judgement::of(i64::try_from(was.cache.len()).is_ok_and(|number| t.outcome == Outcome::Number(number)))
}

#[cfg(test)]
mod tests {
    use crate::{
        CacheMode, Call, Deviation, Judgement, Opt, Outcome, Version,
        story::{C0, Story, X0, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        let mode = CacheMode { no_store: true, ..CacheMode::SERVER };
        story.pair().handshake(C0).call(Call::SetCacheMode(X1, mode)).call(Call::CacheNumber(X1))
    }

    #[test]
    fn stored_before_storing_was_switched_off() {
        assert_eq!(told(Story::page()).said("number-counts"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::NumberOnlyOfStored)).said("number-counts"), Judgement::Broken);
    }

    #[test]
    fn empty() {
        let story = told(Story::page()).call(Call::CacheNumber(X0));
        assert_eq!((story.outcome, story.said("number-counts")), (Outcome::Number(0), Judgement::Holds));
    }
}
