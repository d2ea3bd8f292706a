//! The service beside the real monolith: the same database, the same requests, the same answers.

mod equality;
mod process;
mod world;
