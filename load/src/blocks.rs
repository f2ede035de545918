//! Blocks of messages: the same number, once through Atria and once through the bare loop, in turn, so that what else the
//! machine does meets both.

use crate::problem::Outcome;
use crate::process::{self, Machine, Ticks};

/// Who delivers in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Atria,
    Bare,
}

/// A B B A: a drift of the machine meets both sides alike.
pub const ROUND: [Side; 4] = [Side::Atria, Side::Bare, Side::Bare, Side::Atria];

/// The processes of a run.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub server: u32,
    pub postgres: Option<u32>,
    pub bare: u32,
}

/// Clocks read at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    server: Ticks,
    postgres: Ticks,
    bare: Ticks,
    generator: Ticks,
    machine: Machine,
}

impl Cast {
    /// # Errors
    /// One of them is gone.
    pub fn read(&self) -> Outcome<Reading> {
        Ok(Reading {
            server: process::time_of(self.server)?,
            postgres: self.postgres.map_or(Ok(Ticks(0)), process::time_of_family)?,
            bare: process::time_of(self.bare)?,
            generator: process::time_of(std::process::id())?,
            machine: process::machine()?,
        })
    }
}

/// What one block took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    pub side: Side,
    pub deliveries: u64,
    /// Of the server or the bare loop, per delivery.
    pub micros_per_delivery: f64,
    /// Shares of all processors, in percent.
    pub server_share: f64,
    pub postgres_share: f64,
    pub generator_share: f64,
    /// Everything else on the machine, what was stolen from it included.
    pub others_share: f64,
}

impl Block {
    #[must_use]
    pub fn between(side: Side, before: &Reading, after: &Reading, deliveries: u64) -> Self {
        let (server, postgres) = (after.server - before.server, after.postgres - before.postgres);
        let (bare, generator) = (after.bare - before.bare, after.generator - before.generator);
        let busy = after.machine.busy - before.machine.busy;
        let stolen = after.machine.stolen - before.machine.stolen;
        let all = busy + stolen + (after.machine.idle - before.machine.idle);
        let ours = server.0 + postgres.0 + bare.0 + generator.0;
        let share = |ticks: u64| 100.0 * ticks as f64 / (all.max(1)) as f64;
        let own = match side {
            Side::Atria => server,
            Side::Bare => bare,
        };
        Self {
            side,
            deliveries,
            micros_per_delivery: own.micros() / deliveries.max(1) as f64,
            server_share: share(own.0),
            postgres_share: share(postgres.0),
            generator_share: share(generator.0),
            others_share: share((busy + stolen).saturating_sub(ours)),
        }
    }
}

/// The middle of one side's microseconds per delivery.
#[must_use]
pub fn median_micros(blocks: &[Block], side: Side) -> f64 {
    let mut micros: Vec<f64> =
        blocks.iter().filter(|block| block.side == side).map(|block| block.micros_per_delivery).collect();
    micros.sort_unstable_by(f64::total_cmp);
    match micros.len() {
        0 => 0.0,
        count if count % 2 == 1 => micros[count / 2],
        count => f64::midpoint(micros[count / 2 - 1], micros[count / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(server: u64, bare: u64, busy: u64, idle: u64) -> Reading {
        Reading {
            server: Ticks(server),
            postgres: Ticks(0),
            bare: Ticks(bare),
            generator: Ticks(0),
            machine: Machine { busy, idle, stolen: 0 },
        }
    }

    #[test]
    fn a_block_tells_time_per_delivery_and_what_others_took() {
        let (before, after) = (reading(100, 0, 1000, 1000), reading(200, 0, 1150, 1050));
        let block = Block::between(Side::Atria, &before, &after, 100_000);
        let tick = Ticks(1).micros();
        assert!((block.micros_per_delivery - tick / 1000.0).abs() < 1e-9);
        assert!((block.server_share - 50.0).abs() < 1e-9);
        assert!((block.others_share - 25.0).abs() < 1e-9);
    }

    #[test]
    fn the_median_of_a_side_leaves_the_other_out() {
        let block = |side, micros_per_delivery| Block {
            micros_per_delivery,
            ..Block::between(side, &reading(0, 0, 0, 0), &reading(0, 0, 0, 0), 1)
        };
        let blocks = [
            block(Side::Atria, 9.0),
            block(Side::Bare, 2.0),
            block(Side::Atria, 5.0),
            block(Side::Bare, 4.0),
            block(Side::Atria, 6.0),
        ];
        assert!((median_micros(&blocks, Side::Atria) - 6.0).abs() < 1e-9);
        assert!((median_micros(&blocks, Side::Bare) - 3.0).abs() < 1e-9);
        assert!(median_micros(&[], Side::Bare).abs() < 1e-9);
    }
}
