//! Key derivation that tells the tap which secret tickets come from, and takes a ticket's key from it.

use rustls::crypto::tls13::{Hkdf, HkdfExpander, OkmBlock, OutputLengthError};
use rustls::crypto::{ActiveKeyExchange, hmac};

use super::tap::{RESUMPTION, RESUMPTION_SECRET, Tap};

/// Another's key derivation, tapped.
pub(super) struct Tapped(pub(super) &'static dyn Hkdf);

impl Tapped {
    fn tap(&self, expander: Box<dyn HkdfExpander>) -> Box<dyn HkdfExpander> {
        Box::new(TappedExpander { expander, hkdf: self.0 })
    }
}

impl Hkdf for Tapped {
    fn extract_from_zero_ikm(&self, salt: Option<&[u8]>) -> Box<dyn HkdfExpander> {
        self.tap(self.0.extract_from_zero_ikm(salt))
    }

    fn extract_from_secret(&self, salt: Option<&[u8]>, secret: &[u8]) -> Box<dyn HkdfExpander> {
        self.tap(self.0.extract_from_secret(salt, secret))
    }

    fn extract_from_kx_shared_secret(
        &self,
        salt: Option<&[u8]>,
        kx: Box<dyn ActiveKeyExchange>,
        peer_pub_key: &[u8],
    ) -> Result<Box<dyn HkdfExpander>, rustls::Error> {
        Ok(self.tap(self.0.extract_from_kx_shared_secret(salt, kx, peer_pub_key)?))
    }

    fn expander_for_okm(&self, okm: &OkmBlock) -> Box<dyn HkdfExpander> {
        self.tap(self.0.expander_for_okm(okm))
    }

    fn hmac_sign(&self, key: &OkmBlock, message: &[u8]) -> hmac::Tag {
        self.0.hmac_sign(key, message)
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

struct TappedExpander {
    expander: Box<dyn HkdfExpander>,
    hkdf: &'static dyn Hkdf,
}

impl HkdfExpander for TappedExpander {
    fn expand_slice(&self, info: &[&[u8]], output: &mut [u8]) -> Result<(), OutputLengthError> {
        self.expander.expand_slice(info, output)
    }

    fn expand_block(&self, info: &[&[u8]]) -> OkmBlock {
        let block = self.expander.expand_block(info);
        // length, length of the label, prefix, label, length of the context, context
        match info.get(3).copied() {
            Some(RESUMPTION_SECRET) => {
                if let Some(tap) = Tap::current() {
                    tap.keep_secret(&block, self.hkdf);
                }
                block
            }
            Some(RESUMPTION) => match Tap::current().and_then(|tap| tap.state().psk.clone()) {
                Some(psk) => OkmBlock::new(&psk),
                None => block,
            },
            Some(_) | None => block,
        }
    }

    fn hash_len(&self) -> usize {
        self.expander.hash_len()
    }
}
