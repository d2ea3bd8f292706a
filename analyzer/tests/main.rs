//! The integration tests of the analyzer, in one binary.

mod catalogue;
mod contexts;
mod recovery;
mod report;
mod skeleton;
mod world;
