//! `docs/faults.md`, cell by cell: the page states what a client gets, and each cell is tried with
//! every method and stage that it stands for.

use std::{
    fmt::Write as _,
    io::Write,
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use http::Response;

use crate::world::{Proxy, full, legacy, nobody, proxy, raw, read_head, reset, talk};

/// What one attempt may take; a whole request may take three times that.
const ATTEMPT: Duration = Duration::from_secs(1);
const SIZED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nxxxxx";
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const HALF_A_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Le";

/// The methods of each column.
const METHODS: [&[&str]; 3] = [&["GET", "HEAD", "OPTIONS"], &["PUT", "DELETE"], &["POST", "PATCH"]];
/// The stages of each half of the columns.
const STAGES: [[&str; 2]; 2] = [["legacy", "shadow"], ["native", "canary"]];

/// What a side does once it has read a request.
fn misbehave(how: &str, mut stream: TcpStream) {
    let mut say = |text: &str| stream.write_all(text.as_bytes()).is_ok();
    match how {
        "closes before the head" => {}
        "closes a kept connection" => {
            say(OK);
            read_head(&mut stream);
        }
        "closes in the head" => drop(say(HALF_A_HEAD)),
        "closes in the body" => drop(say(SIZED)),
        "resets before the head" | "resets in the head" | "resets in the body" => {
            match how {
                "resets in the head" => drop(say(HALF_A_HEAD)),
                "resets in the body" => drop(say(SIZED)),
                _ => {}
            }
            // Let the bytes arrive: a reset overtakes what was not read yet.
            std::thread::sleep(Duration::from_millis(50));
            reset(stream);
        }
        "ends before its last chunk" => drop(say(CHUNKED)),
        "hangs before the head" => std::thread::sleep(5 * ATTEMPT),
        "hangs in the body" => {
            say(SIZED);
            std::thread::sleep(5 * ATTEMPT);
        }
        "trickles for ever" => {
            say(SIZED);
            while say("x") {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "answers garbage" => drop(say("\0\u{1}SSH-2.0\r\n\r\n")),
        "answers with too large a head" => {
            let field = "h".repeat(100_000);
            say(&format!("HTTP/1.1 200 OK\r\nX: {field}\r\nContent-Length: 0\r\n\r\n"));
        }
        "answers with two lengths" => {
            say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok");
        }
        "answers with a length and chunks" => {
            let framing = "Content-Length: 12\r\nTransfer-Encoding: chunked";
            say(&format!("HTTP/1.1 200 OK\r\n{framing}\r\n\r\n2\r\nok\r\n0\r\n\r\n"));
        }
        "answers in lines that end in LF" => drop(say(&OK.replace("\r\n", "\n"))),
        "breaks its chunks in the body" => {
            say(CHUNKED);
            std::thread::sleep(Duration::from_millis(100));
            say("2\nok\r\n0\r\n\r\n");
        }
        "answers with more than its length" => drop(say(&format!("{OK}more"))),
        "switches protocols unasked" => {
            let head = "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nRAW";
            say(head);
        }
        "answers 500" => drop(say("HTTP/1.1 500 E\r\nContent-Length: 1\r\n\r\ne")),
        "answers 503" => drop(say("HTTP/1.1 503 E\r\nContent-Length: 1\r\n\r\ne")),
        "answers late, but in time" => {
            std::thread::sleep(ATTEMPT / 4);
            say(OK);
        }
        other => panic!("docs/faults.md has a fault that nobody can make: {other:?}"),
    }
}

/// A route for each method, since each has a breaker of its own.
fn rules(how: &str, stage: &str, good: SocketAddr) -> String {
    let bad = match how {
        "refuses the connection" | "has a name that resolves to nothing" => nobody(),
        _ => {
            let how = how.to_owned();
            raw(move |mut stream| {
                if !read_head(&mut stream).is_empty() {
                    misbehave(&how, stream);
                }
            })
        }
    };
    let (old, new) = if STAGES[0].contains(&stage) { (bad, good) } else { (good, bad) };
    let mut yaml = format!(
        "upstreams:\n  legacy: {{address: '{old}'}}\n  market: {{address: '{new}'}}\n\
         contexts:\n  market: {{owner: '@markets', upstream: market}}\n\
         defaults:\n  context: market\n  shadow: {{sample: 100%}}\n\
         \x20 canary: {{share: 100%}}\n  timeouts: {{request: 3s, backend_request: 1s}}\nroutes:\n"
    );
    for method in METHODS.concat() {
        let _ = writeln!(
            yaml,
            "  - {{name: {method}, stage: {stage}, match: {{django: 'api/{method}/'}}}}"
        );
    }
    match how {
        "has a name that resolves to nothing" => {
            yaml.replace(&bad.to_string(), "no-such-host.invalid:80")
        }
        _ => yaml,
    }
}

/// What a client sees of an answer.
fn seen(proxy: &Proxy, method: &str) -> String {
    let head = format!(
        "{method} /api/{method}/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
         Content-Length: 0\r\n\r\n"
    );
    let answer = talk(proxy.address, head.as_bytes());
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        return format!("no answer: {answer:?}");
    };
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| {
        line.strip_prefix("content-length: ").and_then(|length| length.parse::<usize>().ok())
    });
    let chunked = head.contains("transfer-encoding: chunked") && !body.ends_with("0\r\n\r\n");
    if head.contains("x-from: the monolith") {
        "legacy".to_owned()
    } else if method != "HEAD" && (chunked || length.is_some_and(|length| body.len() < length)) {
        "cut".to_owned()
    } else {
        head.split(' ').nth(1).unwrap_or("?").to_owned()
    }
}

/// What a client sees whose request meets a connection that the side closes. The connection of the
/// request before may not be back yet, so it takes some tries until one is met.
fn seen_on_a_kept_connection(proxy: &Proxy, method: &str) -> String {
    for _ in 0..20 {
        let kept = (0..5).any(|_| seen(proxy, "OPTIONS") == "200");
        assert!(kept, "no answer of the side itself");
        let seen = seen(proxy, method);
        if seen != "200" {
            return seen;
        }
    }
    "200".to_owned()
}

/// What differs from the page in one row and stage.
fn wrong(row: &[&str], half: usize, stage: &str) -> Vec<String> {
    let mut good = legacy();
    for method in METHODS.concat() {
        good = good.reply(&format!("/api/{method}/"), |_| {
            Response::builder().header("x-from", "the monolith").body(full("{}")).unwrap()
        });
    }
    let good = good.start();
    let proxy = proxy(&rules(row[0], stage, good.address));
    let cells = METHODS.iter().enumerate().flat_map(|(column, methods)| {
        let said = row[1 + half * METHODS.len() + column];
        methods.iter().map(move |method| (*method, said))
    });
    let kept = row[0] == "closes a kept connection";
    let check = |method: &str, said: &str| {
        let look = if kept { seen_on_a_kept_connection } else { seen };
        let seen = look(&proxy, method);
        let said = if method == "HEAD" && said == "cut" { "200" } else { said };
        (seen != said).then(|| format!("{stage} {method}, {}: {seen}, not {said}", row[0]))
    };
    if kept {
        return cells.filter_map(|(method, said)| check(method, said)).collect();
    }
    std::thread::scope(|scope| {
        let check = &check;
        let running: Vec<_> =
            cells.map(|(method, said)| scope.spawn(move || check(method, said))).collect();
        running.into_iter().filter_map(|cell| cell.join().unwrap()).collect()
    })
}

#[test]
fn every_cell_of_the_fault_page_is_true() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/faults.md");
    let page = std::fs::read_to_string(page).unwrap();
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("GET"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 21 && rows.iter().all(|row| row.len() == 7));
    let mut wrong_ones = Vec::new();
    for (half, stages) in STAGES.iter().enumerate() {
        for stage in stages {
            wrong_ones.extend(std::thread::scope(|scope| {
                let running: Vec<_> =
                    rows.iter().map(|row| scope.spawn(move || wrong(row, half, stage))).collect();
                running.into_iter().flat_map(|row| row.join().unwrap()).collect::<Vec<_>>()
            }));
        }
    }
    let tried = rows.len() * STAGES.concat().len() * METHODS.concat().len();
    println!("fault matrix: {} of {tried} as stated", tried - wrong_ones.len());
    assert!(wrong_ones.is_empty(), "{}", wrong_ones.join("\n"));
}
