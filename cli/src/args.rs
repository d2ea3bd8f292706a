//! The whole grammar of the command line; every subcommand fits on one screen.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

const EXIT_CODES: &str = "\
Exit codes: 0 fine, 1 findings or differences or a gate not met, 2 usage or unreadable
configuration, 3 the surroundings fail (no such folder, no permission, a full disk).";

/// Takes a Django monolith apart, endpoint by endpoint, with evidence.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Args {
    /// When to colour the output; `auto` obeys `NO_COLOR` and `CLICOLOR_FORCE`.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Analyze(Analyze),
    #[command(subcommand)]
    Contexts(Contexts),
    #[command(subcommand)]
    Rules(Rules),
    #[command(subcommand)]
    Shadow(Shadow),
    Burndown(Burndown),
    Doctor(Doctor),
    Explain(Explain),
    Completions(Completions),
}

/// Read a Django repository without running it.
///
/// Finds settings, installed apps, models, tables, relations and endpoints, and writes map.json,
/// report.md, report.html, matrix.csv and matrix.html (endpoints by tables), map.dot, map.mmd
/// (Mermaid), map.sarif and a rules skeleton. Never imports or executes the project.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow analyze .
  outgrow analyze src --settings shop.settings.production --out build/outgrow
  outgrow analyze . --output-format json | jq '.tables[].name'
  OUTGROW_DATABASE=postgres://reader@localhost/shop outgrow analyze .")]
