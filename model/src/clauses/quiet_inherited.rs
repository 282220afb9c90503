//! A new connection is as quiet as its context is then; what either is set to later, and SSL_clear, leave the other as it is.

use crate::{Call, Clause, Deviation, Force, Judgement, Quiet, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "quiet-inherited",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_quiet_shutdown", section: "DESCRIPTION", paragraph: 1 },
    statement: "A new connection is as quiet as its context is then; what either is set to later, and SSL_clear, leave the other as it is.",
    reading: Some("What a connection was made with shows when it shuts down; so it is judged there as well."),
    status: Status::Checked,
    mutant: Some(Deviation::ContextQuietIgnored),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    match t.call() {
        Call::ConnectionNew(c, x) => {
            let (Some(connection), Some(context)) = (t.connection(c), t.context(x)) else { return Judgement::Silent };
            if context.quiet == Quiet::Off && connection.quiet == Quiet::Off {
                return Judgement::Silent;
            }
            Judgement::of(connection.quiet == context.quiet)
        }
        Call::SetContextQuietShutdown(x, _) => Judgement::all(t.after.connections.iter().filter(|(_, c)| c.context == x).map(|(id, c)| {
            let before = t.was_connection(id).map(|c| c.quiet);
            Judgement::of(before == Some(c.quiet))
        })),
        Call::Clear(c) => {
            let (was, now) = (t.was_connection(c), t.connection(c));
            if was.is_none_or(|c| c.quiet == Quiet::Off) {
                return Judgement::Silent;
            }
            Judgement::of(was.map(|c| c.quiet) == now.map(|c| c.quiet))
        }
        _ => Judgement::Silent,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Outcome, Quiet, Version,
        story::{C0, Story, X0},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetContextQuietShutdown(X0, Quiet::On));
        story.call(Call::ConnectionNew(C0, X0))
    }

    #[test]
    fn made_from_a_quiet_context() {
        assert_eq!(told(Story::page()).said("quiet-inherited"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::ContextQuietIgnored)).said("quiet-inherited"), Judgement::Broken);
    }

    #[test]
    fn made_before_the_context_was_set() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0);
        let story = story.call(Call::SetContextQuietShutdown(X0, Quiet::On));
        assert_eq!(story.said("quiet-inherited"), Judgement::Holds);
        assert_eq!(story.call(Call::Shutdown(C0)).outcome, Outcome::Number(0));
    }
}
