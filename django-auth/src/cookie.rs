//! Cookies as Django reads them from a header, and cookies that are signed.

use std::time::Duration;

use crate::{Keys, Signer, Unsigned};

/// What stands before each secret key where it signs a cookie.
const KEY_PREFIX: &[u8] = b"django.http.cookies";

/// The value of a cookie in a `Cookie` header: `request.COOKIES[name]`. The last one of a name
/// counts; a quoted value is unquoted as `http.cookies` does.
pub fn find(header: &str, name: &str) -> Option<String> {
    let of_name = |chunk: &str| {
        let (key, value) = chunk.split_once('=').unwrap_or(("", chunk));
        (python_strip(key) == name).then(|| python_strip(value).to_owned())
    };
    header.split(';').filter_map(of_name).next_back().map(|value| unquote(&value))
}

/// `str.strip()`: Unicode's white space and the four separators that Python counts as well.
fn python_strip(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c))
}

/// `http.cookies._unquote`.
fn unquote(value: &str) -> String {
    let inside = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(mut rest) = inside else { return value.to_owned() };
    let mut text = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        rest = after;
        if let Some(byte) = octal(after) {
            text.push(char::from(byte));
            rest = &after[3..];
        } else if let Some(next) = after.chars().next().filter(|next| *next != '\n') {
            text.push(next);
            rest = &after[next.len_utf8()..];
        } else {
            text.push('\\');
        }
    }
    text.push_str(rest);
    text
}

/// `[0-3][0-7][0-7]` at the beginning of a text.
fn octal(text: &str) -> Option<u8> {
    let digits = text.get(..3)?;
    let octal = digits.bytes().all(|digit| (b'0'..=b'7').contains(&digit));
    octal.then(|| u8::from_str_radix(digits, 8).ok()).flatten()
}

/// The salts of a signed cookie. Two pairs of name and salt could be one text in the old form, so
/// Django 5.2.15 and 6.0.6 brought a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaltForm {
    /// `name + salt`: Django before 5.2.15.
    Legacy,
    /// With the salt's length in front: Django since 5.2.15 and 6.0.6.
    V2,
}

/// What Django needs to know of a signed cookie.
#[derive(Debug, Clone, Copy)]
pub struct SignedCookie<'c> {
    /// The cookie's name.
    pub name: &'c str,
    /// The application's salt; empty by default.
    pub salt: &'c str,
}

impl SignedCookie<'_> {
    fn signer(&self, keys: &Keys, form: SaltForm) -> Signer {
        let Self { name, salt } = self;
        let chars = salt.chars().count();
        Signer::with_prefix(
            keys,
            KEY_PREFIX,
            &match form {
                SaltForm::Legacy => format!("{name}{salt}"),
                SaltForm::V2 => format!("django.http.cookies.v2:{chars}:{salt}{name}"),
            },
        )
    }

    /// The value for `set_signed_cookie` at `now` (since 1970).
    pub fn write(&self, keys: &Keys, form: SaltForm, text: &str, now: Duration) -> String {
        self.signer(keys, form).sign_at(text, now)
    }

    /// `get_signed_cookie` at `now` (since 1970) with the salts of one form: the form of the Django
    /// that runs. Where `SIGNED_COOKIE_LEGACY_SALT_FALLBACK` is on, ask [`Self::read_either`].
    ///
    /// # Errors
    /// As [`Signer::unsign_at`].
    pub fn read<'t>(
        &self,
        keys: &Keys,
        form: SaltForm,
        signed: &'t str,
        max_age: Option<Duration>,
        now: Duration,
    ) -> Result<&'t str, Unsigned> {
        self.signer(keys, form).unsign_at(signed, max_age, now)
    }

    /// `get_signed_cookie` of a Django that knows both forms and allows the old one. An expired
    /// cookie in the new form is expired, whatever the old form would say.
    ///
    /// # Errors
    /// As [`Signer::unsign_at`].
    pub fn read_either<'t>(
        &self,
        keys: &Keys,
        signed: &'t str,
        max_age: Option<Duration>,
        now: Duration,
    ) -> Result<&'t str, Unsigned> {
        match self.read(keys, SaltForm::V2, signed, max_age, now) {
            Err(Unsigned::BadSignature) => self.read(keys, SaltForm::Legacy, signed, max_age, now),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_a_name_counts() {
        let header = "a=1; sessionid=first; b ; sessionid = \"sec\\157nd\\\"\" ;c=";
        assert_eq!(find(header, "sessionid").as_deref(), Some("second\""));
        assert_eq!(find(header, "c").as_deref(), Some(""));
        assert_eq!(find(header, "").as_deref(), Some("b"));
        assert_eq!(find(header, "d"), None);
    }
}
