//! SSL_shutdown is not called after a fatal error on the connection.

use crate::{Call, Clause, Force, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "no-shutdown-after-fatal",
    force: Force::Caller,
    source: Source { page: "SSL_shutdown", section: "DESCRIPTION", paragraph: 3 },
    statement: "SSL_shutdown is not called after a fatal error on the connection.",
    reading: None,
    status: Status::ByConstruction("the step refuses what breaks it; the page names no consequence, so its need is assumed"),
    mutant: None,
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    let Call::Shutdown(id) = t.call() else { return Judgement::Silent };
    let failed = t.was_connection(id).is_none_or(|c| c.error);
    if failed { Judgement::Silent } else { Judgement::Holds }
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Judgement, Misuse, Outcome, Version,
        story::{C0, Story},
    };

    #[test]
    fn no_error() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C0));
        assert_eq!(story.said("no-shutdown-after-fatal"), Judgement::Holds);
    }

    #[test]
    fn after_a_broken_record() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Corrupt(C0)).call(Call::Read(C0));
        assert_eq!(story.call(Call::Shutdown(C0)).outcome, Outcome::Refused(Misuse::ShutdownAfterError(C0)));
    }
}