pub(crate) struct Analyze {
    /// Folder of the repository, or of the package to analyze.
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,
    /// Dotted settings module; found through manage.py and its like when left out.
    #[arg(long, value_name = "MODULE")]
    pub(crate) settings: Option<String>,
    /// Folder that installed packages may be read from (repeatable); better than the catalogue.
    #[arg(long, value_name = "DIR")]
    pub(crate) site_packages: Vec<PathBuf>,
    /// What the recorder of outgrow-django saw (repeatable): the map says what was seen.
    #[arg(long, value_name = "FILE")]
    pub(crate) evidence: Vec<PathBuf>,
    /// A running PostgreSQL to compare models and migrations with; its catalogue is read in a
    /// read-only transaction with time limits, never a row.
    #[arg(long, value_name = "URL", env = "OUTGROW_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// Root of the git repository that holds the folder, if it is not the folder itself: its
    /// history and CODEOWNERS say who changes what together. No git is run.
    #[arg(long, value_name = "DIR")]
    pub(crate) git: Option<PathBuf>,
    /// Stay, analyze again after every change of a file, and say what it changed.
    #[arg(long)]
    pub(crate) watch: bool,
    /// Folder in which maps are kept between runs; one that lies in what is analyzed is not used.
    /// The result does not depend on it.
    #[arg(long, value_name = "DIR", env = "OUTGROW_CACHE")]
    pub(crate) cache: Option<PathBuf>,
    /// Analyze everything from the start, and keep nothing.
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// The user's folder for such things.
    #[arg(env = "XDG_CACHE_HOME", hide = true, long)]
    pub(crate) cache_home: Option<PathBuf>,
    /// The user's folder.
    #[arg(env = "HOME", hide = true, long)]
    pub(crate) home: Option<PathBuf>,
    /// Folder for what is written.
    #[arg(long, value_name = "DIR", default_value = "out")]
    pub(crate) out: PathBuf,
    /// Print the summary for people, or map.json for programs.
    #[arg(long, value_enum, default_value_t = MapFormat::Full, value_name = "FORMAT")]
    pub(crate) output_format: MapFormat,
    /// Threads that read and parse; 0 means one a core. The result does not depend on it.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub(crate) threads: usize,
    /// End with 0 even where files could only be read in part, or models and migrations differ.
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Print nothing but errors.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Propose bounded contexts.
#[derive(Debug, Subcommand)]
pub(crate) enum Contexts {
    Propose(Propose),
}

/// Propose which tables belong together, and show what crosses between the groups.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow contexts propose
  outgrow contexts propose --map build/outgrow/map.json --resolution 150")]
pub(crate) struct Propose {
    /// The map that `outgrow analyze` wrote; it and the report beside it are written again.
    #[arg(long, value_name = "FILE", default_value = "out/map.json")]
    pub(crate) map: PathBuf,
    /// How finely to cut, in percent: above 100 gives more and smaller contexts.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) resolution: Option<u32>,
    /// Only print; leave the map and the report as they are.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print for people, or as JSON.
    #[arg(long, value_enum, default_value_t = MapFormat::Full, value_name = "FORMAT")]
    pub(crate) output_format: MapFormat,
}

/// Check and edit the YAML that says at which stage each endpoint is.
#[derive(Debug, Subcommand)]
pub(crate) enum Rules {
    Init(Init),
    Check(Check),
    Test(Test),
    Explain(ExplainRequest),
    Diff(Diff),
    Edit(Edit),
    Promote(Promote),
    RollBack(RollBack),
    Owners(Owners),
    Export(Export),
    Schema(Schema),
}

/// Run the tests that stand beside the rules.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules test
  outgrow rules test ops/rules --fail-under 100")]
pub(crate) struct Test {
    /// Folder of the rules.
    #[arg(default_value = "rules")]
    pub(crate) folder: PathBuf,
    /// Fail when fewer than this percentage of the routes is named by a passing test.
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub(crate) fail_under: f64,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Write a first set of rules from the analyzer's map: every endpoint at legacy, with a test each.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules init
  outgrow rules init ops/rules --map build/outgrow/map.json

Writes only into a folder that holds no rules yet.")]
pub(crate) struct Init {
    /// Folder for the rules.
    #[arg(default_value = "rules")]
    pub(crate) folder: PathBuf,
    /// The map that `outgrow analyze` wrote.
    #[arg(long, value_name = "FILE", default_value = "out/map.json")]
    pub(crate) map: PathBuf,
    /// Print what would be written without writing it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub(crate) output_format: Format,
}

/// What every command that reads rules takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Reading {
    /// The analyzer's map, for routes that say `view:`.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub(crate) output_format: Format,
}

/// Show which endpoints, and what share of the traffic, a change of the rules moves.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules diff main/rules rules
  outgrow rules diff main/rules rules --log access.log --output-format json

Exit code 1 where anything differs.")]
pub(crate) struct Diff {
    /// Folder of the rules as they are.
    pub(crate) old: PathBuf,
    /// Folder of the rules as they will be.
    pub(crate) new: PathBuf,
    /// Access log to replay: common, combined, or the proxy's own JSON lines.
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Print `CODEOWNERS` lines for the rules files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  outgrow rules owners rules >> .github/CODEOWNERS")]
pub(crate) struct Owners {
    /// Folder of the rules, as it is called from the root of the repository.
    #[arg(default_value = "rules")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Write the rules in the words of another system, and say what it could not express.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  outgrow rules export rules --gateway edge > httproutes.json")]
pub(crate) struct Export {
    /// Folder of the rules.
    #[arg(default_value = "rules")]
    pub(crate) folder: PathBuf,
    /// The other system.
    #[arg(long, value_enum, default_value_t = ExportFormat::GatewayApi, value_name = "FORMAT")]
    pub(crate) format: ExportFormat,
    /// Name of the Gateway that the routes attach to.
    #[arg(long, default_value = "outgrow")]
    pub(crate) gateway: String,
    /// The analyzer's map, for routes that say `view:`.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// How to print what was lost, on standard error; the resources are JSON in every format.
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub(crate) output_format: Format,
}

/// Print the JSON Schema of a rules file, for editors.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  outgrow rules schema > rules/rules.schema.json")]
pub(crate) struct Schema {
    /// The schema is JSON in every format; `concise` puts it on one line.
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub(crate) output_format: Format,
}

/// Another system that routes requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// `HTTPRoutes` of the Kubernetes Gateway API, as JSON.
    GatewayApi,
}

/// Report every problem of every file in one run.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules check
  outgrow rules check --map out/map.json
  outgrow rules check ops/rules --output-format github

With a map, endpoints that no rule covers are named too.")]
pub(crate) struct Check {
    /// Folder of the rules.
    #[arg(default_value = "rules")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Show which rule a request meets, and where it would go.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules explain GET /api/orders/7/
  outgrow rules explain POST /api/orders/ --host shop.example --rules ops/rules --user 42
  outgrow rules explain GET /api/quotes/aapl/ --header 'Cookie: sessionid=abc'")]
pub(crate) struct ExplainRequest {
    /// HTTP method.
    pub(crate) method: String,
    /// Path as the client sends it, query included.
    pub(crate) path: String,
    /// Value of the Host header.
    #[arg(long, default_value = "localhost")]
    pub(crate) host: String,
    /// Identity for the canary cohort.
    #[arg(long)]
    pub(crate) user: Option<String>,
    /// A header of the request, such as `X-Beta: 1` or `Cookie: sessionid=abc` (repeatable).
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) header: Vec<(String, String)>,
    /// The client's address, for cohorts of whoever has no session.
    #[arg(long, default_value = "")]
    pub(crate) address: String,
    /// Also name the routes whose path is another.
    #[arg(long)]
    pub(crate) all: bool,
    /// Folder of the rules.
    #[arg(long, default_value = "rules", value_name = "DIR")]
    pub(crate) rules: PathBuf,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// `Name: value`, as in a request.
fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("a header is `Name: value`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Change the stage or the share of one route: one scalar changes, every other byte stays.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules edit market-data.quote --stage shadow
  outgrow rules edit market-data.quote --share 25% --dry-run")]
#[command(group(clap::ArgGroup::new("scalar").required(true)))]
pub(crate) struct Edit {
    /// The stage to write: legacy, shadow, canary, native or retired.
    #[arg(long, group = "scalar")]
    pub(crate) stage: Option<String>,
    /// The share of the canary to write, such as 5%.
    #[arg(long, group = "scalar")]
    pub(crate) share: Option<String>,
    #[command(flatten)]
    pub(crate) target: Target,
}

/// Move one route one step further: the next of its `promote.steps`, else the next stage.
///
/// legacy, shadow, canary, native, retired. Whether the evidence allows it, `outgrow shadow status`
/// says.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow rules promote market-data.quote
  outgrow rules promote market-data.quote --dry-run --output-format json")]
pub(crate) struct Promote {
    #[command(flatten)]
    pub(crate) target: Target,
}

/// Move one route back to legacy, from whichever stage it is at.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  outgrow rules roll-back market-data.quote")]
pub(crate) struct RollBack {
    #[command(flatten)]
    pub(crate) target: Target,
}

/// The route that a command changes.
#[derive(Debug, clap::Args)]
pub(crate) struct Target {
    /// Name of the route.
    pub(crate) route: String,
    /// Folder of the rules.
    #[arg(long, default_value = "rules", value_name = "DIR")]
    pub(crate) rules: PathBuf,
    /// Print the change without making it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Read the evidence that shadow traffic has gathered.
#[derive(Debug, Subcommand)]
pub(crate) enum Shadow {
    Status(Status),
}

/// Per endpoint: how many answers were compared, how many differ, and what that proves.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow shadow status
  outgrow shadow status --ledger /var/lib/outgrow/ledger.sqlite --samples 3")]
pub(crate) struct Status {
    /// The ledger file that the proxy writes.
    #[arg(long, value_name = "FILE", default_value = "ledger.sqlite")]
    pub(crate) ledger: PathBuf,
    /// Also print up to this many redacted differences per endpoint.
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub(crate) samples: usize,
    /// Print for people, or as JSON.
    #[arg(long, value_enum, default_value_t = MapFormat::Full, value_name = "FORMAT")]
    pub(crate) output_format: MapFormat,
}

/// Show how far the migration is: endpoints, requests and legacy's time moved, by stage and team.
///
/// Reads what a running outgrow-proxy has counted, or its access log, beside the rules. Also lists
/// the requests that no rule takes, endpoints without traffic, and endpoints whose code in the
/// monolith can be deleted. Legacy's time that was moved is native's requests times the mean of
/// what legacy took for the same endpoint.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("traffic").required(true).multiple(true))]
#[command(after_help = "Examples:
  outgrow burndown --rules ops/rules --admin http://127.0.0.1:9900
  outgrow burndown --log access.log --map out/map.json --output-format markdown > burndown.md
  zcat access.log.*.gz | outgrow burndown --log - --ledger ledger.sqlite --fail-under 25")]
pub(crate) struct Burndown {
    /// Folder of the rules.
    #[arg(long, default_value = "rules", value_name = "DIR")]
    pub(crate) rules: PathBuf,
    /// Admin address of a running outgrow-proxy (repeatable: all are added up).
    #[arg(long, value_name = "URL", group = "traffic")]
    pub(crate) admin: Vec<String>,
    /// Access log of outgrow-proxy, `-` for standard input (repeatable).
    #[arg(long, value_name = "FILE", group = "traffic")]
    pub(crate) log: Vec<PathBuf>,
    /// The map that `outgrow analyze` wrote: adds where each view stands, and what has no rule.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// The ledger that the proxy writes: what legacy took for endpoints it no longer answers.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// End with 1 when native answers less than this percentage of all requests.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) fail_under: Option<f64>,
    /// Print for people, as JSON, or as Markdown.
    #[arg(long, value_enum, default_value_t = PageFormat::Full, value_name = "FORMAT")]
    pub(crate) output_format: PageFormat,
}

/// Prove that Django behind the proxy sees what clients do; name the setting to change.
///
/// Asks the site as a browser and as a stranger would: scheme, host, port, client address, forms,
/// redirects, cookies, forged headers. It posts the sign-in form empty and changes nothing. What
/// only Django can tell is asked from the check view of the companion package outgrow-django.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow doctor --through https://shop.example
  outgrow doctor --through https://shop.example --token-file /run/secrets/outgrow-check
  outgrow doctor --through https://shop.example --connect 10.0.0.7:443 --cacert ca.pem

Exit code 1 where something is wrong or could not be proven.")]
pub(crate) struct Doctor {
    /// The public address of the site, as browsers use it.
    #[arg(long, value_name = "URL")]
    pub(crate) through: String,
    /// Connect there instead, e.g. before DNS points to the proxy.
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) connect: Option<String>,
    /// Certificates (PEM) of the authorities to trust instead of the public ones.
    #[arg(long, value_name = "FILE")]
    pub(crate) cacert: Option<PathBuf>,
    /// File with the token of the check view (the setting `OUTGROW_CHECK_TOKEN`).
    #[arg(long, value_name = "FILE", env = "OUTGROW_CHECK_TOKEN_FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Path of the check view.
    #[arg(long, value_name = "PATH", default_value = "/outgrow/check/")]
    pub(crate) check_path: String,
    /// Path of a page with a sign-in form; the usual ones are tried when left out.
    #[arg(long, value_name = "PATH")]
    pub(crate) login_path: Option<String>,
    /// Another origin whose pages post to the site, e.g. `https://app.example` (repeatable).
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) origin: Vec<String>,
    /// The address by which the proxy should know this machine, where NAT lies between.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) from: Option<std::net::IpAddr>,
    /// End with 0 even where something could not be proven.
    #[arg(long)]
    pub(crate) allow_unproven: bool,
    /// Print for people, or as JSON.
    #[arg(long, value_enum, default_value_t = MapFormat::Full, value_name = "FORMAT")]
    pub(crate) output_format: MapFormat,
}

/// Explain a problem code (or list all), a table, a model or an endpoint.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  outgrow explain
  outgrow explain RU003
  outgrow explain table trading_order
  outgrow explain model trading.Order
  outgrow explain endpoint trading:order-list --map build/outgrow/map.json")]
pub(crate) struct Explain {
    /// The code, e.g. RU003; or `table`, `model`, `endpoint`.
    pub(crate) what: Option<String>,
    /// Name of the table, label of the model, name or route or view of the endpoint.
    pub(crate) name: Option<String>,
    /// The map that `outgrow analyze` wrote.
    #[arg(long, value_name = "FILE", default_value = "out/map.json")]
    pub(crate) map: PathBuf,
}

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  outgrow completions bash > /etc/bash_completion.d/outgrow")]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: clap_complete::Shell,
}

/// When to colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is printed from here on.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
    }
}

/// Output for people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MapFormat {
    Full,
    Json,
}

/// Output for people, for programs, or for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    Full,
    Json,
    Markdown,
}

/// How answers and problems of rules are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people; problems with the source line and a caret.
    Full,
    /// One line each.
    Concise,
    /// JSON.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}
