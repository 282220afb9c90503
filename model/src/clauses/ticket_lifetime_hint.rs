//! The lifetime hint that comes with a ticket is the timeout of the server's session, within the limits of the protocol.

use crate::{Clause, Deviation, Effect, Force, Judgement, SessId, Session, Side, Source, Status, Transition, Version};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "ticket-lifetime-hint",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_timeout", section: "NOTES", paragraph: 6 },
    statement: "The lifetime hint that comes with a ticket is the timeout of the server's session, within the limits of the protocol.",
    reading: Some(
        "A week at the most in TLS 1.3, what 32 bits hold in TLS 1.2, and never below 0. The page speaks of stateless tickets; one that names a cached session is no different.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::HintWraps),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    Judgement::all(t.effects().iter().map(|e| {
        let Effect::Established { connection, session } = *e else { return Judgement::Silent };
        let Some(client) = t.context_of(connection).filter(|x| x.side == Side::Client) else { return Judgement::Silent };
        let Some(session) =
            t.session(session).filter(|s| s.hinted).filter(|_| client.version == Version::Tls13 || !session_by_id(t, session))
        else {
            return Judgement::Silent;
        };
        let Some(timeout) = sealed(t, session) else { return Judgement::Silent };
        // whoever holds the server's session may have set its timeout since
        let touched = session.ticket.is_none() && twin(t, session).is_some_and(|s| s.owned > 0);
        let longest = match client.version {
            Version::Tls12 => u32::MAX,
            Version::Tls13 => WEEK_S,
        };
        match i64::from(session.hint) == timeout.clamp(0, longest.into()) {
            true => Judgement::Holds,
            false if touched => Judgement::Silent,
            false => Judgement::Broken,
        }
    }))
}

/// The most that TLS 1.3 allows, seconds.
const WEEK_S: u32 = 7 * 24 * 60 * 60;

/// Whether a client's session came without a ticket.
fn session_by_id(t: &Transition<'_>, session: SessId) -> bool {
    t.session(session).is_none_or(|s| s.ticket.is_none())
}

/// The timeout of the server's session: as it travelled, or as the server has it under this identity.
fn sealed(t: &Transition<'_>, session: &Session) -> Option<i64> {
    session.ticket.map(|ticket| ticket.timeout).or_else(|| twin(t, session).map(|s| s.timeout))
}

/// The server's session of this identity.
fn twin<'a>(t: &Transition<'a>, session: &Session) -> Option<&'a Session> {
    let twin = |s: &&Session| s.side == Some(Side::Server) && s.identity.is_some() && s.identity == session.identity;
    t.after.sessions.iter().map(|(_, s)| s).find(twin)
}

#[cfg(test)]
mod tests {
    use crate::story::{C0, Story, X1};
    use crate::{Call, Deviation, Judgement, Version};

    fn told(story: Story, version: Version, seconds: i64) -> Story {
        let story = story.contexts(version).call(Call::SetTimeout(X1, seconds)).pair().handshake(C0);
        if version == Version::Tls13 { story.call(Call::Read(C0)) } else { story }
    }

    #[test]
    fn as_set() {
        assert_eq!(told(Story::page(), Version::Tls12, 700_000).said("ticket-lifetime-hint"), Judgement::Holds);
        assert_eq!(told(Story::page(), Version::Tls13, 50).said("ticket-lifetime-hint"), Judgement::Holds);
    }

    #[test]
    fn beyond_the_limits() {
        for (version, seconds) in [(Version::Tls13, 700_000), (Version::Tls13, -1), (Version::Tls12, 1 << 33)] {
            assert_eq!(told(Story::page(), version, seconds).said("ticket-lifetime-hint"), Judgement::Holds);
        }
        assert_eq!(told(Story::with(Deviation::HintWraps), Version::Tls13, -1).said("ticket-lifetime-hint"), Judgement::Broken);
        assert_eq!(told(Story::with(Deviation::HintWraps), Version::Tls12, 1 << 33).said("ticket-lifetime-hint"), Judgement::Broken);
    }
}
