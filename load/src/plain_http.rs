use std::net::SocketAddr;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One request on a connection of its own, read to the end.
///
/// People who write now and then come on a new connection each time: the server ends idle ones after 10 s.
///
/// # Errors
/// In words: what the connection did instead of answering.
pub async fn ask(address: SocketAddr, request: Request<Full<Bytes>>) -> Result<(StatusCode, Bytes), String> {
    let stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
    // What ends the connection early reaches the request as well.
    let driver = tokio::spawn(async move { connection.await.unwrap_or_default() });
    let answered = async {
        let response = sender.send_request(request).await?;
        let status = response.status();
        Ok::<_, hyper::Error>((status, response.into_body().collect().await?.to_bytes()))
    };
    let answer = answered.await.map_err(|error| error.to_string());
    driver.abort();
    answer
}
