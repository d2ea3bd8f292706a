//! Latencies as counts in buckets: four to every doubling, so a percentile is right within a
//! quarter, and a month of traffic takes as much room as a minute.

use serde::Serialize;

/// Highest bucket, a count: everything above about 67 seconds is counted in it.
pub(crate) const BUCKET_MAX: u32 = 103;

/// How long one side took, over all exchanges that have a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Latency {
    /// Exchanges with a time.
    pub count: u64,
    /// Half of them took at most this long, in microseconds (upper edge of the bucket).
    pub p50_us: u64,
    /// 99 of 100 took at most this long, in microseconds (upper edge of the bucket).
    pub p99_us: u64,
}

/// The bucket of a time: small times each have their own, then four per doubling.
pub(crate) fn bucket(us: u64) -> u32 {
    if us < 4 {
        return u32::try_from(us).unwrap_or(0);
    }
    let doubling = us.ilog2();
    let quarter = u32::try_from((us >> (doubling - 2)) & 3).unwrap_or(0);
    ((doubling - 1) * 4 + quarter).min(BUCKET_MAX)
}

/// The largest time of a bucket.
fn upper_edge(bucket: u32) -> u64 {
    if bucket < 4 {
        return u64::from(bucket);
    }
    let (doubling, quarter) = (bucket / 4 + 1, u64::from(bucket % 4));
    ((5 + quarter) << (doubling - 2)) - 1
}

impl Latency {
    /// From the counts of the buckets, in rising order.
    pub(crate) fn from_buckets(buckets: &[(u32, u64)]) -> Self {
        let count: u64 = buckets.iter().map(|(_, count)| count).sum();
        let at = |percent: u64| {
            let wanted = (count * percent).div_ceil(100);
            let mut seen = 0;
            let found = buckets.iter().find(|(_, count)| {
                seen += count;
                seen >= wanted
            });
            found.map_or(0, |&(bucket, _)| upper_edge(bucket))
        };
        Self { count, p50_us: at(50), p99_us: at(99) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_lies_in_its_bucket() {
        for us in (0..5_000).chain([1 << 20, (1 << 20) + 1, 66_000_000]) {
            let bucket = bucket(us);
            assert!(us <= upper_edge(bucket), "{us}");
            assert!(bucket == 0 || us > upper_edge(bucket - 1), "{us}");
        }
        assert_eq!(bucket(u64::MAX), BUCKET_MAX);
    }

    #[test]
    fn percentiles() {
        let latency = Latency::from_buckets(&[(bucket(100), 98), (bucket(10_000), 2)]);
        assert_eq!(latency.count, 100);
        assert!((100..=127).contains(&latency.p50_us), "{latency:?}");
        assert!((10_000..=12_500).contains(&latency.p99_us), "{latency:?}");
        assert_eq!(Latency::from_buckets(&[]), Latency::default());
    }
}
