//! The comparison as its users see it: pairs of answers, laws that hold for all of them, and a
//! page for every code.

mod algebra;
mod codes;
mod encodings;
mod limits;
mod pairs;
