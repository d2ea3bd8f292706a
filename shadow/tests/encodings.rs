//! Compressed bodies: content counts, not bytes; what cannot be read is incomparable.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use rules::Comparison;
use shadow::{Answer, DECODED_BYTES_MAX, Verdict, Void, compare};

const PAGE: &str = "{\"count\": 2, \"results\": [\"a\", \"b\"]}";

fn encoded(encoding: &str, body: &[u8]) -> Answer {
    let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    if !encoding.is_empty() {
        headers.push(("Content-Encoding".to_owned(), encoding.to_owned()));
    }
    Answer { status: 200, headers, body: body.to_vec(), truncated: false }
}

fn gzip(body: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(body).expect("packs");
    encoder.finish().expect("packs")
}

fn verdict(legacy: &Answer, native: &Answer) -> Verdict {
    compare(legacy, native, &Comparison::default())
}

#[test]
fn content_counts_and_not_its_packing() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(PAGE.as_bytes()).expect("packs");
    let mut raw = DeflateEncoder::new(Vec::new(), Compression::fast());
    raw.write_all(PAGE.as_bytes()).expect("packs");
    let sides = [
        encoded("", PAGE.as_bytes()),
        encoded("identity", PAGE.as_bytes()),
        encoded("gzip", &gzip(PAGE.as_bytes(), 1)),
        encoded("GZIP", &gzip(PAGE.as_bytes(), 9)),
        encoded("deflate", &zlib.finish().expect("packs")),
        encoded("deflate", &raw.finish().expect("packs")),
    ];
    for left in &sides {
        for right in &sides {
            assert_eq!(verdict(left, right), Verdict::Same);
        }
        let other = encoded("gzip", &gzip(PAGE.replace('2', "3").as_bytes(), 6));
        assert_eq!(verdict(left, &other).word(), "different");
    }
}

#[test]
fn what_cannot_be_unpacked_is_incomparable() {
    let whole = encoded("", PAGE.as_bytes());
    let packed = gzip(PAGE.as_bytes(), 6);
    let broken = encoded("gzip", &packed[..packed.len() - 9]);
    assert_eq!(verdict(&whole, &broken), Verdict::Incomparable(Void::EncodingBroken));
    let unknown = encoded("br", b"\x0b\x02\x80");
    assert_eq!(verdict(&unknown, &whole), Verdict::Incomparable(Void::EncodingUnknown));
    let bomb = encoded("gzip", &gzip(&vec![b' '; DECODED_BYTES_MAX + 1], 9));
    assert!(bomb.body.len() < 10_000);
    assert_eq!(verdict(&whole, &bomb), Verdict::Incomparable(Void::EncodingBroken));
}
