//! A session that is in a cache is not given another id.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "cached-id-stays",
    force: Force::Caller,
    source: Source { page: "SSL_CTX_add_session", section: "NOTES", paragraph: 1 },
    statement: "A session that is in a cache is not given another id.",
    reading: Some(
        "No page forbids it in so many words. A cache compares sessions by the id they had when they were added, so one that is given another can be neither found nor replaced nor removed: the application takes it out first.",
    ),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::SessionSetId(id, _) | Call::SessionSetIdOf(id, _)) = t.call() else { return Judgement::Silent };
    if t.was_session(id).is_some_and(|s| s.link.is_none()) { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Judgement, Misuse, NewId, Opt, Outcome, Version};

    fn connected() -> Story {
        Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0)
    }

    #[test]
    fn renamed_in_the_cache() {
        let story = connected().call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story = story.call(Call::SessionSetId(session, NewId::Fresh));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::RenamedInCache(session)));
    }

    #[test]
    fn renamed_outside() {
        let story = connected().call(Call::Get1(C0));
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionSetId(session, NewId::Fresh)).said("cached-id-stays"), Judgement::Holds);
    }
}
