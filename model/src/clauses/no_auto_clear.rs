//! With the no-auto-clear flag the library takes no expired session out of the cache unless a flush is called for.

use crate::{Call, Clause, Context, CtxId, Deviation, Force, Judgement, Removal, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-auto-clear",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_session_cache_mode", section: "NOTES", paragraph: 10 },
    statement: "With the no-auto-clear flag the library takes no expired session out of the cache unless a flush is called for.",
    reading: Some("Judged where a handshake completes or a session is established: that is when a library would look."),
    status: Status::Checked,
    mutant: Some(Deviation::AutoClearIgnoresFlag),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::FlushSessions(..) | Call::ContextFree(_) = t.call() {
        return Judgement::Silent;
    }
    Judgement::all(t.journal.contexts.iter().map(|(id, before)| match (before, t.context(*id)) {
        (Some(before), Some(now)) if before.mode.no_auto_clear && t.has_grown(*id) => kept(t, *id, before, now),
        _ => Judgement::Silent,
    }))
}

/// Whether what is expired is still there, or left for another reason.
fn kept(t: &Transition<'_>, id: CtxId, before: &Context, now: &Context) -> Judgement {
    let expired = |s: &&SessId| t.was_session(**s).is_some_and(|s| s.is_expired(t.after.now));
    let stays = |s: &SessId| now.holds(*s) || t.removal(id, *s).is_some_and(|why| why != Removal::Expired);
    Judgement::all(before.cache.iter().filter(expired).map(|s| Judgement::of(stays(s))))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{CacheMode, Call, Choice, ConnId, Deviation, Judgement, Opt, Version};

    fn told(story: Story, no_auto_clear: bool) -> Story {
        let mode = CacheMode { no_auto_clear, ..CacheMode::SERVER };
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetTimeout(X1, 5));
        let story = story.call(Call::SetCacheMode(X1, mode)).pair().handshake(C0).call(Call::Advance(9));
        let choice = Choice { servers_flushed: true, ..Choice::default() };
        story.another_pair(ConnId(2), ConnId(3)).call(Call::Hello(ConnId(2))).choosing(Call::Complete(ConnId(2)), choice)
    }

    #[test]
    fn flagged() {
        assert_eq!(told(Story::page(), true).said("no-auto-clear"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::AutoClearIgnoresFlag), true).said("no-auto-clear"), Judgement::Broken);
    }

    #[test]
    fn not_flagged() {
        let story = told(Story::page(), false);
        assert_eq!(story.said("no-auto-clear"), Judgement::Silent);
        assert_eq!(story.said("auto-clear"), Judgement::Holds);
    }
}
