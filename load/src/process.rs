//! What Linux tells of processes and of the machine, in /proc.

use std::fs;
use std::ops::Sub;

use rustix::param::clock_ticks_per_second;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

use crate::problem::{self, Outcome, said};

/// Processor time, in clock ticks (usually 10 ms).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ticks(pub u64);

impl Ticks {
    #[must_use]
    pub fn micros(self) -> f64 {
        self.0 as f64 * 1_000_000.0 / clock_ticks_per_second() as f64
    }
}

impl Sub for Ticks {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

/// The processor time of a process and all of its threads, user and system.
///
/// # Errors
/// There is no such process.
pub fn time_of(pid: u32) -> Outcome<Ticks> {
    let stat = read(&format!("/proc/{pid}/stat"))?;
    let [user, system, ..] = times(&stat).ok_or_else(|| said(format!("/proc/{pid}/stat is odd")))?;
    Ok(Ticks(user + system))
}

/// The processor time of a process with its children, also of those that have ended.
///
/// # Errors
/// There is no such process.
pub fn time_of_family(pid: u32) -> Outcome<Ticks> {
    let mut sum: u64 = times(&read(&format!("/proc/{pid}/stat"))?).into_iter().flatten().sum();
    let entries = fs::read_dir("/proc").map_err(problem::io("reading /proc"))?;
    for entry in entries.flatten() {
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        if field(&stat, PARENT) == Some(u64::from(pid)) {
            sum += times(&stat).map_or(0, |[user, system, ..]| user + system);
        }
    }
    Ok(Ticks(sum))
}

/// Fields of /proc/<pid>/stat, counted from the one behind the program's name.
const PARENT: usize = 1;
const FIRST_TIME: usize = 11;

fn field(stat: &str, place: usize) -> Option<u64> {
    // The name may hold spaces and brackets; nothing behind it does.
    let (_, behind) = stat.rsplit_once(')')?;
    behind.split_whitespace().nth(place)?.parse().ok()
}

/// User and system time, and those of children that were waited for.
fn times(stat: &str) -> Option<[u64; 4]> {
    let time = |place| field(stat, FIRST_TIME + place);
    Some([time(0)?, time(1)?, time(2)?, time(3)?])
}

/// How much of a process is in memory.
///
/// # Errors
/// There is no such process.
pub fn resident_kib(pid: u32) -> Outcome<u64> {
    let status = read(&format!("/proc/{pid}/status"))?;
    resident(&status).ok_or_else(|| said(format!("/proc/{pid}/status is odd")))
}

fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// What all processors did since the machine started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Machine {
    pub busy: u64,
    pub idle: u64,
    /// Taken away by the machine this one runs on.
    pub stolen: u64,
}

/// # Errors
/// /proc/stat can't be read.
pub fn machine() -> Outcome<Machine> {
    machine_of(&read("/proc/stat")?).ok_or_else(|| said("/proc/stat is odd"))
}

fn machine_of(stat: &str) -> Option<Machine> {
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    let times: Vec<u64> = line.split_whitespace().map_while(|time| time.parse().ok()).collect();
    let [user, nice, system, idle, waiting, interrupts, soft_interrupts, stolen, ..] = times[..] else {
        return None;
    };
    let busy = user + nice + system + interrupts + soft_interrupts;
    Some(Machine { busy, idle: idle + waiting, stolen })
}

/// Lets this process, and those it starts, open as many files as the system allows: a socket is one.
///
/// # Errors
/// The system doesn't say.
pub fn raise_file_limit() -> Outcome<()> {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    setrlimit(Resource::Nofile, raised).map_err(|error| said(format!("raising the limit of files: {error}")))
}

/// Files this process may open at once; `None` for as many as it likes.
#[must_use]
pub fn file_limit() -> Option<u64> {
    getrlimit(Resource::Nofile).current
}

/// SIGKILL: no goodbye.
///
/// # Errors
/// There is no such process, or it is somebody else's.
pub fn kill(pid: u32) -> Outcome<()> {
    let known = i32::try_from(pid).ok().and_then(Pid::from_raw);
    let known = known.ok_or_else(|| said(format!("{pid} is no process")))?;
    kill_process(known, Signal::KILL).map_err(|error| said(format!("killing {pid}: {error}")))
}

fn read(path: &str) -> Outcome<String> {
    fs::read_to_string(path).map_err(problem::io(format!("reading {path}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stand_behind_a_name_with_spaces_and_brackets() {
        let stat = "42 (a (b) c) S 7 42 42 0 -1 4194560 9 8 7 6 150 50 30 20 20 0 5 0 99 1 2";
        assert_eq!(times(stat), Some([150, 50, 30, 20]));
        assert_eq!(field(stat, PARENT), Some(7));
        assert_eq!(times("42 (short) S 7"), None);
    }

    #[test]
    fn the_resident_set_is_read_in_kibibytes() {
        assert_eq!(
            resident("Name:\tatria\nVmPeak:\t  99 kB\nVmRSS:\t   51234 kB\nThreads:\t3\n"),
            Some(51_234)
        );
        assert_eq!(resident("Name:\tatria\n"), None);
    }

    #[test]
    fn waiting_for_disks_is_idle_and_stolen_time_apart() {
        let stat = "cpu  100 10 50 700 40 5 15 30 0 0\ncpu0 1 2 3\n";
        assert_eq!(machine_of(stat), Some(Machine { busy: 180, idle: 740, stolen: 30 }));
    }

    #[test]
    fn this_process_has_time_and_memory() {
        let own = std::process::id();
        assert!(resident_kib(own).unwrap() > 0);
        let alone = time_of(own).unwrap().0;
        assert!(time_of_family(own).unwrap().0 >= alone);
        assert!(machine().unwrap().busy > 0);
    }
}
