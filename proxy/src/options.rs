//! The command line of `outgrow-proxy`. What moves traffic is in the rules; here is only what the
//! machine it runs on decides.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::Parser;

use crate::{forwarded::Network, identity::IdentityOptions};

/// Threads of the data path at most; beyond it the one accept queue is the bottleneck.
pub(crate) const THREADS_MAX: usize = 64;

/// Routes every request of a Django site to the monolith or to the service that replaces it.
#[derive(Debug, Clone, Parser)]
#[command(name = "outgrow-proxy", version, max_term_width = 100)]
pub struct Options {
    /// Folder with the rules; watched, and reloaded as a whole when it changes.
    #[arg(long, value_name = "DIR", env = "OUTGROW_RULES")]
    pub rules: PathBuf,

    /// Where clients connect.
    #[arg(long, value_name = "ADDR", env = "OUTGROW_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Where /healthz, /readyz, /metrics, /rules and others answer; keep it off the public network.
    #[arg(long, value_name = "ADDR", env = "OUTGROW_ADMIN", default_value = "127.0.0.1:9900")]
    pub admin: SocketAddr,

    /// Another host name under which the admin address may be asked, e.g. the pod's.
    #[arg(long, value_name = "HOST")]
    pub admin_host: Vec<String>,

    /// SQLite file for verdicts of comparisons; without it shadow stages only count.
    #[arg(long, value_name = "FILE", env = "OUTGROW_LEDGER")]
    pub ledger: Option<PathBuf>,

    /// File that remembers what is held at legacy; watched, edit it to hold or to let go.
    #[arg(long, value_name = "FILE", env = "OUTGROW_HOLDS")]
    pub holds: Option<PathBuf>,

    /// File whose content is the token for changes by the admin port; without it there are none.
    #[arg(long, value_name = "FILE", env = "OUTGROW_ADMIN_TOKEN_FILE")]
    pub admin_token_file: Option<PathBuf>,

    /// File with the key that signs read-your-writes pins, the same for all proxies of a site;
    /// without it pins end with this process.
    #[arg(long, value_name = "FILE", env = "OUTGROW_PIN_KEY_FILE")]
    pub pin_key_file: Option<PathBuf>,

    /// Socket by which a newer program takes over: start it with the same options and this one
    /// drains and ends; no connection is refused.
    #[arg(long, value_name = "FILE", env = "OUTGROW_UPGRADE_SOCKET")]
    pub upgrade_socket: Option<PathBuf>,

    /// Collector for spans of sampled requests (OTLP/HTTP), such as `http://127.0.0.1:4318`.
    #[arg(long, value_name = "URL", env = "OUTGROW_OTLP_ENDPOINT",
        value_parser = crate::otlp::collector)]
    pub otlp_endpoint: Option<String>,

    /// Share of the traces that begin here that is sampled, 0 to 1; a caller's own choice is kept.
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0.01")]
    pub otlp_sample: f64,

    /// Address range whose X-Forwarded-* headers are believed; repeat for several.
    #[arg(long, value_name = "CIDR")]
    pub trusted_proxy: Vec<Network>,

    /// Address range that speaks the PROXY protocol (1 or 2) and must; repeat for several.
    #[arg(long, value_name = "CIDR")]
    pub proxy_protocol: Vec<Network>,

    /// PEM file with a certificate and those that vouch for it: clients connect with TLS. Repeat
    /// for several names; the first one is for clients that ask for none. Watched.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Vec<PathBuf>,

    /// PEM file with the private key of each --tls-cert, in the same order.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Vec<PathBuf>,

    /// Who users are.
    #[command(flatten)]
    pub identity: IdentityOptions,

    /// Write no line for each request, where meters and spans tell enough. What the admin port
    /// changes is written all the same.
    #[arg(long)]
    pub no_access_log: bool,

    /// Say in every answer who answered and by which rule (x-outgrow-* headers).
    #[arg(long)]
    pub debug_headers: bool,

    /// Threads of the data path; 0 is one per core.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,

    /// Comparisons in the air at one time; more are given up and counted.
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub shadow_in_flight: u32,

    /// MiB that bodies held for comparisons may take together.
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    pub shadow_memory: usize,

    /// How long native may take to answer a copy.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "2s")]
    pub shadow_deadline: Duration,

    /// How often the rules are read again even if nothing was announced.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "5s")]
    pub poll: Duration,

    /// After the readiness turned false, how long clients may still connect.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "0s")]
    pub lame_duck: Duration,

    /// How long requests may take to finish after SIGTERM.
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "30s")]
    pub drain: Duration,
}

impl Options {
    /// Options for a folder of rules, everything else as by default; what tests start from.
    pub fn for_rules(rules: PathBuf) -> Self {
        let words = [std::ffi::OsString::from("outgrow-proxy"), "--rules".into(), rules.into()];
        Self::parse_from(words)
    }

    /// Threads of the data path.
    pub fn data_threads(&self) -> usize {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        if self.threads == 0 { cores } else { self.threads }.min(THREADS_MAX)
    }
}

/// Reads a share between 0 and 1.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| format!("{text:?} is no share: write it like 0.01, between 0 and 1"))
}

/// Reads `500ms`, `2s`, `5m`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is no duration: write it like 500ms, 2s or 5m");
    let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(split);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    match unit {
        "ms" => Ok(Duration::from_millis(number)),
        "s" => Ok(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2s"), Ok(Duration::from_secs(2)));
        for bad in ["", "2", "s", "2h", "-1s", "1.5s"] {
            assert!(duration(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn defaults_stay_on_this_machine() {
        let options = Options::for_rules("rules".into());
        assert!(options.listen.ip().is_loopback() && options.admin.ip().is_loopback());
    }
}
