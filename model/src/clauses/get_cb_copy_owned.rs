//! A get callback that writes 0 to copy has a reference to give away; where it writes 1 or nothing its own stays its own.

use crate::{Clause, Effect, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get-cb-copy-owned",
    force: Force::Caller,
    source: Source { page: "SSL_CTX_sess_set_get_cb", section: "NOTES", paragraph: 6 },
    statement: "A get callback that writes 0 to copy has a reference to give away; where it writes 1 or nothing its own stays its own.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; see its witness of need"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::GetCallback { answer: Some(id), copy, .. } = *e else { return Judgement::Silent };
        let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
        let kept = if copy { now.owned == was.owned } else { was.owned > 0 && now.owned + 1 == was.owned };
        if kept { Judgement::Holds } else { Judgement::Silent }
    }))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, C1, Story, X1};
    use crate::{CacheMode, Call, ConnId, GetCallback, Judgement, Misuse, Opt, Outcome, Version};

    fn told(callback: GetCallback) -> Story {
        let mode = CacheMode { no_lookup: true, ..CacheMode::SERVER };
        let story = Story::page().contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket)).call(Call::SetCacheMode(X1, mode));
        let story = story.call(Call::SetGetCallback(X1, callback)).pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Shutdown(C1));
        if callback == GetCallback::GiveBorrowed { story.call(Call::Get0(C1)) } else { story.call(Call::Get1(C1)) }
    }

    #[test]
    fn given_away() {
        let story = told(GetCallback::Give).proposing(C0, ConnId(2), ConnId(3));
        assert_eq!(story.said("get-cb-copy-owned"), Judgement::Holds);
    }

    #[test]
    fn borrowed_and_given_away() {
        let story = told(GetCallback::GiveBorrowed);
        let session = story.session_of(C1);
        assert_eq!(story.proposing(C0, ConnId(2), ConnId(3)).outcome, Outcome::Refused(Misuse::GivesBorrowed(session)));
    }
}
