//! A time or a timeout that is set on a session is what reads back, and setting it answers with 1.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, SessId, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "time-set-get",
    force: Force::Must,
    source: Source { page: "SSL_SESSION_get_time", section: "DESCRIPTION", paragraph: 2 },
    statement: "A time or a timeout that is set on a session is what reads back, and setting it answers with 1.",
    reading: Some(
        "The functions take any long and the page names no limit, so 0 and very large values are kept as they are. What a timeout below 0 means is not written: it is taken, and then the session is over at once, or refused with 0.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::SetTimeReturnsTime),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    match t.call() {
        Call::SessionSetTime(id, time) => Judgement::of(t.session(id).is_some_and(|s| s.time == time) && t.outcome == Outcome::Number(1)),
        Call::SessionSetTimeout(id, timeout_s) => set(t, id, timeout_s),
        _ => Judgement::Silent,
    }
}

/// A timeout below 0 may be refused: then the one before stands.
fn set(t: &Transition<'_>, id: SessId, timeout_s: i64) -> Judgement {
    let (Some(was), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    let refused = timeout_s < 0 && t.outcome == Outcome::Number(0) && now.timeout == was.timeout;
    Judgement::of(refused || (now.timeout == timeout_s && t.outcome == Outcome::Number(1)))
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Choice, Deviation, Judgement, Outcome, Version};

    fn told(story: Story, call: impl Fn(crate::SessId) -> Call, choice: Choice) -> Story {
        let story = story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        story.choosing(call(session), choice)
    }

    #[test]
    fn a_time() {
        let set = |s| Call::SessionSetTime(s, 5);
        assert_eq!(told(Story::page(), set, Choice::default()).said("time-set-get"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::SetTimeReturnsTime), set, Choice::default()).said("time-set-get"), Judgement::Broken);
    }

    #[test]
    fn timeouts_at_their_limits() {
        for seconds in [0, i64::MAX, -1] {
            let story = told(Story::page(), |s| Call::SessionSetTimeout(s, seconds), Choice::default());
            assert_eq!(story.said("time-set-get"), Judgement::Holds);
        }
    }

    #[test]
    fn refused() {
        let choice = Choice { negative_refused: true, ..Choice::default() };
        let story = told(Story::page(), |s| Call::SessionSetTimeout(s, -1), choice);
        assert_eq!((story.outcome, story.said("time-set-get")), (Outcome::Number(0), Judgement::Holds));
    }
}
