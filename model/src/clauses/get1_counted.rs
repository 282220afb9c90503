//! SSL_get1_session gives the same session as SSL_get0_session would, and adds one reference to it.

use crate::{Call, Clause, Deviation, Force, Judgement, Outcome, Phase, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "get1-counted",
    force: Force::Must,
    source: Source { page: "SSL_get_session", section: "DESCRIPTION", paragraph: 3 },
    statement: "SSL_get1_session gives the same session as SSL_get0_session would, and adds one reference to it.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::Get1DoesNotCount),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let (Call::Get1(connection), Outcome::Session(Some(id))) = (t.call(), t.outcome) else { return Judgement::Silent };
    let (Some(before), Some(now)) = (t.was_session(id), t.session(id)) else { return Judgement::Silent };
    let Some(connection) = t.was_connection(connection) else { return Judgement::Silent };
    let same = connection.session == Some(id) || connection.phase == Phase::Hello;
    Judgement::of(same && now.count == before.count + 1)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story) -> Story {
        story.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0))
    }

    #[test]
    fn held() {
        assert_eq!(told(Story::page()).said("get1-counted"), Judgement::Holds);
    }

    #[test]
    fn held_without_counting() {
        assert_eq!(told(Story::with(Deviation::Get1DoesNotCount)).said("get1-counted"), Judgement::Broken);
    }
}
