//! What is decoded resumes where the session that was encoded would, as long as that would, and nowhere else.

use crate::{Call, Clause, Coding, Deviation, Force, Judgement, Outcome, Session, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "i2d-d2i-same",
    force: Force::Must,
    source: Source { page: "d2i_SSL_SESSION", section: "DESCRIPTION", paragraph: 1 },
    statement: "What is decoded resumes where the session that was encoded would, as long as that would, and nowhere else.",
    reading: Some(
        "The two are one session in all that decides where and until when it resumes: identity, ticket, version, end, session id context, time, timeout, lifetime hint. Whether the mark is of the session or of the object is left open, since it came to that object without a handshake.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::DecodingRestartsTime),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let from = match t.call() {
        Call::SessionDecode(from) | Call::SessionDecodeAs(from, Coding::Der | Coding::Pem) => from,
        _ => return Judgement::Silent,
    };
    let Outcome::Session(Some(decoded)) = t.outcome else { return Judgement::Silent };
    let (Some(decoded), Some(from)) = (t.session(decoded), t.session(from)) else { return Judgement::Silent };
    Judgement::of(is_same(decoded, from))
}

/// Whether two objects are one session in all that decides where and until when it resumes.
pub(super) fn is_same(one: &Session, other: &Session) -> bool {
    let names = |s: &Session| (s.identity, s.own, s.ticket, s.version, s.side);
    let limits = |s: &Session| (s.sid_ctx, s.time, s.timeout, s.hint);
    names(one) == names(other) && limits(one) == limits(other)
}

#[cfg(test)]
mod tests {
    use crate::story::Story;
    use crate::{Call, Coding, Deviation, Judgement};

    fn told(story: Story, timeout_s: i64) -> Story {
        let (story, session) = story.held();
        let story = story.call(Call::SessionSetTimeout(session, timeout_s)).call(Call::Advance(1));
        story.call(Call::SessionDecodeAs(session, Coding::Pem))
    }

    #[test]
    fn decoded_later() {
        assert_eq!(told(Story::page(), 7).said("i2d-d2i-same"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::DecodingRestartsTime), 7).said("i2d-d2i-same"), Judgement::Broken);
    }

    #[test]
    fn timeout_of_zero() {
        assert_eq!(told(Story::page(), 0).said("i2d-d2i-same"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::DecodedTimelessGetsThree), 0).said("i2d-d2i-same"), Judgement::Broken);
    }

    #[test]
    fn only_copied() {
        let (story, session) = Story::page().held();
        assert_eq!(story.call(Call::SessionDup(session)).said("i2d-d2i-same"), Judgement::Silent);
    }
}
