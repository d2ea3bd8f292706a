//! Equality of JSON numbers as exact decimals: `1.0` is `1`, `1e2` is `100`, 2^70 is not 2^70+1.

/// Whether two numbers, as JSON writes them, have exactly the same value.
pub(crate) fn equal(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    match (Decimal::read(left), Decimal::read(right)) {
        (Some(left), Some(right)) => left == right,
        _ => false,
    }
}

/// Whether a text is a finite number.
pub(crate) fn is_number(text: &str) -> bool {
    Decimal::read(text).is_some()
}

/// One text for all forms of the same number; what is no finite number stays as it is.
pub(crate) fn canonical(text: &str) -> String {
    match Decimal::read(text) {
        Some(number) => {
            let sign = if number.negative { "-" } else { "" };
            let digits = String::from_utf8_lossy(&number.digits);
            format!("{sign}.{digits}e{}", number.exponent)
        }
        None => text.to_owned(),
    }
}

/// Whether two numbers are at most `absolute` apart. The difference is taken in floats: a
/// tolerance is a coarse measure, and the exact comparison has already said that they differ.
pub(crate) fn within(left: &str, right: &str, absolute: f64) -> bool {
    match (left.parse::<f64>(), right.parse::<f64>()) {
        (Ok(left), Ok(right)) => {
            // Half a float's step at this size, so that 0.3 and 0.1 are 0.2 apart, not 0.2 + 3e-17.
            let slack = f64::EPSILON * left.abs().max(right.abs());
            (left - right).abs() <= absolute + slack
        }
        _ => false,
    }
}

/// `sign 0.digits * 10^exponent`, digits without zeros at either end; zero has none.
#[derive(PartialEq, Eq)]
struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

impl Decimal {
    /// `None` for what is no finite number, and for exponents beyond 64 bits.
    fn read(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let leading = digits.iter().take_while(|&&digit| digit == b'0').count();
        digits.drain(..leading);
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        let point = i64::try_from(whole.len()).ok()? - i64::try_from(leading).ok()?;
        Some(Self { negative, digits, exponent: exponent.checked_add(point)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_same_number() {
        for (left, right) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("0", "-0.0"),
            ("1e-7", "1e-07"),
            ("0.010", "1E-2"),
            ("1e16", "10000000000000000"),
            ("-1.50", "-1.5"),
            ("0e5", "0"),
        ] {
            assert!(equal(left, right), "{left} {right}");
        }
    }

    #[test]
    fn different_numbers() {
        for (left, right) in [
            ("1180591620717411303424", "1180591620717411303425"),
            ("1", "-1"),
            ("10", "1"),
            ("0.1", "0.10000000000000001"),
            ("NaN", "1"),
            ("1e99999999999999999999", "1"),
        ] {
            assert!(!equal(left, right), "{left} {right}");
        }
    }
}
