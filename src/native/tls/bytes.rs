//! Reading and writing the vectors of TLS.

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next so many; `None` where there are fewer.
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number of so many bytes, at most 8.
    pub(super) fn number(&mut self, length: usize) -> Option<u64> {
        Some(self.take(length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A number of two bytes.
    pub(super) fn u16(&mut self) -> Option<u16> {
        self.number(2)?.try_into().ok()
    }

    /// A number of four bytes.
    pub(super) fn u32(&mut self) -> Option<u32> {
        self.number(4)?.try_into().ok()
    }

    /// A vector whose length is written before it in so many bytes.
    pub(super) fn vector(&mut self, length_bytes: usize) -> Option<&'a [u8]> {
        let length = self.number(length_bytes)?.try_into().ok()?;
        self.take(length)
    }
}

/// Writes a vector with its length before it in so many bytes.
pub(super) fn put_vector(into: &mut Vec<u8>, length_bytes: usize, bytes: &[u8]) {
    let length = (bytes.len() as u64).to_be_bytes();
    into.extend_from_slice(&length[length.len() - length_bytes..]);
    into.extend_from_slice(bytes);
}
