//! The tests of the rules crate, one module a topic.

mod routing;
