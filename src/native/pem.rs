//! Bytes as text that mail would carry: RFC 7468.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BEGIN: &str = "-----BEGIN SSL SESSION PARAMETERS-----";
const END: &str = "-----END SSL SESSION PARAMETERS-----";
const LINE_CHARACTERS: usize = 64;

/// The text of these bytes.
pub(super) fn written(bytes: &[u8]) -> String {
    let mut text = String::from(BEGIN);
    for (number, character) in bytes.chunks(3).flat_map(four).enumerate() {
        if number % LINE_CHARACTERS == 0 {
            text.push('\n');
        }
        text.push(char::from(character));
    }
    text + "\n" + END + "\n"
}

/// The bytes of such a text.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(BEGIN)?;
    let (inside, _) = rest.split_once(END)?;
    let characters: Vec<u8> = inside.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let mut bytes = Vec::new();
    for four in characters.chunks(4) {
        bytes.extend(three(four)?);
    }
    Some(bytes)
}

/// Up to three bytes as four characters.
fn four(three: &[u8]) -> [u8; 4] {
    let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
    let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    let character = |at: usize| if at > three.len() { b'=' } else { ALPHABET[(bits >> (18 - 6 * at) & 63) as usize] };
    [0, 1, 2, 3].map(character)
}

/// Four characters as up to three bytes.
fn three(four: &[u8]) -> Option<Vec<u8>> {
    let padding = four.iter().rev().take_while(|character| **character == b'=').count();
    if four.len() != 4 || padding > 2 {
        return None;
    }
    let mut bits = 0_u32;
    for character in &four[..4 - padding] {
        let value = ALPHABET.iter().position(|known| known == character)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
    }
    bits <<= 6 * padding;
    let bytes = bits.to_be_bytes();
    Some(bytes[1..4 - padding].to_vec())
}

#[cfg(test)]
mod tests {
    use super::{read, written};

    #[test]
    fn bytes_of_every_length_come_back() {
        for length in 0..200_u8 {
            let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
            assert_eq!(read(&written(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn what_is_no_such_text_is_refused() {
        assert_eq!(read(""), None);
        assert_eq!(read(&written(b"session").replace('c', "!")), None);
        assert_eq!(read(&written(b"session")[..50]), None);
    }
}
