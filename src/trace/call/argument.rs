//! The arguments of calls: how each kind of value is written in JSON and in C, and read. Words and their meanings stand side by side, once,
//! for both directions.

use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;
use sessck_model::{
    Act, CacheMode, Callback, Coding, ConnId, CtxId, DecryptAnswer, EarlyData, Foreign, GenerateAnswer, GetCallback, Groups, HostName,
    NewCallback, NewId, NotResumableCallback, OpenAnswer, Opt, Quiet, RemoveCallback, SealAnswer, ServerNameCallback, SessId,
    ShutdownState, Side, Verify, Version,
};

use super::Object;

/// A value that a call carries.
pub(super) trait Argument: Copy + Sized {
    /// As it stands in JSON.
    fn json(&self) -> impl Serialize;

    /// As it stands in C.
    fn c(&self) -> String;

    /// The value that JSON gives.
    ///
    /// # Errors
    /// What would do instead.
    fn read(value: &Value) -> Result<Self, String>;

    /// Any value of the kind.
    #[cfg(test)]
    fn any(g: &mut quickcheck::Gen) -> Self;

    /// The object that it names, if it names one.
    fn object(&self) -> Option<Object> {
        None
    }
}

macro_rules! ids {
    ($($kind:ident, $object:ident, $what:literal;)*) => {
        $(impl Argument for $kind {
            fn json(&self) -> impl Serialize {
                self.to_string()
            }

            fn c(&self) -> String {
                self.to_string()
            }

            fn read(value: &Value) -> Result<Self, String> {
                value.as_str().and_then(|text| Self::from_str(text).ok()).ok_or_else(|| $what.to_owned())
            }

            #[cfg(test)]
            fn any(g: &mut quickcheck::Gen) -> Self {
                Self(quickcheck::Arbitrary::arbitrary(g))
            }

            fn object(&self) -> Option<Object> {
                Some(Object::$object(*self))
            }
        })*
    };
}

ids! {
    CtxId, Context, "a context such as \"x0\"";
    ConnId, Connection, "a connection such as \"c0\"";
    SessId, Session, "a session such as \"s0\"";
}

impl<T: Argument> Argument for Option<T> {
    fn json(&self) -> impl Serialize {
        self.as_ref().map(Argument::json)
    }

    fn c(&self) -> String {
        self.as_ref().map_or_else(|| "NULL".to_owned(), Argument::c)
    }

    fn read(value: &Value) -> Result<Self, String> {
        if value.is_null() {
            return Ok(None);
        }
        T::read(value).map(Some).map_err(|expected| format!("{expected}, or null"))
    }

    #[cfg(test)]
    fn any(g: &mut quickcheck::Gen) -> Self {
        <bool as quickcheck::Arbitrary>::arbitrary(g).then(|| T::any(g))
    }

    fn object(&self) -> Option<Object> {
        self.as_ref().and_then(Argument::object)
    }
}

macro_rules! numbers {
    ($($kind:ident)*) => {
        $(impl Argument for $kind {
            fn json(&self) -> impl Serialize {
                *self
            }

            fn c(&self) -> String {
                self.to_string()
            }

            fn read(value: &Value) -> Result<Self, String> {
                let number = value.as_i64().and_then(|number| Self::try_from(number).ok());
                number.ok_or_else(|| format!("a whole number from {} to {}", Self::MIN, Self::MAX))
            }

            #[cfg(test)]
            fn any(g: &mut quickcheck::Gen) -> Self {
                quickcheck::Arbitrary::arbitrary(g)
            }
        })*
    };
}

numbers! { u8 u32 i64 }

/// A value that is written as one of a few words: in JSON, and in C.
trait Word: Copy + Eq + 'static {
    /// All of them.
    const WORDS: &'static [(&'static str, &'static str, Self)];
}

