//! A real redis-server of one test.

use std::process::Stdio;

use tokio::process::{Child, Command};

use super::{ports, server};

pub struct RedisServer {
    port: u16,
    process: Child,
}

impl RedisServer {
    pub async fn start() -> Self {
        let port = ports::free();
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
        let port = port.to_string();
        let mut process = Command::new("redis-server")
            .args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("redis-server is installed");
        server::says(&mut process, "Ready to accept connections").await;
        process
    }
}
