//! The proxy from outside: real sockets, real rules files, the real program where signals matter.

mod world;

mod admin;
mod drain;
mod faults;
mod reload;
mod routing;
mod shadow;
mod streams;
