//! The names by which sessions are found, and the contexts that keep them apart.

use std::fmt;

/// The longest session id, bytes.
pub const MAX_ID_BYTES: usize = 32;

macro_rules! short_bytes {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            length: u8,
            bytes: [u8; MAX_ID_BYTES],
        }

        impl $name {
            /// These bytes; none where there are more than [`MAX_ID_BYTES`].
            #[must_use]
            pub fn new(bytes: &[u8]) -> Option<Self> {
                let mut kept = [0; MAX_ID_BYTES];
                kept.get_mut(..bytes.len())?.copy_from_slice(bytes);
                Some(Self { length: u8::try_from(bytes.len()).ok()?, bytes: kept })
            }

            /// The bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                self.bytes.get(..usize::from(self.length)).unwrap_or_default()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
    };
}

short_bytes! {
    /// What a cache finds a session by.
    SessionId
}

short_bytes! {
    /// The session id context, `SSL_CTX_set_session_id_context(3)`: a server resumes only sessions that were made in its own.
    SessionIdContext
}

impl Default for SessionIdContext {
    fn default() -> Self {
        Self { length: 0, bytes: [0; MAX_ID_BYTES] }
    }
}
