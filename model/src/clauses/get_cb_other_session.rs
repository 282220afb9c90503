//! A get callback is told which id the client proposed; what follows where it gives another session than that is not said.

use crate::{Clause, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-cb-other-session",
    force: Force::May,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 6 },
    statement: "A get callback is told which id the client proposed; what follows where it gives another session than that is not said.",
    reading: Some(
        "The handshake may go on as a full one or fail, at either end; the same where a session that the cache finds was given its id by set1_id. Counts have to be right all the same.",
    ),
    status: Status::NotSpecified("programs that keep sessions outside meet it, and libraries fail the handshake"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::GetCallback { identity, answer: Some(answer), .. } = e else { return Judgement::Silent };
        if t.was_session(*answer).is_some_and(|s| s.identity != Some(*identity)) { Judgement::Holds } else { Judgement::Silent }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{Call, Choice, ConnId, GetCallback, Judgement, Opt, Phase, Version};

    /// A client proposes its session, and the server's application gives another.
    fn told(callback: GetCallback, version: Version, choice: Choice) -> Story {
        let story = Story::page().contexts(version).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0).call(Call::Get1(C1));
        let session = story.session_of(C1);
        let story = story.call(Call::Read(C0)).call(Call::RemoveSession(X1, session)).call(Call::SetGetCallback(X1, callback));
        let story = story.another_pair(ConnId(4), ConnId(5)).handshake(ConnId(4)).call(Call::Read(ConnId(4))).call(Call::Get1(ConnId(5)));
        let story = story.call(Call::SessionFree(session)).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)));
        story.choosing(Call::Hello(ConnId(2)), choice)
    }

    fn phase(story: &Story) -> Option<Phase> {
        story.state.connections.get(ConnId(3)).map(|c| c.phase)
    }

    #[test]
    fn another_session() {
        let fatal = Choice { stranger_fatal: true, ..Choice::default() };
        let soft = told(GetCallback::Any, Version::Tls13, Choice::default());
        assert_eq!((soft.said("get-cb-other-session"), phase(&soft)), (Judgement::Holds, Some(Phase::Hello)));
        let failed = told(GetCallback::Any, Version::Tls13, fatal);
        assert_eq!((failed.said("get-cb-other-session"), phase(&failed)), (Judgement::Holds, Some(Phase::Failed)));
        assert!(failed.broken().is_empty() && soft.broken().is_empty());
        let late = told(GetCallback::Any, Version::Tls12, fatal).call(Call::Complete(ConnId(2)));
        assert_eq!((late.broken(), phase(&late)), (vec![], Some(Phase::Failed)));
    }

    #[test]
    fn nothing_found() {
        assert_eq!(told(GetCallback::Miss, Version::Tls12, Choice::default()).said("get-cb-other-session"), Judgement::Silent);
    }
}
