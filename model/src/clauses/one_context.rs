//! A session, whatever its count, is used with one context and the connections made from it.

use crate::{Call, Clause, CtxId, Force, Judgement, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "one-context",
    force: Force::Caller,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 8 },
    statement: "A session, whatever its count, is used with one context and the connections made from it.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Some((session, context)) = used_with(t) else { return Judgement::Silent };
    if t.was_session(session).is_some_and(|s| s.context == Some(context)) { Judgement::Holds } else { Judgement::Silent }
}

/// The session that a call uses with a context, and that context.
fn used_with(t: &Transition<'_>) -> Option<(SessId, CtxId)> {
    if let Call::SetSession(connection, Some(session)) = t.call() {
        return Some((session, t.connection(connection)?.context));
    }
    let (Call::AddSession(context, session) | Call::RemoveSession(context, session)) = t.call() else { return None };
    Some((session, context))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X0, X1};
    use crate::{Call, ConnId, Judgement, Misuse, Outcome, Version};

    fn held() -> Story {
        Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0)).another_pair(ConnId(2), ConnId(3))
    }

    #[test]
    fn attached_in_its_own_context() {
        let story = held();
        let session = story.session_of(C0);
        assert_eq!(story.call(Call::SetSession(ConnId(2), Some(session))).said("one-context"), Judgement::Holds);
    }

    #[test]
    fn added_to_another() {
        let story = held();
        let session = story.session_of(C0);
        let story = story.call(Call::AddSession(X1, session));
        assert_eq!(story.outcome, Outcome::Refused(Misuse::SecondContext { session, first: X0, second: X1 }));
    }
}
