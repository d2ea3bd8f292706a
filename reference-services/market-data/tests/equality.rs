//! Hundreds of requests to both sides: the same status, the same headers, the same bytes.

use std::fmt::Write as _;

use flate2::read::GzDecoder;

use crate::world::World;
use crate::world::http::{Answer, Request};

/// Requests compared at least, a count: fewer means that the lists below went missing.
const REQUESTS_MIN: usize = 300;

/// Clients that ask at the same time: as many as gunicorn has threads.
const CLIENTS: usize = 4;

/// Rows that the seed does not make: text that JSON has to escape, halves that have to be rounded,
/// times with microseconds, an instrument without a quote, a symbol that a quote cannot have.
const CHANGES: &str = "
    UPDATE market_data_instrument SET name = E'Quote \" back \\\\ slash \\u2028 \\u0007 caf\\u00e9 '
        || E'50% _under' WHERE symbol = 'GE';
    UPDATE market_data_instrument SET updated_at = '2025-06-30T20:00:00.000120Z'
        WHERE symbol = 'GE';
    UPDATE md_quote SET bid = 1.0001, ask = 1.0002, quoted_at = '2024-02-29T23:59:59.999999Z'
        WHERE instrument_id = (SELECT id FROM market_data_instrument WHERE symbol = 'GE');
    UPDATE md_quote SET bid = 1.0002, ask = 1.0003, last = 0, previous_close = 99999999999999.9999
        WHERE instrument_id = (SELECT id FROM market_data_instrument WHERE symbol = 'KO');
    DELETE FROM md_quote
        WHERE instrument_id = (SELECT id FROM market_data_instrument WHERE symbol = 'CAT');
    DELETE FROM market_data_equity
        WHERE instrument_ptr_id = (SELECT id FROM market_data_instrument WHERE symbol = 'PFE');
    UPDATE market_data_exchange SET opens_at = '09:30:00.5' WHERE code = 'XNYS';
";

