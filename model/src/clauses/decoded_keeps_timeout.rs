//! A decoded session is good for as many seconds as the one that was encoded.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "decoded-keeps-timeout",
    force: Force::Must,
    source: Source { page: "d2i_SSL_SESSION", section: "DESCRIPTION", paragraph: 1 },
    statement: "A decoded session is good for as many seconds as the one that was encoded.",
    reading: Some("The page has the two functions turn a session into bytes and back; it makes no exception of a timeout of 0."),
    status: Status::Checked,
    mutant: Some(Deviation::DecodedTimelessGetsThree),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::SessionDecode(from), Outcome::Session(Some(copy))) = (t.call(), t.outcome) else { return Judgement::Silent };
    let timeout = |id: SessId| t.session(id).map(|s| s.timeout);
    Judgement::of(timeout(copy) == timeout(from))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Version,
        story::{C0, Story},
    };

    fn told(story: Story, timeout_s: i64) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        story.call(Call::SessionSetTimeout(session, timeout_s)).call(Call::SessionDecode(session))
    }

    #[test]
    fn seven_seconds() {
        assert_eq!(told(Story::page(), 7).said("decoded-keeps-timeout"), Judgement::Holds);
    }

    #[test]
    fn no_second() {
        assert_eq!(told(Story::page(), 0).said("decoded-keeps-timeout"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::DecodedTimelessGetsThree), 0).said("decoded-keeps-timeout"), Judgement::Broken);
    }
}
