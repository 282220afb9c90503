//! A context's timeout goes to sessions made after it was set and to no earlier one, and setting it answers with the value before.

use crate::{Call, Clause, ConnId, Deviation, Force, Hook, Judgement, Outcome, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "timeout-later-only",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_timeout", section: "NOTES", paragraph: 2 },
    statement: "A context's timeout goes to sessions made after it was set and to no earlier one, and setting it answers with the value before.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::TimeoutRetroactive),
    judge,
};

const PRESET_S: i64 = 300;

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::Hello(client) = t.call() {
        let server = t.connection(client).and_then(|c| c.peer);
        return Judgement::all([Some(client), server].into_iter().flatten().map(|end| made(t, end)));
    }
    // a callback of tickets may set the timeout of a session by itself
    if let (Call::Complete(_), None) = (t.call(), t.answers(Hook::TicketGenerate).next()) {
        return if kept(t) { Judgement::Silent } else { Judgement::Broken };
    }
    let Call::SetTimeout(id, timeout_s) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_context(id), t.context(id)) else { return Judgement::Silent };
    let same = |s: &SessId| t.was_session(*s).map(|s| s.timeout) == t.session(*s).map(|s| s.timeout);
    // What the preset is, is another clause's matter.
    let answered = was.timeout == PRESET_S || t.outcome == Outcome::Number(was.timeout);
    Judgement::of(answered && now.timeout == timeout_s && was.cache.iter().all(same))
}

/// Whether no session has another timeout than before.
fn kept(t: &Transition<'_>) -> bool {
    let timeout = |id: SessId| t.session(id).map(|s| s.timeout);
    t.journal.sessions.iter().all(|(id, before)| before.as_ref().is_none_or(|s| timeout(*id).is_none_or(|now| now == s.timeout)))
}

fn made(t: &Transition<'_>, end: ConnId) -> Judgement {
    let Some(connection) = t.connection(end).filter(|c| !c.reused) else { return Judgement::Silent };
    let Some(id) = connection.session.filter(|s| t.was_session(*s).is_none()) else { return Judgement::Silent };
    let (Some(session), Some(context)) = (t.session(id), t.context(connection.context)) else { return Judgement::Silent };
    Judgement::of(session.timeout == context.timeout)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, Judgement, Opt, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::SetTimeout(X1, 20))
    }

    #[test]
    fn a_cached_session() {
        assert_eq!(told(Story::page()).said("timeout-later-only"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::TimeoutRetroactive)).said("timeout-later-only"), Judgement::Broken);
    }

    #[test]
    fn the_next_session() {
        let story = told(Story::page()).another_pair(ConnId(2), ConnId(3)).call(Call::Hello(ConnId(2)));
        let session = story.session_of(ConnId(3));
        assert_eq!(story.state.sessions.get(session).map(|s| s.timeout), Some(20));
        assert_eq!(story.said("timeout-later-only"), Judgement::Holds);
    }
}
