//! Records and handshake messages as far as they travel in clear: RFC 8446 sections 4 and 5.1, RFC 5246 sections 6.2.1 and 7.4.

/// The type of a record with a ChangeCipherSpec.
pub(super) const CHANGE_CIPHER_SPEC: u8 = 20;
/// The type of a record with an alert.
pub(super) const ALERT: u8 = 21;
/// The type of a record with handshake messages.
pub(super) const HANDSHAKE: u8 = 22;

/// The handshake type of a ClientHello.
pub(super) const CLIENT_HELLO: u8 = 1;
/// The handshake type of a ServerHello, and of a HelloRetryRequest.
pub(super) const SERVER_HELLO: u8 = 2;
/// The handshake type of a NewSessionTicket.
pub(super) const NEW_SESSION_TICKET: u8 = 4;

/// The bytes before a record's content.
const HEADER: usize = 5;
/// The bytes before a handshake message's content.
const MESSAGE_HEADER: usize = 4;
/// No record's content is longer.
const LONGEST: usize = (1 << 14) + 2_048;

/// What has come and is not read yet.
#[derive(Default)]
pub(super) struct Incoming {
    bytes: Vec<u8>,
    read: usize,
}

impl Incoming {
    /// Adds what has come.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes.drain(..std::mem::take(&mut self.read));
        self.bytes.extend_from_slice(bytes);
    }

    /// How much is left.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.bytes.len() - self.read
    }

    /// The type of the next record, if that is here as a whole.
    pub(super) fn next_kind(&self) -> Option<u8> {
        record_length(&self.bytes[self.read..])?;
        self.bytes.get(self.read).copied()
    }

    /// The next record, if it is here as a whole. What cannot be a record is given with all that follows.
    pub(super) fn next(&mut self) -> Option<Vec<u8>> {
        let rest = &self.bytes[self.read..];
        let length = record_length(rest)?;
        self.read += length;
        Some(rest[..length].to_vec())
    }
}

/// The length of the record that these bytes begin with; `None` where it is not here as a whole.
pub(super) fn record_length(bytes: &[u8]) -> Option<usize> {
    let length = HEADER + usize::from(u16::from_be_bytes([*bytes.get(3)?, *bytes.get(4)?]));
    let sound = (CHANGE_CIPHER_SPEC..=23).contains(&bytes[0]) && length <= HEADER + LONGEST;
    match (sound, length <= bytes.len()) {
        (true, true) => Some(length),
        (true, false) => None,
        (false, _) => Some(bytes.len()),
    }
}

/// A record in clear with a fatal alert.
pub(super) fn alert_record(code: u8) -> Vec<u8> {
    vec![ALERT, 3, 3, 0, 2, 2, code]
}

/// Handshake messages, put together from what records hold.
#[derive(Default)]
pub(super) struct Messages(Vec<u8>);

impl Messages {
    /// Adds the content of a record.
    pub(super) fn add(&mut self, content: &[u8]) {
        self.0.extend_from_slice(content);
    }

    /// The next message that is here as a whole: its type, and what follows its header.
    pub(super) fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        let header = self.0.first_chunk::<MESSAGE_HEADER>()?;
        let kind = header[0];
        let length = MESSAGE_HEADER + usize::try_from(u32::from_be_bytes([0, header[1], header[2], header[3]])).ok()?;
        let body = self.0.get(MESSAGE_HEADER..length)?.to_vec();
        self.0.drain(..length);
        Some((kind, body))
    }

    /// How much of messages that are not whole is here.
    pub(super) fn pending(&self) -> usize {
        self.0.len()
    }
}

/// Follows the handshake messages that travel in clear in one direction: in TLS 1.2 up to the ChangeCipherSpec, in TLS 1.3 up to the ServerHello.
#[derive(Default)]
pub(super) struct Clear {
    messages: Messages,
    over: bool,
}

impl Clear {
    /// The messages that are whole with these records.
    pub(super) fn follow(&mut self, mut records: &[u8], until_hello: bool) -> Vec<(u8, Vec<u8>)> {
        let mut found = Vec::new();
        while let Some(length) = record_length(records).filter(|_| !self.over) {
            let (record, rest) = records.split_at(length);
            records = rest;
            match record[0] {
                HANDSHAKE => self.messages.add(&record[HEADER..]),
                CHANGE_CIPHER_SPEC if !until_hello => self.over = true,
                _ => continue,
            }
            while let Some((kind, body)) = self.messages.next() {
                self.over |= until_hello && kind == SERVER_HELLO && !is_retry(&body);
                found.push((kind, body));
            }
        }
        found
    }
}

/// What the random number of a HelloRetryRequest is, RFC 8446 section 4.1.3.
const RETRY: [u8; 32] = [
    0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
    0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
];

/// Whether a ServerHello is a HelloRetryRequest.
pub(super) fn is_retry(server_hello: &[u8]) -> bool {
    server_hello.get(2..34) == Some(&RETRY)
}
