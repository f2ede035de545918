//! The listener: hyper with the limits that `axum::serve` does not set.
//!
//! `axum::serve` installs no timer, so hyper's header timeout would never fire there.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use http::Version;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::time;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::wire::Wire;

/// How long a client may take for the head of a request, and how long a kept-alive connection may idle.
pub const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// Most bytes of one request head.
const HEAD_MAX_BYTES: usize = 64 * 1024;
/// Most header lines of one request.
const MAX_HEADERS: usize = 100;
/// Most requests at once on one HTTP/2 connection.
const MAX_STREAMS: u32 = 100;
/// Wait after a failed accept: with no file descriptor left, trying again at once would only burn the processor.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` on `listener` until `shutdown`, then lets requests under way finish for at most `drain`.
///
/// Each request carries [`ConnectInfo<SocketAddr>`], the peer of the TCP connection (a proxy, when there is one), and one
/// of HTTP/1 a weak [`crate::wire::WireEnd`] of its connection.
/// Upgraded connections (sockets) are not waited for: they end by their own token.
///
/// # Errors
/// None today; failures of one connection end that connection only.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
    drain: Duration,
) -> io::Result<()> {
    serve_with(listener, router, shutdown, drain, HEADER_TIMEOUT).await
}

async fn serve_with(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
    drain: Duration,
    header_timeout: Duration,
) -> io::Result<()> {
    let connections = GracefulShutdown::new();
    let builder = Arc::new(limited(header_timeout));
    loop {
        let accepted = tokio::select! {
            () = shutdown.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let watcher = connections.watcher();
                tokio::spawn(connection(
                    builder.clone(),
                    router.clone(),
                    stream,
                    peer,
                    watcher,
                    header_timeout,
                ));
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections: {error}");
                time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    // Closed before draining, so that a proxy goes to another node at once.
    drop(listener);
    let under_way = connections.count();
    if time::timeout(drain, connections.shutdown()).await.is_err() {
        tracing::warn!(under_way, "requests were cut off after {drain:?}");
    }
    Ok(())
}

fn limited(header_timeout: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_buf_size(HEAD_MAX_BYTES)
        .max_headers(MAX_HEADERS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEAD_MAX_BYTES).expect("the limit fits u32"))
        .max_concurrent_streams(MAX_STREAMS)
        .max_pending_accept_reset_streams(20)
        .max_send_buf_size(256 * 1024)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(20));
    builder
}

async fn connection(
    builder: Arc<Builder<TokioExecutor>>,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    watcher: Watcher,
    header_timeout: Duration,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection was gone before it was served");
        return;
    }
    let asked = Arc::new(AtomicBool::new(false));
    let has_asked = asked.clone();
    let wire = Wire::new(stream);
    // Weak: a request that is kept somewhere must not keep its connection open.
    let wire_end = Arc::downgrade(&wire.end());
    let service = service_fn(move |mut request: Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(ConnectInfo(peer));
        // Of HTTP/2 one request doesn't own its connection.
        if request.version() <= Version::HTTP_11 {
            request.extensions_mut().insert(wire_end.clone());
        }
        let router = router.clone();
        async move { Ok::<_, Infallible>(answer(router, request).await) }
    });
    let served =
        watcher.watch(builder.serve_connection_with_upgrades(TokioIo::new(wire), service).into_owned());
    tokio::select! {
        result = served => if let Err(error) = result {
            tracing::debug!(%error, "a connection ended early");
        },
        // hyper-util reads the first bytes to tell HTTP/2 from HTTP/1 before any of hyper's timers run, so a silent
        // client, or one that sends just "P", would stay for ever.
        () = first_request_overdue(&has_asked, header_timeout) => {}
    }
}

async fn answer(router: Router, request: Request<Incoming>) -> axum::response::Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Ends when no request came in time; pending for ever once one did.
async fn first_request_overdue(has_asked: &AtomicBool, header_timeout: Duration) {
    time::sleep(header_timeout).await;
    if has_asked.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

/// Errors of the one connection that was to be accepted; the next may be fine.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::task::JoinHandle;

    use super::*;

    const SHORT: Duration = Duration::from_millis(200);
    const PATIENCE: Duration = Duration::from_secs(5);

    struct Running {
        address: SocketAddr,
        shutdown: CancellationToken,
        server: JoinHandle<io::Result<()>>,
    }

    async fn running(router: Router, header_timeout: Duration, drain: Duration) -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let server = tokio::spawn(serve_with(listener, router, shutdown.clone(), drain, header_timeout));
        Running { address, shutdown, server }
    }

    async fn sent(address: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream
    }

    async fn rest(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        let read = time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
        // A reset is as much an end as a close.
        read.expect("the server must close the connection").unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn hello() -> Router {
        Router::new().route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }),
        )
    }

    #[tokio::test]
    async fn a_client_that_never_finishes_its_head_is_closed() {
        let running = running(hello(), SHORT, SHORT).await;
        for unfinished in
            ["GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", "", "P", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
        {
            let mut stream = sent(running.address, unfinished.as_bytes()).await;
            let answer = rest(&mut stream).await;
            assert!(!answer.contains("200 OK"), "{unfinished:?} was answered: {answer}");
        }
    }

    #[tokio::test]
    async fn a_finished_head_is_answered_with_the_peers_address() {
        let running = running(hello(), PATIENCE, SHORT).await;
        let mut stream =
            sent(running.address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn a_head_with_too_many_or_too_long_lines_is_refused() {
        let running = running(hello(), PATIENCE, SHORT).await;
        let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(MAX_HEADERS + 1));
        let long = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "y".repeat(HEAD_MAX_BYTES));
        for head in [many, long] {
            let mut stream = sent(running.address, head.as_bytes()).await;
            let answer = rest(&mut stream).await;
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
        }
    }

    #[tokio::test]
    async fn a_request_under_way_is_finished_and_new_ones_are_not_accepted() {
        let gate = CancellationToken::new();
        let arrived = CancellationToken::new();
        let (opened, reached) = (gate.clone(), arrived.clone());
        let router = Router::new().route(
            "/",
            get(move || async move {
                reached.cancel();
                opened.cancelled().await;
                "done"
            }),
        );
        let running = running(router, PATIENCE, PATIENCE).await;
        let mut stream = sent(running.address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        arrived.cancelled().await;

        running.shutdown.cancel();
        while TcpStream::connect(running.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        gate.cancel();

        assert!(rest(&mut stream).await.ends_with("done"));
        running.server.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_request_that_outlasts_the_drain_is_cut_off() {
        let arrived = CancellationToken::new();
        let reached = arrived.clone();
        let router = Router::new().route(
            "/",
            get(move || async move {
                reached.cancel();
                std::future::pending::<&str>().await
            }),
        );
        let running = running(router, PATIENCE, SHORT).await;
        let _stream = sent(running.address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        arrived.cancelled().await;
        running.shutdown.cancel();
        time::timeout(PATIENCE, running.server).await.expect("the drain must end").unwrap().unwrap();
    }
}
