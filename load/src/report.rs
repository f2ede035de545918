//! What is printed.

use std::fmt::Display;
use std::io::{self, Write as _};

use crate::audit::Verdict;
use crate::blocks::{Block, Side, median_micros};
use crate::cli::CommitsArgs;
use crate::commits::{Kind, Rates};
use crate::faults::Faults;
use crate::latency::Latency;
use crate::problem::Problem;
use crate::queries::Statement;
use crate::restart::Return;
use crate::run::Findings;
use crate::sender::Posted;
use crate::stalled::GivenUp;

/// A line on standard output; nobody reads it any more when that fails.
pub fn say(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).unwrap_or_default();
}

pub fn complain(problem: &Problem) {
    writeln!(io::stderr(), "load: {problem}").unwrap_or_default();
}

/// How many were refused, and the first reasons.
pub fn refusals(of_what: &str, reasons: &[String]) {
    if reasons.is_empty() {
        return;
    }
    say(&format!("{} {of_what} were refused:", reasons.len()));
    for reason in reasons.iter().take(3) {
        say(&format!("  {reason}"));
    }
}

/// One block of messages, as it ends.
pub fn block(block: &Block) {
    let side = match block.side {
        Side::Atria => "Atria",
        Side::Bare => "bare ",
    };
    say(&format!(
        "  {side}  {:>9} deliveries  {:>6.2} us each  processors: it {:>2.0} %, PostgreSQL {:>2.0} %, generator {:>2.0} %, others {:>2.0} %",
        block.deliveries,
        block.micros_per_delivery,
        block.server_share,
        block.postgres_share,
        block.generator_share,
        block.others_share,
    ));
}

/// Everything, against the goals of the design.
pub fn findings(findings: &Findings, faults: Faults) {
    refusals("posts", &findings.posted.refusals);
    let deliveries = findings.atria.delivery.count();
    row(
        "sockets",
        format!("{} in one room, joined in {:.1} s", findings.sockets, findings.joined_in.as_secs_f64()),
    );
    row("counts of people while joining", format!("{} (at most 60,000)", findings.presence_while_joining));
    row("messages", format!("{} acknowledged, {deliveries} deliveries", findings.messages));
    latencies("Atria", &findings.atria);
    row("acknowledged, ms", quantiles(&findings.posted.latency));
    latencies("bare loop", &findings.bare);
    processor(&findings.blocks);
    memory(findings);
    stalled(findings.given_up);
    self::faults(faults);
}

fn latencies(side: &str, verdict: &Verdict) {
    row(&format!("{side}: delivery, ms"), quantiles(&verdict.delivery));
    row(&format!("{side}: last reader, ms"), quantiles(&verdict.last_reader));
}

fn quantiles(latency: &Latency) -> String {
    let [median, most, tail, worst] = [0.5, 0.95, 0.99, 1.0].map(|share| latency.quantile_ms(share));
    format!("p50 {median:.1}  p95 {most:.1}  p99 {tail:.1}  max {worst:.1}")
}

fn processor(blocks: &[Block]) {
    let (atria, bare) = (median_micros(blocks, Side::Atria), median_micros(blocks, Side::Bare));
    row("processor per delivery, us", format!("Atria {atria:.2}, bare loop {bare:.2}"));
    let share = if atria > 0.0 { bare / atria } else { 0.0 };
    row("deliveries per core, of the bare loop's", format!("{share:.2} (goal 0.6)"));
}

fn memory(findings: &Findings) {
    let (atria, bare) = (findings.atria_memory.kib_per_socket(), findings.bare_memory.kib_per_socket());
    let ratio = if bare > 0.0 { atria / bare } else { 0.0 };
    row(
        "memory per idle socket, KiB",
        format!("Atria {atria:.1}, bare socket {bare:.1}, ratio {ratio:.1} (goals 16 KiB, 2)"),
    );
}

fn stalled(given_up: GivenUp) {
    if given_up.sockets == 0 {
        return;
    }
    row("stalled sockets", format!("{}, given up by the server {}", given_up.sockets, given_up.ended));
    let each = given_up.grown_kib as f64 / given_up.sockets as f64;
    row("memory grown by, per stalled socket, KiB", format!("{each:.1} at most (goal 64)"));
}

