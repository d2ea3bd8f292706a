//! The ledger as its two users see it: the proxy that records, the desk that reads.

mod balance;
mod bounds;
mod refusals;
mod world;
