//! The end of the transport without a close_notify is an error and not the peer's close; a connection that ends after it costs its session.

use crate::{Call, Clause, Connection, Deviation, Eof, Force, Item, Judgement, Source, Status, Transition};

/// See the module.
pub(super) static CLAUSE: Clause = Clause {
    id: "eof-without-close-notify",
    force: Force::Must,
    source: Source { page: "SSL_CTX_set_options", section: "NOTES", paragraph: 26 },
    statement: "The end of the transport without a close_notify is an error and not the peer's close; a connection that ends after it costs its session.",
    reading: Some(
        "Where the option that makes an end count as a close_notify is off; the rest is eof-ignored. When the session suffers, at once or when the connection ends, is latitude.",
    ),
    status: Status::Checked,
    mutant: Some(Deviation::EndIsClean),
    judge,
};

fn judge(t: &Transition<'_>) -> Judgement {
    if let Some(was) = t.ended() {
        let session = was.session.filter(|_| was.error && was.is_open());
        return session.map_or(Judgement::Silent, |s| Judgement::of(t.is_retired(s)));
    }
    let Call::Read(id) = t.call() else { return Judgement::Silent };
    let (Some(was), Some(now)) = (t.was_connection(id), t.connection(id)) else { return Judgement::Silent };
    if was.eof == Eof::Close || was.shutdown.received || !ends(was) {
        return Judgement::Silent;
    }
    Judgement::of(now.error && !now.shutdown.received && now.shutdown.sent == was.shutdown.sent)
}

/// Whether the end comes before anything else that ends a connection.
pub(super) fn ends(connection: &Connection) -> bool {
    let last = connection.inbox.iter().find(|i| matches!(i, Item::CloseNotify | Item::Alert | Item::Garbage | Item::End));
    last == Some(&Item::End)
}

#[cfg(test)]
mod tests {
    use crate::{
        Call, Deviation, Judgement, Opt, Version,
        story::{C0, C1, Story, X1},
    };

    fn told(story: Story) -> Story {
        let story = story.contexts(Version::Tls12).call(Call::SetOption(X1, Opt::NoTicket));

        story.pair().handshake(C0).call(Call::Cut(C1)).call(Call::Read(C1))
    }

    #[test]
    fn cut_off() {
        assert_eq!(told(Story::page()).said("eof-without-close-notify"), Judgement::Holds);
        assert_eq!(told(Story::with(Deviation::EndIsClean)).said("eof-without-close-notify"), Judgement::Broken);
    }

    #[test]
    fn cut_off_and_freed() {
        let story = told(Story::page()).call(Call::ConnectionFree(C1));
        assert_eq!(story.said("eof-without-close-notify"), Judgement::Holds);
    }

    #[test]
    fn cut_off_after_a_close_notify() {
        let story = Story::page().contexts(Version::Tls12).pair().handshake(C0).call(Call::Shutdown(C0)).call(Call::Cut(C1));
        assert_eq!(story.call(Call::Read(C1)).said("eof-without-close-notify"), Judgement::Silent);
    }
}
