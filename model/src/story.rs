//! A short way to tell a story to the model, for tests and examples: calls in order, then what the clauses said.

use crate::{
    Action, Call, Choice, ConnId, CtxId, DecryptAnswer, Deviation, Effect, Journal, Judgement, OpenAnswer, Outcome, Profile, SealAnswer,
    SessId, Side, State, TicketKeyCallback, Transition, Version, clauses, step,
};

/// The client's context in [`Story::pair`].
pub const X0: CtxId = CtxId(0);
/// The server's context in [`Story::pair`].
pub const X1: CtxId = CtxId(1);
/// The client's connection in [`Story::pair`].
pub const C0: ConnId = ConnId(0);
/// The server's connection in [`Story::pair`].
pub const C1: ConnId = ConnId(1);

/// A state that is told calls, and remembers what each clause said of each.
#[derive(Clone, Debug)]
pub struct Story {
    /// The state now.
    pub state: State,
    /// The outcome of the last call.
    pub outcome: Outcome,
    profile: Profile,
    journal: Journal,
    said: Vec<(&'static str, Judgement)>,
}

impl Story {
    /// Nothing yet, under the pages alone. The clock stands at 1000.
    #[must_use]
    pub fn page() -> Self {
        let state = State { now: 1000, ..State::default() };
        Self { state, outcome: Outcome::Done, profile: Profile::PAGE, journal: Journal::default(), said: Vec::new() }
    }

    /// Nothing yet, under the pages with one deviation.
    #[must_use]
    pub fn with(deviation: Deviation) -> Self {
        Self::under(Profile::PAGE.with(deviation))
    }

    /// Nothing yet, under a profile.
    #[must_use]
    pub fn under(profile: Profile) -> Self {
        Self { profile, ..Self::page() }
    }

    /// A client context `x0` and a server context `x1` of one version.
    #[must_use]
    pub fn contexts(self, version: Version) -> Self {
        self.call(Call::ContextNew(X0, Side::Client, version)).call(Call::ContextNew(X1, Side::Server, version))
    }

    /// A session of TLS 1.2 that `c0` has negotiated, and that the application holds.
    ///
    /// # Panics
    /// If `c0` has none then.
    #[must_use]
    pub fn held(self) -> (Self, SessId) {
        let story = self.contexts(Version::Tls12).pair().handshake(C0).call(Call::Get1(C0));
        let session = story.session_of(C0);
        (story, session)
    }

    /// Connections `c0` (client, of `x0`) and `c1` (server, of `x1`), joined.
    #[must_use]
    pub fn pair(self) -> Self {
        self.another_pair(C0, C1)
    }

    /// Two connections more of the same contexts, joined.
    #[must_use]
    pub fn another_pair(self, client: ConnId, server: ConnId) -> Self {
        self.call(Call::ConnectionNew(client, X0)).call(Call::ConnectionNew(server, X1)).call(Call::Join(client, server))
    }

    /// A whole handshake of the client named.
    #[must_use]
    pub fn handshake(self, client: ConnId) -> Self {
        self.call(Call::Hello(client)).call(Call::Complete(client))
    }

    /// A further pair whose client proposes the current session of the connection `from`, up to the server's answer.
    /// The application keeps a reference to that session.
    #[must_use]
    pub fn proposing(self, from: ConnId, client: ConnId, server: ConnId) -> Self {
        let session = self.session_of(from);
        let story = self.call(Call::Get1(from)).another_pair(client, server);
        story.call(Call::SetSession(client, Some(session))).call(Call::Hello(client))
    }

    /// A first handshake of a pair, whose ticket the client of a further pair (c2, c3) presents, up to the server's answer: by then the callbacks of
    /// the server's context answer as given.
    #[must_use]
    pub fn presenting(self, version: Version, key: Option<TicketKeyCallback>, decrypt: Option<DecryptAnswer>) -> Self {
        let set = |story: Self, key| match key {
            Some((sealing, opening)) => story.call(Call::SetTicketKeyCallback(X1, sealing, opening)),
            None => story,
        };
        let first = set(self.contexts(version), key.map(|_| (SealAnswer::Use, OpenAnswer::Use)));
        let second = set(first.pair().handshake(C0).call(Call::Read(C0)), key);
        second.call(Call::SetTicketCallbacks(X1, None, decrypt)).proposing(C0, ConnId(2), ConnId(3))
    }

    /// One call, with the library's default choices.
    #[must_use]
    pub fn call(self, call: Call) -> Self {
        self.choosing(call, Choice::default())
    }

    /// One call, with the choices given.
    #[must_use]
    pub fn choosing(mut self, call: Call, choice: Choice) -> Self {
        self.state.sweep();
        let action = Action { call, choice };
        self.outcome = step(&mut self.state, &action, &self.profile, &mut self.journal);
        let transition = Transition { action: &action, outcome: self.outcome, after: &self.state, journal: &self.journal };
        self.said.clear();
        self.said.extend(clauses::ALL.iter().map(|c| (c.id, clauses::judge(c, &transition))));
        self
    }

    /// What a clause said of the last call.
    #[must_use]
    pub fn said(&self, clause: &str) -> Judgement {
        self.said.iter().find(|(id, _)| *id == clause).map_or(Judgement::Silent, |(_, judgement)| *judgement)
    }

    /// The clauses that the last call broke.
    #[must_use]
    pub fn broken(&self) -> Vec<&'static str> {
        self.said.iter().filter(|(_, j)| *j == Judgement::Broken).map(|(id, _)| *id).collect()
    }

    /// The current session of a connection.
    ///
    /// # Panics
    /// If it has none.
    #[must_use]
    pub fn session_of(&self, connection: ConnId) -> SessId {
        let found = self.state.connections.get(connection).and_then(|c| c.session);
        found.expect("the story gave this connection a session")
    }

    /// The session that the last call made and gave back.
    ///
    /// # Panics
    /// If it gave none.
    #[must_use]
    pub fn made(&self) -> SessId {
        let made = if let Outcome::Session(made) = self.outcome { made } else { None };
        made.expect("the story's last call made a session")
    }

    /// What happened inside the last call.
    #[must_use]
    pub fn effects(&self) -> &[Effect] {
        &self.journal.effects
    }
}