/// Below `/api/market-data/`; symbols get their own.
const TARGETS: &str = "
    exchanges/ exchanges/XNYS/ exchanges/XFRA/ exchanges/NOPE/ exchanges/xnys/ exchanges/
    exchanges exchanges/XNYS exchanges/a.b/ exchanges/a%20b/ sectors/ sectors sectors/?page=2
    sectors/x/ calendar/ calendar calendar/?exchange=XNYS calendar/?exchange=
    calendar/?exchange=+XLON+ calendar/?exchange=%20 calendar/?exchange=toolong
    calendar/?exchange=toolong%00 calendar/?exchange=%00 calendar/?exchange=xnys
    calendar/?start=2025-12-20 calendar/?start=2025-12-20&end=2025-12-26
    calendar/?start=2025-12-26&end=2025-12-20 calendar/?start=x
    calendar/?start=2025-02-30&end=x&exchange=toolong calendar/?start=
    calendar/?start=2025-1-6&end=2025-1-7 calendar/?start=20250106&end=20250107
    calendar/?start=2025-W02-1&end=2025-W02 calendar/?start=2025W021&end=2025W023
    calendar/?start=%202025-01-06 calendar/?start=0000-01-01 calendar/?start=9999-12-31
    calendar/?end=0001-01-01 calendar/?start=2025-01-06T00:00 calendar/?start=2025-W54-1
    calendar/?start=2025-12-20&start=2025-12-29 calendar/2025-01-01/ calendar/2025-12-24/
    calendar/2025-06-28/ calendar/2025-02-30/ calendar/2025-1-1/ calendar/20250101/ calendar/x/
    calendar/0000-01-01/ calendar/2025-01-01 calendar/2025-02-30 calendar/2025-W01-1/ quotes/
    quotes quotes/?symbols= quotes/?symbols=,, quotes/?symbols=AAPL quotes/?symbols=GE,KO
    quotes/?symbols=MSFT,AAPL,NOPE,AAPL,+KO+ quotes/?symbols=CAT quotes/?symbols=aapl
    quotes/?symbols=%22%5C%C3%A9 quotes/?symbols=AAPL&symbols=KO quotes/?symbols=a%FFb
    quotes/?symbols=%F0%9F%98%80 instruments/ instruments instruments/?page=2 instruments/?page=3
    instruments/?page=0 instruments/?page=-1 instruments/?page=x instruments/?page=
    instruments/?page=1.0 instruments/?page=+2+ instruments/?page=%2B2 instruments/?page=0_2
    instruments/?page=last instruments/?page=last&page_size=7 instruments/?page=LAST
    instruments/?page=99999999999999999999999 instruments/?page=2&page=1 instruments/?page_size=5
    instruments/?page_size=0 instruments/?page_size=-3 instruments/?page_size=x
    instruments/?page_size=200 instruments/?page_size=201 instruments/?page_size=1_0
    instruments/?page_size=99999999999999999999999 instruments/?page_size=5&page=3
    instruments/?page_size=5&page=2&zzz=1&aaa=&b=%C3%A9&b=+%7E*&page=3
    instruments/?page_size=5&page=2&q=%2F%3A%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D
    instruments/?page_size=5&%C3%A9=%FF%FE&a;b=c;d instruments/?page_size=5&=x&y
    instruments/?kind=equity instruments/?kind=bond instruments/?kind=fund instruments/?kind=fx
    instruments/?kind= instruments/?kind=Equity instruments/?kind=zzz instruments/?kind=null
    instruments/?kind=%3Cb%3E&currency=%00 instruments/?kind=equity+ instruments/?kind=zzz&kind=fx
    instruments/?currency=USD instruments/?currency=+USD+ instruments/?currency=usd
    instruments/?currency=%00&tag=%00&sector=%00&exchange=%00&kind=x instruments/?exchange=XLON
    instruments/?exchange=XLON&currency=USD instruments/?exchange=%1FXLON
    instruments/?sector=pharma instruments/?sector=nope instruments/?tag=esg instruments/?tag=ESG
    instruments/?tag=esg&exchange=XNAS&kind=equity&search=a&ordering=-name&page_size=2
    instruments/?search=apple instruments/?search=APPLE instruments/?search=apple+inc
    instruments/?search=apple,inc instruments/?search=%22apple+inc%22 instruments/?search=%22
    instruments/?search=%22apple instruments/?search=%27apple%27 instruments/?search=,
    instruments/?search=+ instruments/?search=% instruments/?search=%25 instruments/?search=_
    instruments/?search=50%25+_under instruments/?search=%5C instruments/?search=b%C3%B6rse
    instruments/?search=caf%C3%A9 instruments/?search=CAF%C3%89 instruments/?search=%00
    instruments/?search=a%00&kind=zzz instruments/?search=a%22b+c%22d+e
    instruments/?search=%E2%80%A8 instruments/?search=%FF instruments/?search=inc&search=corp
    instruments/?search=a%1Fs instruments/?ordering=name instruments/?ordering=-name
    instruments/?ordering=kind instruments/?ordering=-kind,name instruments/?ordering=listed_on
    instruments/?ordering=-listed_on&page_size=3 instruments/?ordering=zzz
    instruments/?ordering=zzz,-symbol instruments/?ordering=+name+,+-kind+
    instruments/?ordering=--name instruments/?ordering=-symbol,symbol
    instruments/?ordering=kind,-kind instruments/?ordering=id instruments/?ordering=
    instruments/?ordering=, instruments/?ordering=name%00 instruments/?format=json
    instruments/?format=xml instruments/?format= instruments/?format=JSON instruments/NOPE/
    instruments/nope/ instruments/AA.PL/ instruments/%41APL/ instruments/nope instruments/NOPE
    instruments/AAPL?x=1 instruments/NOPE/quote/ instruments/nope/quote/ instruments/NOPE/candles/
    instruments/NOPE/candles/?limit=0 instruments/NOPE/corporate-actions/ instruments/AAPL/quote
    instruments/AAPL/candles?limit=3&x=%C3%A9 instruments/AAPL/nope/
    instruments/AAPL/candles/?limit=1 instruments/AAPL/candles/?limit=500
    instruments/AAPL/candles/?limit=501 instruments/AAPL/candles/?limit=0
    instruments/AAPL/candles/?limit=-1 instruments/AAPL/candles/?limit=x
    instruments/AAPL/candles/?limit= instruments/AAPL/candles/?limit=5.0
    instruments/AAPL/candles/?limit=5.5 instruments/AAPL/candles/?limit=5.
    instruments/AAPL/candles/?limit=5.00+ instruments/AAPL/candles/?limit=+5
    instruments/AAPL/candles/?limit=5_0 instruments/AAPL/candles/?limit=%00
    instruments/AAPL/candles/?limit=0x5 instruments/AAPL/candles/?limit=.0
    instruments/AAPL/candles/?limit=999999999999999999999999 instruments/AAPL/candles/?interval=1h
    instruments/AAPL/candles/?interval=1w&limit=2 instruments/AAPL/candles/?interval=2d
    instruments/AAPL/candles/?interval=%22%3C&limit=x instruments/AAPL/candles/?interval=
    instruments/AAPL/candles/?interval=+1d instruments/AAPL/candles/?interval=1h&interval=1w
    instruments/EURUSD/candles/?limit=2 zzz/ zzz x/y/z/
";

#[test]
fn both_sides_answer_the_same() {
    let Some(world) = World::start(CHANGES) else { return };
    let requests = requests(&world);
    // Several at a time: gunicorn writes head and body apart, and the kernel's delayed
    // acknowledgement makes every answer of its 40 ms long.
    let parts = requests.chunks(requests.len().div_ceil(CLIENTS));
    let report: String = std::thread::scope(|scope| {
        let clients: Vec<_> = parts.map(|part| scope.spawn(|| compare_all(&world, part))).collect();
        clients.into_iter().map(|client| client.join().expect("a client ends")).collect()
    });
    println!("{} requests compared", requests.len());
    assert!(report.is_empty(), "{report}");
    assert!(requests.len() >= REQUESTS_MIN, "only {} requests", requests.len());
}

