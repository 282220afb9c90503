//! The parts that a program is put together from: C texts, each with what it leans on. Only what a trace needs is printed.

use std::collections::BTreeSet;

macro_rules! parts {
    ($($part:ident needs [$($other:ident),*] = $file:literal,)*) => {
        /// One part, in the order in which they are printed.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub(super) enum Part {
            $($part,)*
        }

        impl Part {
            /// Its text.
            pub(super) fn text(self) -> &'static str {
                match self {
                    $(Self::$part => include_str!(concat!("parts/", $file, ".c")),)*
                }
            }

            /// What it leans on.
            fn needs(self) -> &'static [Self] {
                match self {
                    $(Self::$part => &[$(Self::$other),*],)*
                }
            }
        }
    };
}

parts! {
    Steps needs [] = "steps",
    News needs [] = "news",
    Clock needs [] = "clock",
    Advance needs [Clock] = "advance",
    Sessions needs [News, Clock] = "sessions",
    SessionName needs [Sessions] = "session_name",
    Session needs [Sessions] = "session",
    Order needs [Sessions] = "order",
    Number needs [] = "number",
    Mode needs [] = "mode",
    Given needs [SessionName] = "given",
    Contexts needs [News] = "contexts",
    Context needs [] = "context",
    Pem needs [] = "pem",
    Certificate needs [Pem] = "certificate",
    IdContext needs [] = "id_context",
    IsOpen needs [] = "is_open",
    Connections needs [News, SessionName] = "connections",
    Network needs [Connections] = "network",
    Carry needs [Network] = "carry",
    Join needs [Network] = "join",
    Handshake needs [Carry] = "handshake",
    Hello needs [Handshake] = "hello",
    Complete needs [Handshake] = "complete",
    ReadAll needs [Carry] = "read_all",
    Corrupt needs [Network] = "corrupt",
    Cut needs [Network] = "cut",
    Sever needs [Network] = "sever",
    Block needs [Network] = "block",
    Unblock needs [Network] = "unblock",
    Byte needs [] = "byte",
    Duplicated needs [Network, Number] = "duplicated",
    Begun needs [Carry] = "begun",
    AnyCertificate needs [] = "any_certificate",
    VerifyClient needs [Begun, AnyCertificate] = "verify_client",
    ClientCertificate needs [Pem] = "client_certificate",
    Owned needs [Sessions] = "owned",
    Encoded needs [] = "encoded",
    Decoded needs [Sessions] = "decoded",
    DecodedInto needs [Sessions, Encoded] = "decoded_into",
    PemDecodedInto needs [Sessions] = "pem_decoded_into",
    FreshId needs [] = "fresh_id",
    TooLong needs [] = "too_long",
    SetIdOf needs [] = "set_id_of",
    SameId needs [] = "same_id",
    ContextName needs [] = "context_name",
    ConnectionName needs [] = "connection_name",
    Home needs [] = "home",
    Acts needs [Contexts] = "acts",
    CallBack needs [Acts, Sessions, ContextName] = "call_back",
    ActFlush needs [Acts] = "act_flush",
    ActAdd needs [Acts] = "act_add",
    ActRemove needs [Acts] = "act_remove",
    ActFree needs [Acts, Owned] = "act_free",
    NewCallback needs [Sessions, ConnectionName] = "new_callback",
    Keep needs [NewCallback] = "keep",
    Refuse needs [NewCallback] = "refuse",
    Look needs [Sessions, ContextName] = "look",
    GetCallback needs [Sessions, ConnectionName] = "get_callback",
    Find needs [GetCallback] = "find",
    Miss needs [GetCallback] = "miss",
    Copy needs [GetCallback] = "copy",
    Preset needs [GetCallback] = "preset",
    Give needs [GetCallback] = "give",
    GiveBorrowed needs [GetCallback] = "give_borrowed",
    Any needs [GetCallback] = "any",
    Moves needs [Home, ContextName] = "moves",
    Answers needs [Connections, ConnectionName] = "answers",
    Acknowledge needs [Answers] = "acknowledge",
    PassOver needs [Answers] = "pass_over",
    RefuseName needs [Answers] = "refuse_name",
    Move needs [Answers, Moves] = "move",
    TicketKeys needs [Answers, Home, ContextName] = "ticket_keys",
    GenerateGo needs [Answers] = "generate_go",
    GenerateStop needs [Answers] = "generate_stop",
    GenerateExpire needs [Answers] = "generate_expire",
    Decrypted needs [Answers] = "decrypted",
    DecryptUseBlindly needs [Answers] = "decrypt_use_blindly",
    Allow needs [Answers] = "allow",
    Forbid needs [Answers] = "forbid",
}

/// Callbacks that can call back, where they are told to.
const CALLBACKS: [Part; 7] = [Part::NewCallback, Part::Look, Part::Copy, Part::Preset, Part::Give, Part::GiveBorrowed, Part::Any];

/// What a program needs besides, because of what it has.
pub(super) fn completed(mut parts: BTreeSet<Part>) -> BTreeSet<Part> {
    let callbacks: Vec<Part> = CALLBACKS.into_iter().filter(|part| parts.contains(part)).collect();
    if parts.contains(&Part::Acts) && !callbacks.is_empty() {
        parts.insert(Part::CallBack);
        // only the remove callback is told the context
        parts.extend(callbacks.iter().any(|part| *part != Part::Look).then_some(Part::Home));
    }
    closed(parts)
}

/// The text of parts, with the lines that only some programs need: those that begin with a mark.
pub(super) fn fitted(text: &str, parts: &BTreeSet<Part>) -> String {
    let marks = [("@acts ", Part::CallBack), ("@owned ", Part::Owned)];
    let fits = |line: &str| {
        let marked = marks.iter().find_map(|(mark, part)| line.split_once(mark).map(|halves| (halves, part)));
        match marked {
            None => Some(line.to_owned()),
            Some(((indent, rest), part)) => parts.contains(part).then(|| format!("{indent}{rest}")),
        }
    };
    text.split_inclusive('\n').filter_map(fits).collect()
}

/// These and all that they lean on.
pub(super) fn closed(wanted: impl IntoIterator<Item = Part>) -> BTreeSet<Part> {
    let mut left: Vec<Part> = wanted.into_iter().collect();
    let mut all = BTreeSet::new();
    while let Some(part) = left.pop() {
        if all.insert(part) {
            left.extend(part.needs());
        }
    }
    all
}
