//! The head of a request, as far as rules look at it.

/// What the router is asked about. Borrowed from wherever the caller keeps its requests.
#[derive(Clone, Copy)]
pub struct Head<'h> {
    /// The method as on the wire.
    pub method: &'h str,
    /// Path and query as on the wire: still percent-encoded.
    pub target: &'h [u8],
    /// The `Host` header or `:authority`.
    pub host: &'h str,
    /// The other headers.
    pub headers: &'h dyn Headers,
    /// The signed-in user, if somebody verified the session.
    pub user: Option<&'h str>,
    /// The client's address, without port.
    pub address: &'h str,
}

impl<'h> Head<'h> {
    /// A head with method and target alone.
    pub fn new(method: &'h str, target: &'h [u8]) -> Self {
        Self { method, target, host: "", headers: &NoHeaders, user: None, address: "" }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&'h [u8]> {
        (0..).map_while(|nth| self.headers.value("cookie", nth)).find_map(|line| {
            line.split(|byte| *byte == b';').find_map(|pair| {
                let pair = pair.trim_ascii();
                let (key, value) = pair.split_at_checked(name.len())?;
                (key == name.as_bytes()).then(|| value.strip_prefix(b"="))?
            })
        })
    }
}

impl std::fmt::Debug for Head<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let target = String::from_utf8_lossy(self.target);
        write!(f, "{} {target} at {}", self.method, self.host)
    }
}

/// Headers by name. The router asks only for those that some rule names, and for cookies.
pub trait Headers {
    /// The nth value of the header of that lower-case name.
    fn value(&self, name: &str, nth: usize) -> Option<&[u8]>;
}

/// No headers at all.
#[derive(Debug, Clone, Copy)]
pub struct NoHeaders;

impl Headers for NoHeaders {
    fn value(&self, _: &str, _: usize) -> Option<&[u8]> {
        None
    }
}

impl Headers for Vec<(String, String)> {
    fn value(&self, name: &str, nth: usize) -> Option<&[u8]> {
        let named = self.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_bytes()).nth(nth)
    }
}
