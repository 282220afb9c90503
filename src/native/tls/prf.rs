//! The key derivation and the randomness of TLS 1.2, tapped: what master secret came of a handshake, and which it is to be instead.

use rustls::crypto::tls12::Prf;
use rustls::crypto::{ActiveKeyExchange, GetRandomFailed, SecureRandom};

use super::tap::Tap;

/// The length of a master secret, bytes.
pub(super) const MASTER_BYTES: usize = 48;
/// The label of one that is bound to its handshake, RFC 7627.
const EXTENDED: &[u8] = b"extended master secret";

/// Another's key derivation, tapped.
pub(super) struct TappedPrf(pub(super) &'static dyn Prf);

impl Prf for TappedPrf {
    fn for_key_exchange(
        &self,
        output: &mut [u8; MASTER_BYTES],
        kx: Box<dyn ActiveKeyExchange>,
        peer_pub_key: &[u8],
        label: &[u8],
        seed: &[u8],
    ) -> Result<(), rustls::Error> {
        self.0.for_key_exchange(output, kx, peer_pub_key, label, seed)?;
        if let Some(tap) = Tap::current() {
            let mut state = tap.state();
            if let Some(master) = &state.master {
                *output = *master;
            }
            // rustls resumes others, too, but makes none
            state.learnt = Some(*output).filter(|_| label == EXTENDED);
        }
        Ok(())
    }

    fn for_secret(&self, output: &mut [u8], secret: &[u8], label: &[u8], seed: &[u8]) {
        self.0.for_secret(output, secret, label, seed);
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}

/// Another's randomness, in which a tap may lay out what comes next.
#[derive(Debug)]
pub(super) struct TappedRandom(pub(super) &'static dyn SecureRandom);

impl SecureRandom for TappedRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), GetRandomFailed> {
        let laid_out = Tap::current().and_then(|tap| {
            let mut state = tap.state();
            // the length of a session id, and of what stands before it in a server
            if bytes.len() == 32 { state.randoms.pop_front() } else { None }
        });
        match laid_out {
            Some(laid_out) => {
                bytes.copy_from_slice(&laid_out);
                Ok(())
            }
            None => self.0.fill(bytes),
        }
    }

    fn fips(&self) -> bool {
        self.0.fips()
    }
}
