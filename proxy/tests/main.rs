//! The proxy from outside: real sockets, real rules files, the real program where signals matter.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where it cannot go on")]
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "tests measure and show it")]

#[path = "../../reference-services/market-data/tests/world/postgres.rs"]
mod postgres;
mod world;

mod admin;
mod answers;
mod corpus;
mod database;
mod down;
mod drain;
mod edge;
mod faults;
mod frames;
mod grpc;
mod http2;
mod identity;
mod limits;
mod matrix;
mod migration;
mod reload;
mod routing;
mod scarce;
mod shadow;
mod streams;
mod tls;
mod turns;
mod unmatched;
mod upgrade;
mod upstreams;
