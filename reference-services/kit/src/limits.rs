//! Every bound of a native service in one place; `grep _MAX` finds them all.

use std::time::Duration;

/// Open connections, a count. The proxy in front keeps a few hundred; one more waits in the
/// kernel's queue until another ends.
pub const CONNECTIONS_MAX: usize = 1_024;

/// Bytes of a request's head, in bytes (32 KiB, to within one read of the socket): cookies and
/// tokens fit four times over.
pub const HEAD_BYTES_MAX: usize = 32 * 1024;

/// Header lines of a request, a count: what gunicorn allows (100).
pub const HEADERS_MAX: usize = 100;

/// Bytes of a request's body, in bytes (2.5 MiB): Django's `DATA_UPLOAD_MAX_MEMORY_SIZE`.
pub const BODY_BYTES_MAX: usize = 2_621_440;

/// Time for a request's head to arrive, the pause before it included, in seconds (75): longer than
/// the proxy in front keeps an idle connection (60), so it is never closed under a new request.
pub const HEAD_TIME_MAX: Duration = Duration::from_secs(75);

/// Time for one answer, in seconds (10): the proxy's own deadline is longer.
pub const REQUEST_TIME_MAX: Duration = Duration::from_secs(10);

/// Time for open requests to end after a signal, in seconds (20): below the 30 that Kubernetes
/// waits before it kills.
pub const DRAIN_TIME_MAX: Duration = Duration::from_secs(20);

/// Connections to the database, a count: PostgreSQL's default allows 100 for everybody, and the
/// monolith keeps its own.
pub const POOL_CONNECTIONS_MAX: usize = 16;

/// Time to wait for a connection of the pool, in seconds (2): after that the service is
/// overloaded and says so.
pub const POOL_TIME_MAX: Duration = Duration::from_secs(2);

/// Time of one SQL statement, in milliseconds (5,000): half the time of an answer.
pub const STATEMENT_MS_MAX: u32 = 5_000;
