//! Calls about tickets, and the callbacks that have a say in them.

use std::sync::{Arc, Mutex};

use sessck_model::{CtxId, DecryptAnswer, GenerateAnswer, Hook, OpenAnswer, SealAnswer};

use super::callbacks::hooked;
use super::witness::{Witness, look};
use super::{Answer, Answered, Native};
use crate::native::{
    Connection, DecryptCallback, Generate, GenerateCallback, KEY_NAME_BYTES, OpenWith, SealWith, Session, TicketKeyring, TicketKeys,
    TicketStatus, TicketUse,
};

impl Native {
    pub(super) fn set_ticket_key_callback(&mut self, id: CtxId, sealing: SealAnswer, opening: OpenAnswer) -> Answered {
        let (witness, name) = (Arc::clone(&self.witness), name_of(id));
        let keys = Arc::new(TicketKeys::new(name, &[0x6B; 32]));
        self.context(id)?.set_ticket_keyring(Some(Arc::new(Keyring { witness, name, keys, sealing, opening })));
        Ok(Answer::Nothing)
    }

    pub(super) fn set_ticket_callbacks(&mut self, id: CtxId, generate: Option<GenerateAnswer>, decrypt: Option<DecryptAnswer>) -> Answered {
        look(&self.witness, |witness| match decrypt {
            Some(DecryptAnswer::Ignore) => _ = witness.ignoring.insert(id),
            Some(_) | None => _ = witness.ignoring.remove(&id),
        });
        let generate = generate.map(|answer| on_generate(&self.witness, answer));
        let decrypt = decrypt.map(|answer| on_decrypt(&self.witness, answer));
        self.context(id)?.set_ticket_callbacks(generate, decrypt);
        Ok(Answer::Nothing)
    }
}

/// The name of a context's key.
fn name_of(context: CtxId) -> [u8; KEY_NAME_BYTES] {
    let mut name = [0x6B; KEY_NAME_BYTES];
    name[..4].copy_from_slice(&context.0.to_le_bytes());
    name
}

/// The ticket key callback of a context, which has one key.
struct Keyring {
    witness: Arc<Mutex<Witness>>,
    name: [u8; KEY_NAME_BYTES],
    keys: Arc<TicketKeys>,
    sealing: SealAnswer,
    opening: OpenAnswer,
}

impl TicketKeyring for Keyring {
    fn seal(&self, _: &Connection) -> SealWith {
        hooked(&self.witness, Hook::TicketKeyEncrypt, self.sealing.value());
        match self.sealing {
            SealAnswer::Use => SealWith::Keys(Arc::clone(&self.keys)),
            SealAnswer::None => SealWith::Nothing,
            SealAnswer::Fail => SealWith::Failure,
        }
    }

    fn open(&self, _: &Connection, name: &[u8; KEY_NAME_BYTES]) -> OpenWith {
        let known = *name == self.name || self.opening == OpenAnswer::Fail;
        let answer = if known { self.opening } else { OpenAnswer::Cannot };
        hooked(&self.witness, Hook::TicketKeyDecrypt, answer.value());
        match answer {
            OpenAnswer::Use => OpenWith::Keys(Arc::clone(&self.keys)),
            OpenAnswer::Renew => OpenWith::KeysAndRenew(Arc::clone(&self.keys)),
            OpenAnswer::Cannot => OpenWith::Nothing,
            OpenAnswer::Fail => OpenWith::Failure,
        }
    }
}

fn on_generate(witness: &Arc<Mutex<Witness>>, answer: GenerateAnswer) -> Arc<GenerateCallback> {
    let witness = Arc::clone(witness);
    Arc::new(move |_: &Connection, session: &Session| {
        if answer == GenerateAnswer::Expire {
            session.set_timeout(0);
        }
        hooked(&witness, Hook::TicketGenerate, answer.value());
        match answer {
            GenerateAnswer::Go | GenerateAnswer::Expire => Generate::Go,
            GenerateAnswer::Stop => Generate::Stop,
        }
    })
}

fn on_decrypt(witness: &Arc<Mutex<Witness>>, answer: DecryptAnswer) -> Arc<DecryptCallback> {
    let witness = Arc::clone(witness);
    Arc::new(move |_: &Connection, _: Option<&Session>, status: TicketStatus| {
        let answer = answer.wise(matches!(status, TicketStatus::Opened | TicketStatus::OpenedForRenewal));
        hooked(&witness, Hook::TicketDecrypt, answer.value());
        match answer {
            DecryptAnswer::Abort => TicketUse::Abort,
            DecryptAnswer::Ignore => TicketUse::Ignore,
            DecryptAnswer::IgnoreRenew => TicketUse::IgnoreRenew,
            DecryptAnswer::Use | DecryptAnswer::UseBlindly => TicketUse::Use,
            DecryptAnswer::UseRenew => TicketUse::UseRenew,
        }
    })
}
