//! Only a reference that the application owns is given back by SSL_SESSION_free.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "free-only-own",
    force: Force::Caller,
    source: Source { page: "SSL_SESSION_free", section: "NOTES", paragraph: 2 },
    statement: "Only a reference that the application owns is given back by SSL_SESSION_free.",
    reading: Some("Owned are references from get1, up_ref, new, dup, decoding, and from a new-session callback that returned 1."),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::SessionFree(id) = t.call() else { return Judgement::Silent };
    if t.was_session(id).is_some_and(|s| s.owned > 0) { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Judgement, Misuse, Outcome, Version};

    fn connected() -> Story {
        Story::page().contexts(Version::Tls12).pair().handshake(C0)
    }

    #[test]
    fn own_reference_beside_the_connections() {
        let story = connected().call(Call::Get1(C0));
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionFree(session)).said("free-only-own"), Judgement::Holds);
    }

    #[test]
    fn borrowed_and_freed() {
        let story = connected().call(Call::Get0(C0));
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionFree(session)).outcome, Outcome::Refused(Misuse::NotOwned(session)));
    }
}
