//! Where the get callback sets copy to 1, or leaves it, the library takes a reference of its own; where it sets 0, the library takes over the caller's.

use crate::{Call, Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-cb-copy",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 6 },
    statement: "Where the get callback sets copy to 1, or leaves it, the library takes a reference of its own; where it sets 0, the library takes over the caller's.",
    reading: Some(
        "Judged by the sum: after the call the session has as many references as there are holders, and with 0 the caller is one of them no more.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::GetCallbackNotCopied),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(_) = t.call() else { return Judgement::Silent };
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::GetCallback { answer: Some(id), .. } = *e else { return Judgement::Silent };
        let Some(session) = t.session(id) else { return Judgement::Silent };
        let held = t.after.holders(id);
        Judgement::of(session.count == held && session.freed == (held == 0))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, GetCallback, Judgement, NewCallback, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetNewCallback(X1, NewCallback::Keep)).call(Call::SetGetCallback(X1, GetCallback::Copy));
        let story = story.pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story
            .call(Call::Shutdown(C0))
            .call(Call::Shutdown(C1))
            .call(Call::SetCacheMode(X1, CacheMode { no_lookup: true, ..CacheMode::SERVER }));
        let story = story.another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)));
        story.call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn copied() {
        assert_eq!(told(Story::page()).said("get-cb-copy"), Judgement::Holds);
    }

    #[test]
    fn not_copied() {
        assert_eq!(told(Story::with(Deviation::GetCallbackNotCopied)).said("get-cb-copy"), Judgement::Broken);
    }
}
