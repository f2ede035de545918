//! A real redis-server of one test.

use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::process::{Child, Command};

pub struct RedisServer {
    port: u16,
    process: Child,
}

impl RedisServer {
    pub async fn start() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("a bound port").port();
        drop(free);
        Self { port, process: Self::run(port).await }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Kills it, connections and all.
    pub async fn crash(&mut self) {
        self.process.kill().await.expect("redis-server can be killed");
    }

    /// Starts it again, empty, where it was.
    pub async fn restart(&mut self) {
        self.process = Self::run(self.port).await;
    }

    async fn run(port: u16) -> Child {
        let port_text = port.to_string();
        let process = Command::new("redis-server")
            .args(["--port", &port_text, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("redis-server is installed");
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return process;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("redis-server does not listen on {port} within 5 s");
    }
}
