//! With the update-time flag a cached session that is resumed is as old as its last use.

use crate::{Clause, ConnId, Deviation, Effect, Force, Judgement, SessId, Side, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "update-time",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 14 },
    statement: "With the update-time flag a cached session that is resumed is as old as its last use.",
    reading: Some(
        "Used is what SSL_session_reused tells of: resumed. Adding a session by hand, or announcing it, is no use of it. Sessions that are in no cache are as they came.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::UpdateTimeOnlyWhenAdded),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| match *e {
        Effect::Decided { connection, resumed: true, .. } => used(t, connection, t.connection(connection).and_then(|c| c.session)),
        Effect::Completed { connection, tried, resumed: true } if is_client(t, connection) => used(t, connection, tried),
        Effect::Completed { connection, tried: Some(session), resumed: true } if !took(t, connection) && !kept(t, session) => {
            Judgement::Broken
        }
        _ => Judgement::Silent,
    }))
}

/// Whether a server took the session in this very step.
fn took(t: &Transition<'_>, server: ConnId) -> bool {
    t.effects().iter().any(|e| matches!(e, Effect::Decided { connection, resumed: true, .. } if *connection == server))
}

/// Whether a session that a server resumed is as old as it was when it was taken.
fn kept(t: &Transition<'_>, session: SessId) -> bool {
    let updates = t.session(session).and_then(|s| s.link).and_then(|x| t.context(x)).is_some_and(|x| x.mode.update_time);
    !updates || t.was_session(session).map(|s| s.time) == t.session(session).map(|s| s.time)
}

fn is_client(t: &Transition<'_>, connection: ConnId) -> bool {
    t.context_of(connection).is_some_and(|x| x.side == Side::Client)
}

fn used(t: &Transition<'_>, connection: ConnId, session: Option<SessId>) -> Judgement {
    let Some((context, session)) = t.made_from(connection).zip(session) else { return Judgement::Silent };
    let updates = t.context(context).is_some_and(|x| x.mode.update_time);
    let Some(now) = t.session(session).filter(|s| updates && s.link == Some(context)) else { return Judgement::Silent };
    Judgement::of(now.time == i64::from(t.after.now))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story, update_time: bool) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetCacheMode(X1, CacheMode { update_time, ..CacheMode::SERVER })).pair().handshake(C0);
        let story = story.call(Call::Shutdown(C0)).call(Call::Shutdown(C1)).call(Call::Advance(5));
        story.proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn used_later() {
        assert_eq!(told(Story::page(), true).said("update-time"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::UpdateTimeOnlyWhenAdded), true).said("update-time"), Judgement::Broken);
    }

    #[test]
    fn without_the_flag() {
        let story = told(Story::page(), false);
        assert_eq!(story.said("update-time"), Judgement::Silent);
        assert_eq!(story.state.sessions.get(story.session_of(ConnId(3))).map(|s| s.time), Some(1000));
    }
}
