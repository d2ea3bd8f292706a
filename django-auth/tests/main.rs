//! django-auth against Django itself, and against whatever comes.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod hostile;
mod vectors;