/// What was wrong, if anything.
pub fn faults(faults: Faults) {
    row("faults", faults_in_words(faults));
}

fn faults_in_words(faults: Faults) -> String {
    let found: Vec<String> = faults
        .by_name()
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    if found.is_empty() { "none".to_owned() } else { found.join(", ") }
}

fn row(name: &str, value: impl Display) {
    say(&format!("{name:<42}{value}"));
}

/// How the room came back after a kill.
pub fn restarted(back: &Return, posted: &Posted, verdict: &Verdict, faults: Faults) {
    refusals("posts", &posted.refusals);
    row("sockets that came back", back.sockets);
    row("server takes connections after the kill", format!("{:.1} s", back.serves_again.as_secs_f64()));
    let after = (back.all_back.saturating_sub(back.serves_again)).as_secs_f64();
    row(
        "all back after the kill",
        format!("{:.1} s, {after:.1} s after that (goal 15 s)", back.all_back.as_secs_f64()),
    );
    row(
        "messages",
        format!("{} acknowledged, {} deliveries", posted.acknowledged.len(), verdict.delivery.count()),
    );
    row("faults", faults_in_words(faults));
}

/// One block of commits, as it ends.
pub fn commits_of_block(kind: Kind, rate: f64) {
    let what = match kind {
        Kind::Inserts => "bare inserts",
        Kind::Unheard => "messages without listeners",
        Kind::Heard => "messages with listeners",
    };
    say(&format!("  {what:<28}{rate:>8.0} a second"));
}

/// Commits a second over many rooms, against the goals of the design.
pub fn commits(rates: &Rates, args: &CommitsArgs, faults: Faults) {
    let median = |wanted: Kind| {
        let mut of: Vec<f64> =
            rates.iter().filter(|(kind, _)| *kind == wanted).map(|(_, rate)| *rate).collect();
        of.sort_unstable_by(f64::total_cmp);
        of.get(of.len() / 2).copied().unwrap_or(0.0)
    };
    let [inserts, unheard, heard] = [Kind::Inserts, Kind::Unheard, Kind::Heard].map(median);
    let share = |part: f64, of: f64| if of > 0.0 { part / of } else { 0.0 };
    row("at the same time", format!("{} in {} rooms", args.at_once, args.rooms));
    row("bare inserts of one row a second", format!("{inserts:.0}"));
    row("messages a second, acknowledged", format!("{unheard:.0}"));
    row("of the bare inserts", format!("{:.2} (goal 1.0)", share(unheard, inserts)));
    row("with listeners, of without", format!("{:.2} (goal 0.95)", share(heard, unheard)));
    self::faults(faults);
}

/// What one message costs the database, and the statements it consists of.
pub fn database_work(history: i64, listeners: usize, messages: i64, statements: &[Statement]) {
    let per_message =
        |of: fn(&Statement) -> i64| statements.iter().map(of).sum::<i64>() as f64 / messages.max(1) as f64;
    say(&format!(
        "{history:>8} messages, {listeners:>4} listeners: per message {:.1} statements, {:.1} rows, {:.1} buffers, {:.1} WAL records, {:.0} WAL bytes",
        per_message(|statement| statement.calls),
        per_message(|statement| statement.rows),
        per_message(|statement| statement.buffers),
        per_message(|statement| statement.wal_records),
        per_message(|statement| statement.wal_bytes),
    ));
    for statement in statements {
        let words: Vec<&str> = statement.query.split_whitespace().collect();
        let text: String = words.join(" ").chars().take(60).collect();
        let each = |all: i64| all as f64 / messages.max(1) as f64;
        say(&format!(
            "    {:>4.1}x {:>5.1} rows {:>6.1} buffers {:>7.0} WAL bytes  {text}",
            each(statement.calls),
            each(statement.rows),
            each(statement.buffers),
            each(statement.wal_bytes),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named_and_their_absence_too() {
        assert_eq!(faults_in_words(Faults::default()), "none");
        let faults = Faults { lost: 2, sockets: 1, ..Faults::default() };
        assert_eq!(faults_in_words(faults), "2 lost, 1 sockets refused or closed");
    }
}