macro_rules! words {
    ($($kind:ident { $($word:literal, $c:literal => $value:ident;)+ })*) => {
        $(
            impl Word for $kind {
                const WORDS: &'static [(&'static str, &'static str, Self)] = &[$(($word, $c, Self::$value),)+];
            }

            impl Argument for $kind {
                fn json(&self) -> impl Serialize {
                    Self::WORDS.iter().find(|(.., value)| value == self).map_or("", |(word, ..)| *word)
                }

                fn c(&self) -> String {
                    Self::WORDS.iter().find(|(.., value)| value == self).map_or("", |(_, c, _)| *c).to_owned()
                }

                fn read(value: &Value) -> Result<Self, String> {
                    let found = Self::WORDS.iter().find(|(word, ..)| value.as_str() == Some(word)).map(|(.., meaning)| *meaning);
                    found.ok_or_else(|| one_of(Self::WORDS.iter().map(|(word, ..)| *word)))
                }

                #[cfg(test)]
                fn any(g: &mut quickcheck::Gen) -> Self {
                    g.choose(Self::WORDS).expect("there is a word").2
                }
            }
        )*
    };
}

words! {
    Side { "client", "client" => Client; "server", "server" => Server; }
    Version { "1.2", "TLS1_2_VERSION" => Tls12; "1.3", "TLS1_3_VERSION" => Tls13; }
    Opt {
        "SSL_OP_NO_TICKET", "SSL_OP_NO_TICKET" => NoTicket;
        "SSL_OP_NO_ANTI_REPLAY", "SSL_OP_NO_ANTI_REPLAY" => NoAntiReplay;
        "SSL_OP_IGNORE_UNEXPECTED_EOF", "SSL_OP_IGNORE_UNEXPECTED_EOF" => IgnoreUnexpectedEof;
        "SSL_OP_ALLOW_CLIENT_RENEGOTIATION", "SSL_OP_ALLOW_CLIENT_RENEGOTIATION" => ClientRenegotiation;
        "SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION", "SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION" => NoResumptionOnRenegotiation;
    }
    Groups { "preset", "\"X25519:P-256\"" => Preset; "other", "\"P-256\"" => Other; }
    NotResumableCallback { "unset", "NULL" => Unset; "allow", "allow" => Allow; "forbid", "forbid" => Forbid; }
    EarlyData { "refused", "0" => Refused; "allowed", "16384" => Allowed; }
    Foreign {
        "resumes", "resumes" => Resumes;
        "declines", "declines" => Declines;
        "names", "names" => Names;
        "finishes", "finishes" => Finishes;
        "gives-ticket", "gives_ticket" => GivesTicket;
        "shuts", "shuts" => Shuts;
        "fails", "fails" => Fails;
    }
    Quiet { "off", "0" => Off; "on", "1" => On; }
    NewCallback { "unset", "NULL" => Unset; "keep", "keep" => Keep; "refuse", "refuse" => Refuse; }
    RemoveCallback { "unset", "NULL" => Unset; "set", "look" => Set; }
    SealAnswer { "use", "use" => Use; "none", "none" => None; "fail", "fail" => Fail; }
    OpenAnswer { "use", "use" => Use; "renew", "renew" => Renew; "cannot", "cannot" => Cannot; "fail", "fail" => Fail; }
    GenerateAnswer { "go", "go" => Go; "expire", "expire" => Expire; "stop", "stop" => Stop; }
    DecryptAnswer {
        "abort", "abort" => Abort;
        "ignore", "ignore" => Ignore;
        "ignore-renew", "ignore_renew" => IgnoreRenew;
        "use", "use" => Use;
        "use-renew", "use_renew" => UseRenew;
        "use-blindly", "use_blindly" => UseBlindly;
    }
    Verify { "none", "SSL_VERIFY_NONE" => None; "peer", "SSL_VERIFY_PEER" => Peer; }
    ServerNameCallback { "unset", "NULL" => Unset; "accept", "accept" => Accept; "refuse", "refuse" => Refuse; "abort", "abort" => Abort; "switch", "move" => Switch; }
    HostName { "unset", "NULL" => Unset; "sent", "\"other.example\"" => Sent; }
    GetCallback { "unset", "NULL" => Unset; "miss", "miss" => Miss; "copy", "copy" => Copy; "preset", "preset" => Preset; "give", "give" => Give; "give-borrowed", "give_borrowed" => GiveBorrowed; "any", "any" => Any; }
    Callback { "new", "new_cb" => New; "remove", "remove_cb" => Remove; "get", "get_cb" => Get; }
    Act { "flush", "SSL_CTX_flush_sessions" => Flush; "add", "SSL_CTX_add_session" => Add; "remove", "SSL_CTX_remove_session" => Remove; "free", "SSL_SESSION_free" => Free; }
    Coding { "der", "der" => Der; "pem", "pem" => Pem; "cut", "cut" => Cut; }
    NewId { "fresh", "fresh" => Fresh; "too-long", "too_long" => TooLong; }
}