fn compare_all(world: &World, requests: &[Request]) -> String {
    let mut report = String::new();
    for request in requests {
        let legacy = request.send(world.legacy);
        let native = request.send(world.native.address);
        compare(request, &legacy, &native, &mut report);
    }
    report
}

/// The comparison above has to be able to fail.
#[test]
fn a_difference_is_noticed() {
    let answer = |body: &[u8]| Answer { status: 200, headers: vec![], body: body.to_vec() };
    let request = Request::get("/");
    let mut report = String::new();
    compare(&request, &answer(b"1.50"), &answer(b"1.50"), &mut report);
    assert_eq!(report, "");
    compare(&request, &answer(b"1.50"), &answer(b"1.5"), &mut report);
    assert!(report.contains("body"), "{report}");
}

/// Every symbol with all that hangs on it, the odd targets above, and the same under other
/// methods and headers.
fn requests(world: &World) -> Vec<Request> {
    let url = |target: &str| Request::get(&format!("/api/market-data/{target}"));
    let mut requests: Vec<Request> = TARGETS.split_whitespace().map(url).collect();
    let list = url("instruments/?page_size=200").send(world.legacy);
    let list: serde_json::Value = serde_json::from_slice(&list.body).expect("the list is JSON");
    for instrument in list["results"].as_array().expect("it has results") {
        let symbol = instrument["symbol"].as_str().expect("a symbol");
        for part in ["", "quote/", "candles/", "candles/?limit=3&interval=1h", "corporate-actions/"]
        {
            requests.push(url(&format!("instruments/{symbol}/{part}")));
        }
    }
    let some = [
        "instruments/",
        "instruments/GE/",
        "sectors/",
        "exchanges/XNYS/",
        "zzz/",
        "quotes/?symbols=GE,KO,AAPL",
        "calendar/2025-01-01/",
        "calendar/?start=2025-12-20",
    ];
    // Bodies far above 300 bytes or below 200: in between Django's random padding of the packed
    // body decides whether packing is worth it.
    for target in some {
        let tag = url(target).send(world.legacy).header("etag").expect("it has a tag").to_owned();
        let request = || url(target);
        requests.extend([
            request().method("HEAD"),
            request().header("Accept-Encoding", "gzip, br"),
            request().header("Accept-Encoding", "br"),
            request().header("If-None-Match", &tag),
            request().header("If-None-Match", &format!("\"x\", W/{tag}")),
            request().header("If-None-Match", "*"),
            request().header("If-None-Match", "\"x\""),
            request().header("Accept", "text/html"),
            request().header("Accept", "text/html, application/json;q=0.1"),
            request().header("Accept", "application/*"),
            request().header("Host", "other.example"),
        ]);
    }
    let post = ["instruments/", "instruments/GE/", "sectors/", "calendar/", "quotes/", "zzz/"];
    requests.extend(post.iter().map(|target| url(target).method("DELETE")));
    requests
}

/// Notes what differs. Left out: the time, the server's name, and how the body is cut for the
/// wire; a packed body is unpacked, because Django's packing is random on purpose.
fn compare(request: &Request, legacy: &Answer, native: &Answer, report: &mut String) {
    const WIRE: [&str; 5] = ["date", "server", "connection", "transfer-encoding", "content-length"];
    let mut note = |what: &str, legacy: &dyn std::fmt::Debug, native: &dyn std::fmt::Debug| {
        let target = format!("{} {} {:?}", request.method, request.target, request.headers);
        writeln!(report, "{target}: {what}\n  legacy {legacy:?}\n  native {native:?}")
            .expect("a string takes everything");
    };
    if legacy.status != native.status {
        note("status", &legacy.status, &native.status);
    }
    let headers = |answer: &Answer| {
        let mut headers = answer.headers.clone();
        headers.retain(|(name, _)| !WIRE.contains(&name.as_str()));
        // DRF keeps the methods of a function view in a set: their order changes from one start
        // of Python to the next.
        for (_, value) in headers.iter_mut().filter(|(name, _)| name == "allow") {
            let mut words: Vec<&str> = value.split(", ").collect();
            words.sort_unstable();
            *value = words.join(", ");
        }
        headers.sort();
        headers
    };
    if headers(legacy) != headers(native) {
        note("headers", &headers(legacy), &headers(native));
    }
    let (left, right) = (text(legacy), text(native));
    if left != right {
        note("body", &left, &right);
    }
}

fn text(answer: &Answer) -> String {
    let mut body = String::new();
    if answer.header("content-encoding") == Some("gzip") {
        std::io::Read::read_to_string(&mut GzDecoder::new(&*answer.body), &mut body)
            .expect("a packed body unpacks to text");
    } else {
        body.push_str(std::str::from_utf8(&answer.body).expect("bodies are text"));
    }
    body
}
