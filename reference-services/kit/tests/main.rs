//! The server over real sockets: answers, limits, and an end in which open requests finish.

mod end;
mod identity;
mod limits;
mod middleware;
mod trace;
mod world;
