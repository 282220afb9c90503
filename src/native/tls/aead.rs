//! Encryption that lets what is written travel as another type of record, and decryption that shows the tickets of TLS 1.3 to the tap.

use std::sync::Arc;

use rustls::crypto::cipher::{
    AeadKey, InboundOpaqueMessage, InboundPlainMessage, Iv, KeyBlockShape, MessageDecrypter, MessageEncrypter, OutboundOpaqueMessage,
    OutboundPlainMessage, Tls12AeadAlgorithm, Tls13AeadAlgorithm, UnsupportedOperationError,
};
use rustls::{ConnectionTrafficSecrets, ContentType, Error};

use super::records::{Messages, NEW_SESSION_TICKET};
use super::tap::Tap;

/// Another's encryption for TLS 1.2, tapped.
pub(super) struct Tapped12(pub(super) &'static dyn Tls12AeadAlgorithm);

impl Tls12AeadAlgorithm for Tapped12 {
    fn encrypter(&self, key: AeadKey, iv: &[u8], extra: &[u8]) -> Box<dyn MessageEncrypter> {
        tap_encrypter(self.0.encrypter(key, iv, extra))
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        self.0.decrypter(key, iv)
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        self.0.key_block_shape()
    }

    fn extract_keys(&self, key: AeadKey, iv: &[u8], explicit: &[u8]) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.0.extract_keys(key, iv, explicit)
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

/// Another's encryption for TLS 1.3, tapped.
pub(super) struct Tapped13(pub(super) &'static dyn Tls13AeadAlgorithm);

impl Tls13AeadAlgorithm for Tapped13 {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        tap_encrypter(self.0.encrypter(key, iv))
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        let decrypter = self.0.decrypter(key, iv);
        match Tap::current() {
            Some(tap) => Box::new(TappedDecrypter { decrypter, tap, messages: Messages::default() }),
            None => decrypter,
        }
    }

    fn key_len(&self) -> usize {
        self.0.key_len()
    }

    fn extract_keys(&self, key: AeadKey, iv: Iv) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.0.extract_keys(key, iv)
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

fn tap_encrypter(encrypter: Box<dyn MessageEncrypter>) -> Box<dyn MessageEncrypter> {
    match Tap::current() {
        Some(tap) => Box::new(TappedEncrypter { encrypter, tap }),
        None => encrypter,
    }
}

struct TappedEncrypter {
    encrypter: Box<dyn MessageEncrypter>,
    tap: Arc<Tap>,
}

impl MessageEncrypter for TappedEncrypter {
    fn encrypt(&mut self, mut message: OutboundPlainMessage<'_>, seq: u64) -> Result<OutboundOpaqueMessage, Error> {
        if message.typ == ContentType::ApplicationData
            && let Some(other) = self.tap.state().travels_as
        {
            message.typ = other;
        }
        self.encrypter.encrypt(message, seq)
    }

    fn encrypted_payload_len(&self, payload_len: usize) -> usize {
        self.encrypter.encrypted_payload_len(payload_len)
    }
}

struct TappedDecrypter {
    decrypter: Box<dyn MessageDecrypter>,
    tap: Arc<Tap>,
    messages: Messages,
}

impl MessageDecrypter for TappedDecrypter {
    fn decrypt<'a>(&mut self, message: InboundOpaqueMessage<'a>, seq: u64) -> Result<InboundPlainMessage<'a>, Error> {
        let plain = self.decrypter.decrypt(message, seq)?;
        if plain.typ == ContentType::Handshake {
            self.messages.add(plain.payload);
            while let Some((kind, body)) = self.messages.next() {
                if kind == NEW_SESSION_TICKET {
                    self.tap.state().tickets.push_back(body);
                }
            }
        }
        Ok(plain)
    }
}
