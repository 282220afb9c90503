//! What SSL_free gives back along with a connection is not freed by the application as well.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "free-indirect",
    force: Force::Caller,
    source: Source { page: "SSL_free", section: "NOTES", paragraph: 1 },
    statement: "What SSL_free gives back along with a connection is not freed by the application as well.",
    reading: Some(
        "Of these things the session is modelled. Freed while its connection has it, it is a reference that the application does not own \
         (free-only-own); freed afterwards, it is this.",
    ),
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::ConnectionFree(id) = t.call() else { return Judgement::Silent };
    let lent = |b: &crate::Borrow| b.of == Some(id);
    if t.connection(id).is_none() && t.journal.borrows.iter().any(lent) { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Judgement, Misuse, Outcome, Version};

    fn lent() -> Story {
        Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get0(C0))
    }

    #[test]
    fn freed_with_the_connection() {
        assert_eq!(lent().call(Call::ConnectionFree(C0)).said("free-indirect"), Judgement::Holds);
    }

    #[test]
    fn freed_once_more() {
        let story = lent();
        let session = story.session_of(C0);
        let story = story.call(Call::ConnectionFree(C0)).call(Call::SessionFree(session));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::FreedIndirectly(session)));
    }

    #[test]
    fn a_reference_of_ones_own() {
        let story = lent().call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.call(Call::ConnectionFree(C0)).call(Call::SessionFree(session));
        assert_eq!(story.outcome, Outcome::Done);
    }
}
