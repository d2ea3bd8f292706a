//! Who a cookie was a moment ago: two generations of answers, each as old as an answer may be at
//! most, so that nothing is ever searched for what has aged.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::Known;

/// How old an answer may be. A logout or a new password has to count within a second; half of it
/// is left for the database and the clock.
pub(crate) const AGE_MAX: Duration = Duration::from_millis(500);

/// Answers of one generation. At 150 bytes a session these are 3 MB; where more users are active
/// within half a second, the rest are asked for each time.
const ANSWERS_MAX: usize = 10_000;

/// The cache, shared by all threads.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<String, (Instant, Known)>,
    old: HashMap<String, (Instant, Known)>,
    turned: Option<Instant>,
}

impl Cache {
    /// The answer for a cookie, if it is young enough.
    pub(crate) fn get(&self, cookie: &str, now: Instant) -> Option<Known> {
        let generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = generations.young.get(cookie).or_else(|| generations.old.get(cookie));
        let fresh = found.filter(|(asked, _)| now.duration_since(*asked) < AGE_MAX);
        fresh.map(|(_, known)| known.clone())
    }

    /// Remembers an answer to a question that was asked at `asked`.
    pub(crate) fn put(&self, cookie: String, known: Known, asked: Instant) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let turned = *generations.turned.get_or_insert(asked);
        if asked.saturating_duration_since(turned) >= AGE_MAX {
            generations.old = std::mem::take(&mut generations.young);
            generations.turned = Some(asked);
        }
        if generations.young.len() < ANSWERS_MAX {
            generations.young.insert(cookie, (asked, known));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_ages_and_the_cache_is_bounded() {
        let (cache, now) = (Cache::default(), Instant::now());
        let user = Known::User("7".into());
        cache.put("a".to_owned(), user.clone(), now);
        assert_eq!(cache.get("a", now + AGE_MAX / 2), Some(user.clone()));
        assert_eq!(cache.get("a", now + AGE_MAX), None);
        for number in 0..3 * ANSWERS_MAX {
            cache.put(number.to_string(), user.clone(), now + AGE_MAX);
        }
        let generations = cache.0.lock().unwrap();
        assert!(generations.young.len() + generations.old.len() <= ANSWERS_MAX + 1);
    }
}
