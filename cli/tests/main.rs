//! The desk tool as its users meet it: the real binary, real folders, what it prints, and the exit
//! code. `world.rs` is the small language the cases are written in.

mod analyze;
mod burndown;
mod codes;
mod doctor;
mod grammar;
mod live;
mod rules;
mod shadow;
mod site;
mod world;
