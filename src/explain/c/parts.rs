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
    Certificate needs [] = "certificate",
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
    Decoded needs [Sessions] = "decoded",
    ContextName needs [] = "context_name",
    ConnectionName needs [] = "connection_name",
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
    Home needs [] = "home",
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
