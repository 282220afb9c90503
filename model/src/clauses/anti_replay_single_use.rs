//! A server that allows early data resumes only what is in its cache, and takes it out of there: each ticket resumes once.

use crate::{Clause, Deviation, Effect, Force, Judgement, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "anti-replay-single-use",
    force: Force::Must,
    source: Source { page: "SSL_read_early_data", section: "REPLAY PROTECTION", paragraph: 2 },
    statement: "A server that allows early data resumes only what is in its cache, and takes it out of there: each ticket resumes once.",
    reading: None,
    status: Status::Checked,
    mutant: Some(Deviation::AntiReplayKeeps),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|effect| decided(t, effect)))
}

fn decided(t: &Transition<'_>, effect: &Effect) -> Judgement {
    let Effect::Decided { connection, resumed, .. } = *effect else { return Judgement::Silent };
    let Some(server) = t.connection(connection).filter(|c| c.is_guarded()) else { return Judgement::Silent };
    let guarded = t.context(server.context).is_some_and(|x| x.version == Version::Tls13);
    if !guarded || !(resumed || server.reused) {
        return Judgement::Silent;
    }
    let looked_up = t.effects().iter().rev().find_map(|e| match e {
        Effect::Lookup { connection: c, found, .. } if *c == connection => *found,
        _ => None,
    });
    let Some(id) = looked_up.or(server.session) else { return Judgement::Broken };
    // What was found outside may have been copied in first.
    let copied = t.effects().iter().any(|e| matches!(e, Effect::Linked { session, .. } if *session == id));
    let was_in = copied || t.was_session(id).is_some_and(|s| s.link == Some(server.context));
    Judgement::of(was_in && t.session(id).is_some_and(|s| s.link.is_none() && s.marked))
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, ConnId, Deviation, EarlyData, Judgement, Version,
        story::{C0, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls13).call(Call::SetEarlyData(X1, EarlyData::Allowed)).pair().handshake(C0);
        story.call(Call::Read(C0)).proposing(C0, ConnId(2), ConnId(3))
    }

    #[test]
    fn proposed_once() {
        assert_eq!(told(Story::page()).said("anti-replay-single-use"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::AntiReplayKeeps)).said("anti-replay-single-use"), Judgement::Broken);
    }

    #[test]
    fn proposed_twice() {
        let story = told(Story::page()).proposing(C0, ConnId(4), ConnId(5));
        assert!(story.state.connections.get(ConnId(5)).is_some_and(|c| !c.reused));
        assert_eq!(story.said("anti-replay-single-use"), Judgement::Silent);
    }
}
