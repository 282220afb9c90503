//! Sessions as bytes, and bytes as sessions.

use super::bytes::{Reader, Writer};
use super::pem;
use super::session::{Content, Origin, Secret, Session, SessionId, SessionIdContext, Watch};
use super::settings::{Side, Version};
use super::sync::Arc;
use super::tls::{ClientValue, ServerValue};

/// The version of the encoding.
const FORMAT: u8 = 1;

/// Why a session has no encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unencodable {
    /// There is nothing to resume in it.
    #[error("the session has nothing that could be resumed")]
    Invalid,
    /// It is a TLS 1.2 client's and not bound to its handshake (RFC 7627): rustls could not make it again.
    #[error("the session is not bound to its handshake")]
    Unbound,
}

/// These bytes are no session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the encoding of a session")]
pub struct Undecodable;

/// Why nothing is decoded into a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UnfitTarget {
    /// The bytes are no session.
    #[error(transparent)]
    Undecodable(#[from] Undecodable),
    /// The object is not new: it was negotiated or decoded, a cache or a connection has it, or there is another handle to it.
    #[error("only a new session is decoded into")]
    NotNew,
}

impl Session {
    /// All of it as bytes, `i2d_SSL_SESSION`. They are secret: whoever has them can resume it. That it was taken out of use is not among them.
    ///
    /// # Errors
    /// If there is nothing to resume in it, and for a TLS 1.2 client's that is not bound to its handshake.
    pub fn encode(&self) -> Result<Vec<u8>, Unencodable> {
        let content = self.look(Clone::clone);
        let (Origin::Negotiated, Some(id)) = (content.origin, content.id) else { return Err(Unencodable::Invalid) };
        let (kind, secret) = match &content.secret {
            None => (0, Vec::new()),
            Some(Secret::Server(value)) => (1, value.as_bytes().to_vec()),
            Some(Secret::Client(value)) => (2, value.encode().ok_or(Unencodable::Unbound)?),
        };
        let mut writer = Writer::default();
        writer.byte(FORMAT);
        writer.byte(match content.version {
            Version::Tls12 => 2,
            Version::Tls13 => 3,
        });
        writer.byte(match content.side {
            None => 0,
            Some(Side::Client) => 1,
            Some(Side::Server) => 2,
        });
        writer.number(content.time);
        writer.number(content.timeout);
        writer.number(content.hint.into());
        writer.bytes(id.as_bytes());
        writer.bytes(content.own.unwrap_or(id).as_bytes());
        writer.bytes(content.sid_ctx.as_bytes());
        writer.byte(kind);
        writer.bytes(&secret);
        Ok(writer.into_bytes())
    }

    /// A session out of its encoding, `d2i_SSL_SESSION`: bound to no context, in no cache, with one handle.
    ///
    /// # Errors
    /// If these bytes are no session.
    pub fn decode(bytes: &[u8]) -> Result<Self, Undecodable> {
        Self::decode_watched(bytes, None)
    }

    /// The same, watched.
    ///
    /// # Errors
    /// If these bytes are no session.
    pub fn decode_watched(bytes: &[u8], watch: Option<Arc<dyn Watch>>) -> Result<Self, Undecodable> {
        let content = content(bytes).ok_or(Undecodable)?;
        Ok(Self::made(content, None, watch))
    }

    /// Decodes into this object, which is the caller's own and as [`Session::new`] made it; the handle comes back. Where that fails it is gone.
    /// What somebody else may hold is not changed in place (`d2i-reuse-new`): a cache would find it by a name that it has no more.
    ///
    /// # Errors
    /// If these bytes are no session, or this object is not new.
    pub fn decode_into(self, bytes: &[u8]) -> Result<Self, UnfitTarget> {
        let content = content(bytes).ok_or(Undecodable)?;
        self.change(|before| {
            // a cache gives a session its place before it reads its name, which is under this lock
            if before.origin != Origin::Empty || self.is_cached() || self.reference_count() > 1 {
                return Err(UnfitTarget::NotNew);
            }
            *before = content;
            Ok(())
        })?;
        Ok(self)
    }

    /// Its encoding as text, `PEM_write_bio_SSL_SESSION`.
    ///
    /// # Errors
    /// Where it has no encoding.
    pub fn to_pem(&self) -> Result<String, Unencodable> {
        self.encode().map(|bytes| pem::written(&bytes))
    }

    /// The bytes in such a text, to be decoded.
    ///
    /// # Errors
    /// If there is no session in it.
    pub fn bytes_of_pem(text: &str) -> Result<Vec<u8>, Undecodable> {
        pem::read(text).ok_or(Undecodable)
    }
}

fn content(bytes: &[u8]) -> Option<Content> {
    let mut reader = Reader::new(bytes);
    if reader.byte()? != FORMAT {
        return None;
    }
    let version = match reader.byte()? {
        2 => Version::Tls12,
        3 => Version::Tls13,
        _ => return None,
    };
    let side = match reader.byte()? {
        0 => None,
        1 => Some(Side::Client),
        2 => Some(Side::Server),
        _ => return None,
    };
    let (time, timeout, hint) = (reader.number()?, reader.number()?, u32::try_from(reader.number()?).ok()?);
    let (id, own) = (SessionId::new(reader.bytes()?)?, SessionId::new(reader.bytes()?)?);
    let sid_ctx = SessionIdContext::new(reader.bytes()?)?;
    let secret = match (reader.byte()?, reader.bytes()?) {
        (0, []) => None,
        (1, value) => Some(Secret::Server(ServerValue::from_bytes(value.to_vec()))),
        (2, value) => Some(Secret::Client(ClientValue::decode(value)?)),
        _ => return None,
    };
    let (id, own) = (Some(id), Some(own).filter(|own| *own != id));
    let marked = false;
    reader.is_at_end().then_some(Content {
        origin: Origin::Negotiated,
        version,
        side,
        id,
        own,
        marked,
        time,
        timeout,
        sid_ctx,
        hint,
        secret,
    })
}
