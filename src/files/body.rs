use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use bytes::Bytes;
use domain::uploads::UploadRefused;
use futures_util::{StreamExt as _, stream};
use tokio::time::{Instant, timeout, timeout_at};

/// Of 20 files together, with what multipart adds.
pub(super) const MAX_BODY_BYTES: usize = 51 * 1024 * 1024;
const SLOWEST: Slowest = Slowest { bytes: 64 * 1024, window: Duration::from_secs(15) };
/// How long the rest of a refused body is read: a browser shows an answer only after it has sent everything.
const DRAIN: Duration = Duration::from_secs(2);

/// Why a body ends early.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Cut(pub UploadRefused);

/// As slow as anybody may send: so much in each window.
#[derive(Debug, Clone, Copy)]
struct Slowest {
    bytes: usize,
    window: Duration,
}

struct Pace {
    slowest: Slowest,
    rest: BodyDataStream,
    received: usize,
    in_window: usize,
    /// Only waiting counts: while a picture is decoded nothing is asked of the sender.
    waited: Duration,
}

/// The body, cut with [`Cut`] when it comes too slowly or grows too large.
pub(super) fn steady(body: Body) -> Body {
    paced(body, SLOWEST)
}

fn paced(body: Body, slowest: Slowest) -> Body {
    let pace =
        Pace { slowest, rest: body.into_data_stream(), received: 0, in_window: 0, waited: Duration::ZERO };
    Body::from_stream(stream::unfold(Some(pace), |pace| async {
        let mut pace = pace?;
        match pace.next().await {
            Ok(Some(chunk)) => Some((Ok(chunk), Some(pace))),
            Ok(None) => None,
            Err(refused) => Some((Err(Cut(refused)), None)),
        }
    }))
}

impl Pace {
    async fn next(&mut self) -> Result<Option<Bytes>, UploadRefused> {
        loop {
            let began = Instant::now();
            let next =
                timeout_at(began + self.slowest.window.saturating_sub(self.waited), self.rest.next()).await;
            self.waited += began.elapsed();
            match next {
                Ok(Some(chunk)) => return self.count(chunk.map_err(|_| UploadRefused::BrokeOff)?).map(Some),
                Ok(None) => return Ok(None),
                Err(_) if self.in_window < self.slowest.bytes => return Err(UploadRefused::BrokeOff),
                Err(_) => (self.in_window, self.waited) = (0, Duration::ZERO),
            }
        }
    }

    fn count(&mut self, chunk: Bytes) -> Result<Bytes, UploadRefused> {
        self.in_window += chunk.len();
        self.received += chunk.len();
        if self.received > MAX_BODY_BYTES { Err(UploadRefused::BatchTooLarge) } else { Ok(chunk) }
    }
}

/// Reads and drops what is still on its way, for a moment.
pub(super) async fn drain(body: Body) {
    let mut rest = body.into_data_stream();
    let _given_up = timeout(DRAIN, async { while let Some(Ok(_dropped)) = rest.next().await {} }).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thousandth of what people get.
    const QUICK: Slowest = Slowest { bytes: 1000, window: Duration::from_millis(200) };

    async fn read(body: Body) -> Result<usize, String> {
        let mut chunks = paced(body, QUICK).into_data_stream();
        let mut bytes = 0;
        while let Some(chunk) = chunks.next().await {
            bytes += chunk.map_err(|error| error.to_string())?.len();
        }
        Ok(bytes)
    }

    fn every(pause: Duration, bytes: usize, times: usize) -> Body {
        let chunk = Bytes::from(vec![0; bytes]);
        Body::from_stream(stream::iter(0..times).then(move |_| {
            let chunk = chunk.clone();
            async move {
                tokio::time::sleep(pause).await;
                Ok::<_, std::io::Error>(chunk)
            }
        }))
    }

    #[tokio::test]
    async fn who_sends_next_to_nothing_is_cut_off_at_the_end_of_a_window() {
        let began = Instant::now();
        let cut = read(every(Duration::from_millis(10), 1, 6000)).await;
        assert_eq!(cut, Err(UploadRefused::BrokeOff.to_string()));
        let silent = read(every(Duration::from_secs(60), 1, 1)).await;
        assert_eq!(silent, Err(UploadRefused::BrokeOff.to_string()));
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    }

    #[tokio::test]
    async fn a_slow_line_has_all_the_time_it_needs() {
        assert_eq!(read(every(Duration::from_millis(20), 1000, 30)).await, Ok(30_000));
    }

    #[tokio::test]
    async fn a_body_ends_where_it_grows_too_large() {
        let cut = read(every(Duration::from_millis(1), 1024 * 1024, 60)).await;
        assert_eq!(cut, Err(UploadRefused::BatchTooLarge.to_string()));
    }
}
