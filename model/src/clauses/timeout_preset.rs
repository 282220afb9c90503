//! A new context gives its sessions 300 seconds, whatever the protocol.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "timeout-preset",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_timeout", section: "NOTES", paragraph: 5 },
    statement: "A new context gives its sessions 300 seconds, whatever the protocol.",
    reading: Some("Two pages name the value; it is read as the one a context has before anybody sets another."),
    status: Status::Checked,
    mutant: Some(Deviation::PresetTimeoutTwoHours),
    judge,
};

const PRESET_S: i64 = 300;

fn judge(t: &Transition<'_>) -> Judgement {
    if let Call::ContextNew(id, ..) = t.call() {
        return Judgement::of(t.context(id).is_some_and(|x| x.timeout == PRESET_S));
    }
    // The preset shows when it is replaced.
    let Call::SetTimeout(id, _) = t.call() else { return Judgement::Silent };
    let preset = t.was_context(id).is_some_and(|x| x.timeout == PRESET_S);
    if preset { Judgement::of(t.outcome == Outcome::Number(PRESET_S)) } else { Judgement::Silent }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Outcome, Side, Version,
        story::{Story, X1},
    };

    fn told(story: Story) -> Story {
        story.call(Call::ContextNew(X1, Side::Server, Version::Tls13))
    }

    #[test]
    fn new_context() {
        assert_eq!(told(Story::page()).said("timeout-preset"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::PresetTimeoutTwoHours)).said("timeout-preset"), Judgement::Broken);
    }

    #[test]
    fn replaced() {
        let story = told(Story::page()).call(Call::SetTimeout(X1, 20));
        assert_eq!((story.outcome, story.said("timeout-preset")), (Outcome::Number(300), Judgement::Holds));
        assert_eq!(story.call(Call::SetTimeout(X1, 30)).said("timeout-preset"), Judgement::Silent);
    }
}
