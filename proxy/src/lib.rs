//! `outgrow-proxy`: every request of a Django site goes to the monolith or to the service that
//! replaces it, as the rules say, and nobody notices.
//!
//! [`run`] is all that is public besides the options: the tests call what `main` calls. Sockets,
//! the log's destination and the wish to stop are arguments.
//!
//! ```text
//!  data threads                          one more event loop     threads of their own
//!  listen ─► connection ─► service       admin    mirror         access log  rules  compare
//!               │ gate, route, outbound     │        │ copies        ▲          │      │
//!               ├────────── log line ───────┼────────┼───────────────┘          │      ▼
//!               └── copy after the answer ──┼────────┘        state.rules ◄─────┘   ledger
//! ```

mod access;
mod admin;
mod announce;
mod attempt;
mod book;
mod breaker;
mod capture;
mod client;
mod connection;
mod direct;
mod drain;
mod error;
mod flood;
mod forwarded;
mod gate;
mod guard;
mod handover;
mod hold;
mod http2;
mod identity;
mod idle;
mod library;
mod life;
mod listen;
mod mirror;
mod observe;
mod options;
mod otlp;
mod outbound;
mod pin;
mod reload;
mod reply;
mod rest;
mod route;
mod run;
mod service;
mod state;
mod telemetry;
mod threads;
mod tls;
mod trace;
mod transport;
mod upload;
mod upstream;

pub use drain::Drained;
pub use forwarded::{BadNetwork, Network};
pub use handover::{Predecessor, offer, take};
pub use identity::{BadIdentity, IdentityOptions, Sessions};
pub use options::Options;
pub use reload::BadRules;
pub use run::{Asks, RunError, Sockets, run};
pub use tls::BadCertificate;
