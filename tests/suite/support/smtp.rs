//! A mail server for tests: a real listener that speaks SMTP, keeps what it accepts and misbehaves on request.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

/// How the server answers from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    Accept,
    /// 451 to each recipient.
    Temporary,
    /// 550 to each recipient, naming the address as real servers do.
    Permanent,
    /// Takes the whole mail and never answers.
    Hang,
    /// Keeps the mail and never says so.
    KeepSilently,
    /// Takes the whole mail and closes the connection.
    Drop,
    /// Offers STARTTLS and answers 454 to it.
    RefuseTls,
    /// 554 to whoever says hello, as a server does that knows the sender no more.
    TurnAway,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// Address of the From header.
    pub from: String,
    /// The name beside it.
    pub from_name: String,
    /// The envelope's recipient.
    pub to: String,
    pub subject: String,
    pub message_id: String,
    pub text: String,
    pub html: String,
    /// As it came over the wire, dots unstuffed.
    pub raw: String,
}

/// Accepts mail on a free port of this machine until it's dropped.
#[derive(Debug)]
pub struct SmtpInbox {
    port: u16,
    shared: Arc<Shared>,
    listening: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    behaviour: Mutex<Behaviour>,
    waiting: Mutex<Vec<ReceivedMail>>,
    arrived: Notify,
    /// Rung when a mail was taken in that will never be answered.
    held: Notify,
    connections: AtomicUsize,
}

impl ReceivedMail {
    /// Every web address in the text part, in order.
    pub fn links(&self) -> Vec<String> {
        let is_link = |word: &&str| word.starts_with("http://") || word.starts_with("https://");
        self.text.split_whitespace().filter(is_link).map(str::to_owned).collect()
    }

    /// What follows `/{page}/` in its one link to that page.
    pub fn token(&self, page: &str) -> String {
        let links = self.links();
        let token = links.iter().find_map(|link| link.split(&format!("/{page}/")).nth(1));
        token.unwrap_or_else(|| panic!("a link to /{page}/ in {links:?}")).to_owned()
    }

    fn parse(to: &str, raw: &[u8]) -> Self {
        let mail = MessageParser::default().parse(raw).expect("the mail is well-formed");
        let from = mail.from().and_then(|from| from.first()).expect("the mail has a sender");
        Self {
            from: from.address().expect("the sender has an address").to_owned(),
            from_name: from.name().unwrap_or_default().to_owned(),
            to: to.to_owned(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            message_id: mail.message_id().unwrap_or_default().to_owned(),
            text: mail.body_text(0).expect("the mail has a text part").replace("\r\n", "\n"),
            html: mail.body_html(0).expect("the mail has an HTML part").replace("\r\n", "\n"),
            raw: String::from_utf8_lossy(raw).into_owned(),
        }
    }
}

impl SmtpInbox {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine is free");
        let port = listener.local_addr().expect("a bound listener has an address").port();
        let shared = Arc::new(Shared {
            behaviour: Mutex::new(Behaviour::Accept),
            waiting: Mutex::default(),
            arrived: Notify::new(),
            held: Notify::new(),
            connections: AtomicUsize::new(0),
        });
        let listening = tokio::spawn(listen(listener, shared.clone()));
        Self { port, shared, listening }
    }

    /// For `ATRIA_SMTP_URL`: without TLS.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}?tls=none", self.port)
    }

    /// The same server reached by a client that insists on TLS.
    pub fn url_requiring_tls(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn behave(&self, behaviour: Behaviour) {
        *self.shared.behaviour.lock().unwrap() = behaviour;
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Takes the oldest mail to this address out of the inbox; waits up to 10 s for it.
    pub async fn next_for(&self, to: &str) -> ReceivedMail {
        self.next_that(to, |_| true).await
    }

    /// As [`Self::next_for`], the oldest with this subject. Others stay: mails of one moment may arrive in
    /// any order.
    pub async fn about(&self, to: &str, subject: &str) -> ReceivedMail {
        self.next_that(to, |mail| mail.subject == subject).await
    }

    /// The token in the oldest mail that has a link to this page; others stay.
    pub async fn token_for(&self, to: &str, page: &str) -> String {
        let page_path = format!("/{page}/");
        let mail = self.next_that(to, |mail| mail.links().iter().any(|link| link.contains(&page_path))).await;
        mail.token(page)
    }

    async fn next_that(&self, to: &str, wanted: impl Fn(&ReceivedMail) -> bool) -> ReceivedMail {
        let next = async {
            loop {
                let arrived = self.shared.arrived.notified();
                tokio::pin!(arrived);
                // Listen before looking: a mail between the two must not be missed.
                arrived.as_mut().enable();
                if let Some(mail) = self.take(to, &wanted) {
                    return mail;
                }
                arrived.await;
            }
        };
        match tokio::time::timeout(Duration::from_secs(10), next).await {
            Ok(mail) => mail,
            Err(_) => panic!("no such mail to {to} within 10 s; waiting are {:?}", self.recipients()),
        }
    }

    /// Until a mail hangs ([`Behaviour::Hang`]); at most 10 s.
    pub async fn holding(&self) {
        let held = tokio::time::timeout(Duration::from_secs(10), self.shared.held.notified()).await;
        held.expect("a mail is held within 10 s");
    }

    /// Whom the mails that nobody took yet are for, oldest first.
    pub fn recipients(&self) -> Vec<String> {
        self.shared.waiting.lock().unwrap().iter().map(|mail| mail.to.clone()).collect()
    }

    fn take(&self, to: &str, wanted: impl Fn(&ReceivedMail) -> bool) -> Option<ReceivedMail> {
        let mut waiting = self.shared.waiting.lock().unwrap();
        let oldest = waiting.iter().position(|mail| mail.to == to && wanted(mail))?;
        Some(waiting.remove(oldest))
    }
}

impl Drop for SmtpInbox {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped with this task, and the conversations with it.
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        shared.connections.fetch_add(1, Ordering::SeqCst);
        let shared = shared.clone();
        // A client that hangs up in the middle is no failure of the test.
        conversations.spawn(async move { Conversation::new(stream, shared).hold().await.ok() });
        while conversations.try_join_next().is_some() {}
    }
}

