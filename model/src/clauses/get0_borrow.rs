//! A pointer from SSL_get0_session is used only while its connection is in use and still has that session.

use crate::{Call, Clause, Force, Judgement, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get0-borrow",
    force: Force::Caller,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 6 },
    statement: "A pointer from SSL_get0_session is used only while its connection is in use and still has that session.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Some(id) = passed(t.call()) else { return Judgement::Silent };
    let owned = t.was_session(id).is_none_or(|s| s.owned > 0);
    let lent = t.journal.borrows.iter().any(|b| b.session == id && b.of.is_some());
    if !owned && lent { Judgement::Holds } else { Judgement::Silent }
}

/// The session that a call is given a pointer to.
fn passed(call: Call) -> Option<SessId> {
    let (Call::SessionUse(id)
    | Call::SessionIsResumable(id)
    | Call::SessionUpRef(id)
    | Call::SessionDup(id)
    | Call::SessionDecode(id)
    | Call::SessionSetTime(id, _)
    | Call::SessionSetTimeout(id, _)
    | Call::AddSession(_, id)
    | Call::RemoveSession(_, id)
    | Call::SetSession(_, Some(id))) = call
    else {
        return None;
    };
    Some(id)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Judgement, Misuse, Outcome, Version};

    fn borrowed() -> Story {
        Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get0(C0))
    }

    #[test]
    fn used_while_the_connection_has_it() {
        let story = borrowed();
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SessionUse(session)).said("get0-borrow"), Judgement::Holds);
    }

    #[test]
    fn used_after_the_connection_was_freed() {
        let story = borrowed();
        let session = story.session_of(C0);
        let story = story.call(Call::ConnectionFree(C0)).call(Call::SessionUse(session));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::EndedBorrow(session)));
        assert_eq!(story.said("get0-borrow"), Judgement::Silent);
    }
}
