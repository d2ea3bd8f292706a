//! The proxy from outside: real sockets, real rules files, the real program where signals matter.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it cannot go on")]
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "tests measure and show it")]

mod world;

mod admin;
mod down;
mod drain;
mod faults;
mod migration;
mod reload;
mod routing;
mod shadow;
mod streams;
mod unmatched;
mod upgrade;
