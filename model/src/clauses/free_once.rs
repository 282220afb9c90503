//! Each reference that SSL_get1_session gave is answered by exactly one SSL_SESSION_free.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "free-once",
    force: Force::Caller,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 7 },
    statement: "Each reference that SSL_get1_session gave is answered by exactly one SSL_SESSION_free.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionFree(id) = t.call() else { return Judgement::Silent };
    let last = t.was_session(id).is_some_and(|s| s.owned == 1) && t.session(id).is_some_and(|s| s.owned == 0);
    if last { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Judgement, Misuse, Outcome, Version};

    fn held() -> Story {
        Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0))
    }

    #[test]
    fn given_back_once() {
        let story = held();
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionFree(session)).said("free-once"), Judgement::Holds);
    }

    #[test]
    fn never_given_back() {
        let story = held();
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionForget(session)).outcome, Outcome::Refused(Misuse::Forgotten(session)));
    }
}