/// One word of a value that is written as the list of those that apply.
struct Flag<T> {
    word: &'static str,
    c: &'static str,
    applies: fn(&T) -> bool,
    apply: fn(&mut T),
}

macro_rules! flags {
    ($($kind:ident, $none:literal { $($word:literal, $c:literal => $field:ident;)+ })*) => {
        $(impl Argument for $kind {
            fn json(&self) -> impl Serialize {
                let flags: &[Flag<Self>] = &[$(Flag { word: $word, c: $c, applies: |it| it.$field, apply: |it| it.$field = true },)+];
                flags.iter().filter(|flag| (flag.applies)(self)).map(|flag| flag.word).collect::<Vec<_>>()
            }

            fn c(&self) -> String {
                let flags: &[Flag<Self>] = &[$(Flag { word: $word, c: $c, applies: |it| it.$field, apply: |it| it.$field = true },)+];
                let names: Vec<&str> = flags.iter().filter(|flag| (flag.applies)(self)).map(|flag| flag.c).collect();
                if names.is_empty() { $none.to_owned() } else { names.join(" | ") }
            }

            fn read(value: &Value) -> Result<Self, String> {
                let flags: &[Flag<Self>] = &[$(Flag { word: $word, c: $c, applies: |it| it.$field, apply: |it| it.$field = true },)+];
                let expected = || format!("a list of {}", one_of(flags.iter().map(|flag| flag.word)));
                let mut read = Self::default();
                for word in value.as_array().ok_or_else(expected)? {
                    let flag = flags.iter().find(|flag| word.as_str() == Some(flag.word));
                    (flag.ok_or_else(expected)?.apply)(&mut read);
                }
                Ok(read)
            }

            #[cfg(test)]
            fn any(g: &mut quickcheck::Gen) -> Self {
                Self { $($field: quickcheck::Arbitrary::arbitrary(g),)+ }
            }
        })*
    };
}

flags! {
    CacheMode, "SSL_SESS_CACHE_OFF" {
        "client", "SSL_SESS_CACHE_CLIENT" => client;
        "server", "SSL_SESS_CACHE_SERVER" => server;
        "no-internal-lookup", "SSL_SESS_CACHE_NO_INTERNAL_LOOKUP" => no_lookup;
        "no-internal-store", "SSL_SESS_CACHE_NO_INTERNAL_STORE" => no_store;
        "no-auto-clear", "SSL_SESS_CACHE_NO_AUTO_CLEAR" => no_auto_clear;
        "update-time", "SSL_SESS_CACHE_UPDATE_TIME" => update_time;
    }
    ShutdownState, "0" { "sent", "SSL_SENT_SHUTDOWN" => sent; "received", "SSL_RECEIVED_SHUTDOWN" => received; }
}

fn one_of(words: impl Iterator<Item = &'static str>) -> String {
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}
