//! A server asks the get callback where its internal cache has no session of the id proposed, or is not looked at.

use crate::{Call, Clause, Deviation, Effect, Force, GetCallback, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-cb-when-missed",
    force: Force::Must,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "DESCRIPTION", paragraph: 3 },
    statement: "A server asks the get callback where its internal cache has no session of the id proposed, or is not looked at.",
    reading: Some(
        "A ticket that holds the session itself is not looked up, so nothing is missed there. Where caching is off: get-cb-cache-off.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::GetCallbackNeverAsked),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Hello(_) = t.call() else { return Judgement::Silent };
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::Lookup { connection, inside: false, .. } = *e else { return Judgement::Silent };
        if t.context_of(connection).is_none_or(|x| x.get_callback == GetCallback::Unset || !x.mode.server) {
            return Judgement::Silent;
        }
        let asked = |e: &Effect| matches!(e, Effect::GetCallback { connection: c, .. } if *c == connection);
        Judgement::of(t.effects().iter().any(asked))
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{CacheMode, Call, ConnId, Deviation, GetCallback, Judgement, Opt, Version};

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));
        let story = story.call(Call::SetCacheMode(X1, CacheMode { no_lookup: true, ..CacheMode::SERVER }));
        let story = story.call(Call::SetGetCallback(X1, GetCallback::Miss)).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        let story = story.another_pair(ConnId(2), ConnId(3)).call(Call::SetSession(ConnId(2), Some(session)));
        story.call(Call::Hello(ConnId(2)))
    }

    #[test]
    fn not_looked_inside() {
        assert_eq!(told(Story::page()).said("get-cb-when-missed"), Judgement::Holds);
    }

    #[test]
    fn never_asked() {
        assert_eq!(told(Story::with(Deviation::GetCallbackNeverAsked)).said("get-cb-when-missed"), Judgement::Broken);
    }

    #[test]
    fn nothing_proposed() {
        let story = Story::page().contexts(Version::Tls12).call(Call::SetGetCallback(X1, GetCallback::Miss)).pair().call(Call::Hello(C0));
        assert_eq!(story.said("get-cb-when-missed"), Judgement::Silent);
    }
}
