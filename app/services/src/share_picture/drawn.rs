use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::Outcome;
use crate::images::{ImagePool, Turn};

/// Pictures kept in memory; a few megabytes at most.
const MOST: usize = 64;

/// The newest drawn pictures of this process, under the names of all that is on them: one that changed has another name;
/// and the turns in which they are drawn.
#[derive(Debug, Clone)]
pub struct DrawnPictures {
    kept: Arc<Mutex<VecDeque<(String, Bytes)>>>,
    turns: ImagePool,
}

impl Default for DrawnPictures {
    fn default() -> Self {
        Self { kept: Arc::default(), turns: ImagePool::of(1) }
    }
}

impl DrawnPictures {
    /// # Errors
    /// [`domain::AppError::Busy`] when no turn comes within 10 s.
    pub(super) async fn turn(&self) -> Outcome<Turn> {
        self.turns.turn().await
    }

    pub(super) fn find(&self, etag: &str) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(name, _)| name == etag).map(|(_, png)| png.clone())
    }

    pub(super) fn keep(&self, etag: String, png: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST {
            kept.pop_front();
        }
        kept.push_back((etag, png));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept() {
        let drawn = DrawnPictures::default();
        for number in 0..=MOST {
            drawn.keep(number.to_string(), Bytes::from(vec![0; number]));
        }
        assert_eq!(drawn.find("0"), None);
        assert_eq!(drawn.find("1").map(|png| png.len()), Some(1));
        assert_eq!(drawn.find("64").map(|png| png.len()), Some(64));
    }
}
