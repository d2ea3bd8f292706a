//! The server over real sockets: answers, limits, and an end in which open requests finish.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod end;
mod identity;
mod limits;
mod middleware;
mod trace;
mod world;
