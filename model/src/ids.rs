//! Names of objects: small numbers that say which kind of object they number.
//!
//! Within one [`State`](crate::State) a number names one object for as long as the object has a slot.
//! Traces write them as `x0` (context), `c0` (connection), `s0` (session).

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> Result<Self, ()> {
                let digits = text.strip_prefix($letter).ok_or(())?;
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(());
                }
                digits.parse().map(Self).map_err(|_| ())
            }
        }
    };
}

id!(
    /// A context, OpenSSL's `SSL_CTX`.
    CtxId, "x"
);
id!(
    /// A connection, OpenSSL's `SSL`.
    ConnId, "c"
);
id!(
    /// A session object, OpenSSL's `SSL_SESSION`. Not TLS's session id: that is [`Ident`].
    SessId, "s"
);
id!(
    /// What a client proposes to resume by: the bytes of a TLS session id or of a ticket, as an abstract number.
    /// Equal numbers are equal bytes.
    Ident, "i"
);
