//! One side's answer to one request, as far as it was captured: status, headers, a bounded body.
//!
//! What is never captured: upgraded connections, event streams, and whatever lies behind
//! [`BODY_BYTES_MAX`]. The capturing side says so with `truncated` or with a [`crate::Void`].

/// Most bytes of one body worth capturing, in bytes (1 MiB). API answers of Django projects are
/// a few KiB; pages with a hundred rows stay below 200 KiB. Beyond it the pair is incomparable.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// What one side (legacy or native) answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The status code, as sent.
    pub status: u16,
    /// All headers in the order they came, names in any case.
    pub headers: Vec<(String, String)>,
    /// The body as it travelled: still encoded if a Content-Encoding says so.
    pub body: Vec<u8>,
    /// The body was longer than the capture's limit and `body` holds only its beginning.
    pub truncated: bool,
}

impl Answer {
    /// The first value of a header, its name compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(had, _)| had.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Every value of a header in the order they came.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(had, _)| had.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}