struct Conversation {
    stream: BufReader<TcpStream>,
    shared: Arc<Shared>,
    recipients: Vec<String>,
}

impl Conversation {
    fn new(stream: TcpStream, shared: Arc<Shared>) -> Self {
        Self { stream: BufReader::new(stream), shared, recipients: Vec::new() }
    }

    async fn hold(mut self) -> io::Result<()> {
        self.say("220 inbox.test ESMTP").await?;
        while let Some(line) = self.line().await? {
            let line = String::from_utf8_lossy(&line).into_owned();
            let behaviour = *self.shared.behaviour.lock().unwrap();
            match line.trim_end().split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
                "EHLO" if behaviour == Behaviour::RefuseTls => {
                    self.say("250-inbox.test\r\n250 STARTTLS").await?;
                }
                "EHLO" if behaviour == Behaviour::TurnAway => {
                    self.say("554 5.7.1 No service for you").await?;
                }
                "EHLO" => self.say("250-inbox.test\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
                "STARTTLS" => self.say("454 TLS is not available right now").await?,
                "MAIL" | "RSET" => {
                    self.recipients.clear();
                    self.say("250 OK").await?;
                }
                "RCPT" => self.recipient(&line, behaviour).await?,
                "DATA" if self.recipients.is_empty() => self.say("503 Name a recipient first").await?,
                "DATA" => self.data(behaviour).await?,
                "NOOP" => self.say("250 OK").await?,
                "QUIT" => return self.say("221 Goodbye").await,
                _ => self.say("500 Unknown command").await?,
            }
        }
        Ok(())
    }

    async fn recipient(&mut self, line: &str, behaviour: Behaviour) -> io::Result<()> {
        let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        match behaviour {
            Behaviour::Temporary => self.say("451 4.7.1 Greylisted, try again later").await,
            Behaviour::Permanent => self.say(&format!("550 5.1.1 <{address}> is unknown here")).await,
            Behaviour::Accept
            | Behaviour::Hang
            | Behaviour::KeepSilently
            | Behaviour::Drop
            | Behaviour::RefuseTls
            | Behaviour::TurnAway => {
                self.recipients.push(address);
                self.say("250 OK").await
            }
        }
    }

    async fn data(&mut self, behaviour: Behaviour) -> io::Result<()> {
        self.say("354 End with a dot").await?;
        let mut raw = Vec::new();
        loop {
            let Some(line) = self.line().await? else { return Ok(()) };
            if line == b".\r\n" {
                break;
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        match behaviour {
            Behaviour::Hang => {
                self.shared.held.notify_one();
                std::future::pending().await
            }
            Behaviour::KeepSilently => {
                self.keep(&raw);
                self.shared.held.notify_one();
                std::future::pending().await
            }
            Behaviour::Drop => Err(io::ErrorKind::ConnectionAborted.into()),
            Behaviour::Accept
            | Behaviour::Temporary
            | Behaviour::Permanent
            | Behaviour::RefuseTls
            | Behaviour::TurnAway => {
                self.keep(&raw);
                self.say("250 2.0.0 Kept").await
            }
        }
    }

    fn keep(&mut self, raw: &[u8]) {
        let recipients = std::mem::take(&mut self.recipients);
        let mails = recipients.iter().map(|to| ReceivedMail::parse(to, raw));
        self.shared.waiting.lock().unwrap().extend(mails);
        self.shared.arrived.notify_waiters();
    }

    /// With its line end; `None` when the client hung up.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let length = self.stream.read_until(b'\n', &mut line).await?;
        Ok((length > 0).then_some(line))
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        self.stream.get_mut().write_all(format!("{answer}\r\n").as_bytes()).await
    }
}
