//! The server over real sockets: answers, limits, and an end in which open requests finish.

mod end;
mod limits;
mod middleware;
mod trace;
mod world;
