//! A session that could still be resumed can leave the cache whenever a flush finds it timed out.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "flush-may-drop",
    force: Force::May,
    source: Source { page: "SSL_get_session", section: "NOTES", paragraph: 6 },
    statement: "A session that could still be resumed can leave the cache whenever a flush finds it timed out.",
    reading: None,
    status: Status::ByConstruction("latitude: a flush is free to take what has timed out; flush-expired says that it must"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::FlushSessions(context, _) = t.call() else { return Judgement::Silent };
    let dropped = t.journal.sessions.iter().any(|(id, before)| {
        let good = before.as_ref().is_some_and(|s| s.link == Some(context) && s.is_resumable());
        good && t.session(*id).is_some_and(|s| s.link != Some(context))
    });
    if dropped { Judgement::Holds } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Judgement, Opt, Version};

    fn flushed(at: u32) -> Story {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).pair().handshake(C0);
        story.call(Call::FlushSessions(X1, at))
    }

    #[test]
    fn timed_out_while_its_connection_is_open() {
        assert_eq!(flushed(9000).said("flush-may-drop"), Judgement::Holds);
    }

    #[test]
    fn not_timed_out() {
        assert_eq!(flushed(1000).said("flush-may-drop"), Judgement::Silent);
    }
}
