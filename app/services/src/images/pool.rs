use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::AppError;
use domain::uploads::PictureSize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::{Picture, render};
use crate::{Outcome, ServiceError};

/// Pictures decoded at the same time; each takes a core and up to 200 MiB.
const AT_ONCE: usize = 2;
/// How long one waits for its turn before the person is asked to try again.
const TURN_WITHIN: Duration = Duration::from_secs(10);

/// Decodes on blocking threads of its own number, so that pictures can't starve pages or password checks.
#[derive(Debug, Clone)]
pub struct ImagePool(Arc<Semaphore>);

impl Default for ImagePool {
    fn default() -> Self {
        Self::of(AT_ONCE)
    }
}

/// A turn that has come; it is over when it is dropped, or with the work.
#[derive(Debug)]
pub struct Turn(OwnedSemaphorePermit);

impl ImagePool {
    /// With so many turns at the same time.
    #[must_use]
    pub fn of(turns: usize) -> Self {
        Self(Arc::new(Semaphore::new(turns)))
    }

    /// [`render`] in its turn.
    ///
    /// # Errors
    /// As [`render`]; [`AppError::Busy`] when no turn comes within 10 s.
    pub async fn render(&self, file: Bytes, sizes: &'static [PictureSize]) -> Outcome<Vec<Picture>> {
        self.turn().await?.run(move || Ok(render(&file, sizes)?)).await
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`AppError::Busy`] when none comes within 10 s.
    pub async fn turn(&self) -> Outcome<Turn> {
        let turn = timeout(TURN_WITHIN, Arc::clone(&self.0).acquire_owned()).await;
        let permit = turn
            .map_err(|_| ServiceError::from(AppError::Busy))?
            .map_err(|_| ServiceError::Broken("the pool for pictures is closed".to_owned()))?;
        Ok(Turn(permit))
    }
}

impl Turn {
    /// Any work on pixels, on a thread that may block.
    ///
    /// # Errors
    /// As the work.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let task = tokio::task::spawn_blocking(move || {
            // The turn lives in the closure: a cancelled request must not free the place while it runs.
            let done = work();
            drop(self.0);
            done
        });
        task.await.map_err(|error| ServiceError::Broken(format!("rendering a picture: {error}")))?
    }
}
