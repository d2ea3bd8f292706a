//! CSRF tokens: 32 letters that are the secret, or 64 that hide it behind a mask of their own.
//!
//! A token alone is not the whole check: for unsafe methods Django also compares `Origin`, or over
//! TLS `Referer`, with the hosts it trusts.

use subtle::ConstantTimeEq as _;

/// `CSRF_ALLOWED_CHARS`.
const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Characters of a secret.
pub const SECRET_CHARS: usize = 32;

/// Characters of a masked token: the mask, then the secret under it.
pub const TOKEN_CHARS: usize = 2 * SECRET_CHARS;

/// `_get_new_csrf_string`: a new secret from a source of random bytes.
pub fn new_secret(mut random: impl FnMut() -> u8) -> String {
    let letters = 62_u8;
    let fair = u8::MAX - u8::MAX % letters;
    let mut secret = String::with_capacity(SECRET_CHARS);
    while secret.len() < SECRET_CHARS {
        let byte = random();
        // Larger bytes would make the first letters likelier.
        if byte < fair {
            secret.push(char::from(LETTERS[usize::from(byte % letters)]));
        }
    }
    secret
}

/// `_mask_cipher_secret`: the token for a form or a header, with a mask from random bytes. `None`
/// where the text is no secret.
pub fn mask(secret: &str, random: impl FnMut() -> u8) -> Option<String> {
    let places = places(secret).filter(|places| places.len() == SECRET_CHARS)?;
    let mask = new_secret(random);
    let over = self::places(&mask)?;
    let cipher = places.iter().zip(over).map(|(place, mask)| letter(place + mask));
    Some(cipher.fold(mask.clone(), |mut token, letter| {
        token.push(letter);
        token
    }))
}

/// The secret in a token, masked or bare; `None` where Django says that the format is wrong.
pub fn unmask(token: &str) -> Option<String> {
    let places = places(token)?;
    match places.len() {
        SECRET_CHARS => Some(token.to_owned()),
        TOKEN_CHARS => {
            let (mask, cipher) = places.split_at(SECRET_CHARS);
            let plain = cipher.iter().zip(mask).map(|(place, mask)| letter(62 + place - mask));
            Some(plain.collect())
        }
        _ => None,
    }
}

/// Whether a token from a form or header belongs to the cookie: both may be masked or bare.
pub fn matches(token: &str, cookie: &str) -> bool {
    match (unmask(token), unmask(cookie)) {
        (Some(token), Some(secret)) => token.as_bytes().ct_eq(secret.as_bytes()).into(),
        _ => false,
    }
}

fn places(text: &str) -> Option<Vec<usize>> {
    if text.len() > TOKEN_CHARS {
        return None;
    }
    text.bytes().map(|byte| LETTERS.iter().position(|letter| *letter == byte)).collect()
}

fn letter(place: usize) -> char {
    char::from(LETTERS[place % 62])
}
