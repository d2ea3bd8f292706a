//! `docs/faults.md`, cell by cell: the page states what a client gets, and each is tried.

use std::{io::Write, net::TcpStream, time::Duration};

use crate::world::{at_stage, legacy, nobody, proxy, raw, read_head, talk};

const TIMEOUTS: &str = "    timeouts: {request: 1500ms, backend_request: 500ms}\n";
const SIZED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nxxxxx";

/// What a side does once it has read a request.
fn misbehave(how: &str, stream: &mut TcpStream) {
    let long = Duration::from_secs(3);
    let say = |stream: &mut TcpStream, text: &str| stream.write_all(text.as_bytes()).is_ok();
    match how {
        "closes before the head" => {}
        "closes in the head" => drop(say(stream, "HTTP/1.1 200 OK\r\nContent-Le")),
        "closes in the body" => drop(say(stream, SIZED)),
        "hangs before the head" => std::thread::sleep(long),
        "hangs in the body" => {
            say(stream, SIZED);
            std::thread::sleep(long);
        }
        "trickles for ever" => {
            say(stream, SIZED);
            while say(stream, "x") {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        "answers garbage" => drop(say(stream, "\0\u{1}SSH-2.0\r\n\r\n")),
        "answers with too large a head" => {
            let field = "h".repeat(100_000);
            say(stream, &format!("HTTP/1.1 200 OK\r\nX: {field}\r\nContent-Length: 0\r\n\r\n"));
        }
        "answers with two lengths" => {
            say(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok");
        }
        "switches protocols unasked" => {
            let head = "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nRAW";
            say(stream, head);
        }
        "answers 500" => drop(say(stream, "HTTP/1.1 500 E\r\nContent-Length: 1\r\n\r\ne")),
        "answers late, but in time" => {
            std::thread::sleep(Duration::from_millis(250));
            say(stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
        other => panic!("docs/faults.md has a fault that nobody can make: {other:?}"),
    }
}

fn rules(how: &str, stage: &str, good: std::net::SocketAddr) -> String {
    let bad = match how {
        "refuses the connection" | "has a name that resolves to nothing" => nobody(),
        _ => {
            let how = how.to_owned();
            raw(move |mut stream| {
                read_head(&mut stream);
                misbehave(&how, &mut stream);
            })
        }
    };
    let yaml = match stage {
        "legacy" => at_stage(stage, bad, good),
        _ => at_stage(stage, good, bad),
    };
    let yaml = yaml + TIMEOUTS;
    if how == "has a name that resolves to nothing" {
        yaml.replace(&bad.to_string(), "no-such-host.invalid:80")
    } else {
        yaml
    }
}

fn seen(how: &str, stage: &str, method: &str) -> String {
    let good = legacy().route("/api/quotes/", "\"the monolith\"").start();
    let proxy = proxy(&rules(how, stage, good.address));
    let head = format!(
        "{method} /api/quotes/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
         Content-Length: 0\r\n\r\n"
    );
    let answer = talk(proxy.address, head.as_bytes());
    let Some((head, body)) = answer.split_once("\r\n\r\n") else {
        return format!("no answer: {answer:?}");
    };
    let length = head.to_ascii_lowercase().lines().find_map(|line| {
        line.strip_prefix("content-length: ").and_then(|length| length.parse::<usize>().ok())
    });
    if body.contains("the monolith") {
        "legacy".to_owned()
    } else if length.is_some_and(|length| body.len() < length) {
        "cut".to_owned()
    } else {
        head.split(' ').nth(1).unwrap_or("?").to_owned()
    }
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
    let columns = [("legacy", "GET"), ("legacy", "POST"), ("native", "GET"), ("native", "POST")];
    assert!(rows.len() >= 14 && rows.iter().all(|row| row.len() == 1 + columns.len()));
    let mut wrong = Vec::new();
    for (place, (stage, method)) in columns.iter().enumerate() {
        wrong.extend(std::thread::scope(|scope| {
            let cells: Vec<_> = rows
                .iter()
                .map(|row| (row, scope.spawn(move || seen(row[0], stage, method))))
                .collect();
            let differ = cells.into_iter().filter_map(|(row, cell)| {
                let (seen, said) = (cell.join().unwrap(), row[place + 1]);
                (seen != said).then(|| format!("{stage} {method}, {}: {seen}, not {said}", row[0]))
            });
            differ.collect::<Vec<_>>()
        }));
    }
    println!("fault matrix: {} of {} cells", rows.len() * 4 - wrong.len(), rows.len() * 4);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
