//! Lines that are cut while forms are filled in and saved: by a signal, by a kill, by the client going away, by the death
//! of the sshd child. `LIANBAN_CUTS` says how often; some sixty times in ordinary runs.

use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::host::{Host, no_sshd};
use super::line::Line;
use super::office::{Office, rounds, texts};

/// A sequence of chances that can be had again.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// What was seen before the line was cut.
struct Seen {
    content: String,
    /// As much of it as stood on the terminal.
    shown: String,
    acknowledged: bool,
}

fn kill(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    // It may have ended by itself.
    let _ = kill_process(pid, signal);
}

/// Opens a new case in the lines face, types a part of what it is about or all of it, saves it perhaps; the cut comes at
/// any moment in between.
fn work(line: &mut Line, round: usize, chance: &mut Chance, cut: impl FnOnce(&mut Line)) -> Seen {
    let content = format!("线断第{round}次盲道被占轮椅过不去");
    line.send("dhdj 33052119460317960613\r");
    line.wait_at("内容>");
    let letters: Vec<char> = content.chars().collect();
    let typed = usize::try_from(chance.next(2 * letters.len() as u64)).unwrap().min(letters.len());
    for letter in letters.iter().take(typed) {
        line.send(&letter.to_string());
        line.settle(Duration::from_millis(chance.next(4)));
    }
    if typed == letters.len() && chance.next(4) > 0 {
        // Saved at once, or cut in the middle of saving.
        line.send("\r\r");
        line.settle(Duration::from_millis(chance.next(120)));
    } else {
        line.settle(Duration::from_millis(chance.next(30)));
    }
    cut(line);
    line.settle(Duration::from_millis(300));
    let written = String::from_utf8_lossy(&line.written).into_owned();
    let after = written.rsplit("内容>").next().unwrap_or_default().to_owned();
    let shown = letters.iter().take_while({
        let mut rest = after.as_str();
        move |letter| match rest.split_once(**letter) {
            Some((_, more)) => {
                rest = more;
                true
            }
            None => false,
        }
    });
    Seen { shown: shown.collect(), acknowledged: after.contains("已登记 SL-"), content }
}

/// Everything acknowledged is there once; everything else is there once, or lies as a draft with all that was seen of it.
fn account(file: &Path, seen: &[Seen]) -> (usize, usize, usize) {
    let cases = texts(file, "SELECT content FROM case_record WHERE content LIKE '线断%'");
    let drafts = texts(file, "SELECT text FROM draft_field WHERE field = 'content'");
    let (mut kept, mut unsaid, mut offered) = (0, 0, 0);
    for Seen { content, shown, acknowledged } in seen {
        let here = cases.iter().filter(|text| *text == content).count();
        let mark = content.split('次').next().unwrap_or_default();
        let lying = drafts.iter().filter(|text| text.starts_with(&format!("{mark}次"))).count();
        assert!(here <= 1 && lying <= 1, "{content}: {here} cases, {lying} drafts");
        if *acknowledged {
            assert_eq!((here, lying), (1, 0), "{content} was acknowledged");
            kept += 1;
        } else if here == 1 {
            assert_eq!(lying, 0, "{content} is there and offered again");
            unsaid += 1;
        } else if shown.chars().count() > mark.chars().count() + 1 {
            let whole = drafts.iter().any(|text| text.starts_with(shown.as_str()));
            assert!(whole, "{shown:?} was seen and is not offered: {drafts:?}");
            offered += 1;
        }
    }
    (kept, unsaid, offered)
}

#[test]
fn programs_that_are_killed_lose_nothing_and_leave_nothing_behind() {
    let office = Office::new();
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let mut seen = Vec::new();
    let all = rounds("LIANBAN_CUTS", 60) * 3 / 4;
    for round in 0..all {
        let mut line = office.desk("lines");
        line.wait_at(">");
        let signal = [Signal::HUP, Signal::KILL, Signal::TERM][round % 3];
        let pid = line.pid();
        seen.push(work(&mut line, round, &mut chance, |_| kill(pid, signal)));
        line.ended();
    }
    assert!(office.is_whole());
    let (kept, unsaid, offered) = account(&office.file(), &seen);
    assert!(kept > 0 && offered > 0, "{kept} {offered}");
    // They are offered to whoever signs in next.
    let mut next = office.desk("lines");
    next.wait("没做完的表单");
    println!(
        "programs killed {all}: acknowledged {kept}, saved unseen {unsaid}, offered again {offered}, lost 0"
    );
}

#[test]
fn lines_that_drop_lose_nothing_and_leave_nothing_behind() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    let mut seen = Vec::new();
    let all = rounds("LIANBAN_CUTS", 60) / 4;
    for round in 0..all {
        let mut line = host.seat("xin");
        let desk = *host.desks().first().unwrap();
        let client = line.pid();
        seen.push(work(&mut line, round, &mut chance, |_| match round % 3 {
            0 => kill(client, Signal::KILL),
            1 => kill(parent(desk), Signal::KILL),
            _ => kill(desk, Signal::HUP),
        }));
        drop(line);
        let start = Instant::now();
        host.wait_until_empty();
        assert!(start.elapsed() < Duration::from_secs(10), "it stayed for {:?}", start.elapsed());
    }
    let (kept, unsaid, offered) = account(&host.file(), &seen);
    host.local(&["check"]);
    println!("lines cut {all}: acknowledged {kept}, saved unseen {unsaid}, offered again {offered}, lost 0");
}

/// The process that started this one: sshd's own for the line.
fn parent(pid: u32) -> u32 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, after) = stat.rsplit_once(')').unwrap();
    after.split_whitespace().nth(1).unwrap().parse().unwrap()
}
