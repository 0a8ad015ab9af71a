//! Twenty at one file: entering cases, noting on the same one, wanting the same room, writing into the same journal, while
//! others look on. For some seconds; `LIANBAN_CROWD` says how many.

use std::io::Write as _;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::office::{Office, rounds};

/// What nobody may ever be told.
const NEVER: [&str; 4] = ["database is locked", "store-busy", "正在写", "程序出错"];

struct Worker {
    child: Child,
    wanted: usize,
}

/// A program that reads quick lines; they are fed to it as fast as it takes them.
fn worker(office: &Office, who: &str) -> Worker {
    let mut command = office.command(&["do", "-", "--yes", "--as", who]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Worker { child: command.spawn().unwrap(), wanted: 0 }
}

/// Feeds a worker until the time is over; gives what it said, and how many lines it was given.
fn feed(mut worker: Worker, until: Instant, line: impl Fn(usize) -> String) -> (String, usize) {
    let mut stdin = worker.child.stdin.take().unwrap();
    while Instant::now() < until {
        if writeln!(stdin, "{}", line(worker.wanted)).is_err() {
            break;
        }
        worker.wanted += 1;
        std::thread::sleep(Duration::from_millis(40));
    }
    drop(stdin);
    let done = worker.child.wait_with_output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (String::from_utf8_lossy(&said).into_owned(), worker.wanted)
}

#[test]
fn twenty_at_once_lose_nothing_and_wait_for_nobody() {
    let office = Office::new();
    let time = Duration::from_secs(rounds("LIANBAN_CROWD", 6) as u64);
    let mut screens: Vec<_> = (0..2).map(|_| office.desk("screen")).collect();
    for screen in &mut screens {
        screen.wait("?按键");
        screen.send("2");
        screen.wait("[案件]");
    }
    let until = Instant::now() + time;
    let office = &office;
    let all: Vec<(String, usize)> = std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for n in 0..6 {
            threads.push(scope.spawn(move || {
                feed(worker(office, "曾示平"), until, |i| format!("诉 C00{} 人多{n}-{i} !+1", n + 1))
            }));
        }
        // The same room, the same hours: each day of the coming weeks is wanted by six.
        for _ in 0..6 {
            threads.push(scope.spawn(move || {
                feed(worker(office, "曾示平"), until, |i| format!("订 d +{} 15-16 b 抢", 7 + i % 60))
            }));
        }
        for n in 0..6 {
            threads.push(scope.spawn(move || {
                feed(worker(office, "解样和"), until, |i| format!("支 {}.{n}0 bg 茶水", 10 + i % 9))
            }));
        }
        // Two look on meanwhile, and page through what the others write.
        for screen in &mut screens {
            threads.push(scope.spawn(move || {
                let mut pages = 0;
                while Instant::now() < until {
                    screen.send(["2", "3", "6", "1"][pages % 4]);
                    screen.settle(Duration::from_millis(250));
                    pages += 1;
                }
                (String::from_utf8_lossy(&screen.written).into_owned(), pages)
            }));
        }
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (said, _) in &all {
        for never in NEVER {
            assert!(!said.contains(never), "{never}: {said}");
        }
    }
    let acknowledged = |from: usize, mark: &str| -> usize {
        all.iter().skip(from).take(6).map(|(said, _)| said.matches(mark).count()).sum()
    };
    let count = |sql: &str| -> usize { office.texts(sql)[0].parse().unwrap() };
    let cases = acknowledged(0, "已登记 SL-2026-");
    assert_eq!(cases, all.iter().take(6).map(|(_, given)| given).sum::<usize>(), "every case was taken");
    assert_eq!(cases, count("SELECT count(*) || '' FROM case_record WHERE content LIKE '人多%'"));
    let booked = acknowledged(6, "已订 YY-2026-");
    assert!(booked > 0);
    assert_eq!(booked, count("SELECT count(*) || '' FROM booking WHERE purpose LIKE '抢%'"));
    let twice = "SELECT count(*) || '' FROM booking a JOIN booking b ON a.id < b.id AND a.zone = b.zone
                 AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at WHERE a.purpose LIKE '抢%' AND b.purpose LIKE '抢%'";
    assert_eq!(count(twice), 0, "a room was given twice");
    let vouchers = acknowledged(12, "已记 现付-202603-");
    assert_eq!(
        vouchers,
        count("SELECT count(*) || '' FROM journal_entry WHERE summary = '茶水' AND period = '2026-03'")
    );
    let gaps = "SELECT (max(number) - count(DISTINCT number)) || '' FROM journal_entry
                WHERE kind = '现付' AND period = '2026-03'";
    assert_eq!(count(gaps), 0, "a voucher number is missing");
    let serial = "SELECT (max(CAST(substr(no, 9) AS INTEGER)) - count(*)) || '' FROM case_record WHERE no LIKE 'SL-2026-%'";
    assert_eq!(count(serial), 0, "a case number is missing");
    assert!(office.is_whole());
    let pages: usize = all.iter().skip(18).map(|(_, pages)| pages).sum();
    println!(
        "20 at once for {}s: {cases} cases, {booked} bookings of one room, {vouchers} vouchers, {pages} pages looked at; \
         lost 0, given twice 0, numbers missing 0, refused as busy 0",
        time.as_secs()
    );
}

#[test]
fn what_one_writes_stands_before_the_others_within_a_second() {
    let office = Office::new();
    let mut screens: Vec<_> = (0..4).map(|_| office.desk("screen")).collect();
    for screen in &mut screens {
        screen.wait("?按键");
        screen.send("2");
        screen.wait("[案件]");
    }
    let mut slowest = Duration::ZERO;
    for round in 0..3 {
        let mark = format!("人{round}见");
        office.said(&["do", &format!("诉 C001 {mark} 的事 !+1"), "--yes"]);
        let written = Instant::now();
        for screen in &mut screens {
            screen.wait(&format!("{:04}", 21 + round));
        }
        slowest = slowest.max(written.elapsed());
    }
    // The program looks once a second; a busy machine is given more.
    assert!(slowest < Duration::from_secs(6), "{slowest:?}");
    println!("seen by 4 others after {} ms at most", slowest.as_millis());
}

#[test]
fn of_two_who_change_the_same_record_each_sees_both_versions_and_loses_no_word() {
    for face in ["lines", "screen"] {
        let office = Office::new();
        let mut one = office.desk(face);
        let lines = face == "lines";
        if lines {
            one.wait_at(">");
        } else {
            one.wait("?按键");
        }
        for keys in ["#C001\r", if lines { "edit\r" } else { ":edit\r" }] {
            one.send(keys);
            one.settle(Duration::from_millis(700));
        }
        if lines {
            one.send("phone\r13000009999\r");
        } else {
            // Up and down the form to the telephone, by what stands before the cursor.
            for _ in 0..40 {
                if one.at_cursor().contains("电话") {
                    break;
                }
                one.send("\t");
                one.settle(Duration::from_millis(120));
            }
            one.send("13000009999");
        }
        one.settle(Duration::from_millis(700));
        office.said(&["act", "C001", "edit", "phone=13000008888", "community=样例社区九", "--yes"]);
        let save = if lines { "save\r" } else { "\u{13}" };
        let before = one.written.len();
        one.send(save);
        one.settle(Duration::from_millis(1500));
        let said = match lines {
            true => String::from_utf8_lossy(&one.written[before..]).into_owned(),
            false => one.shown(),
        };
        for told in ["13000009999", "130****8888", "样例社区九"] {
            assert!(said.contains(told), "{face}: {told} in {said}");
        }
        let drafts = office.texts("SELECT text FROM draft_field");
        assert!(drafts.iter().any(|text| text.contains("13000009999")), "{drafts:?} {said}");
        one.send(save);
        one.settle(Duration::from_millis(1500));
        let kept = office.texts("SELECT phone || ' ' || community FROM client WHERE code = 'C001'");
        assert_eq!(kept, ["13000009999 样例社区九"], "{face}: {}", one.shown());
        println!(
            "{face}: both versions shown field by field, the typed one kept, the other's untouched field kept"
        );
    }
}
