//! What happens to files: a full disk, a file that may not be written, one that is taken away or replaced under the
//! running program, a clock set back, a power cut as copies of file and journal at any moment show it.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::office::{Office, rounds};

const LINE: &str = "诉 C001 轮椅坏了 !+1";

#[test]
fn a_full_disk_refuses_with_a_sentence_and_loses_nothing() {
    let office = Office::new();
    // A file that may grow no further is what a full disk is to a program.
    let size = std::fs::metadata(office.file()).unwrap().len();
    let script = format!("ulimit -f {}; exec \"$@\"", size / 512 + 40);
    let mut refused = String::new();
    for _ in 0..60 {
        let done = Command::new("/bin/sh")
            .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_lianban"), "do", LINE, "--yes"])
            .env_clear()
            .env("HOME", office.folder())
            .env("LIANBAN_FILE", office.file())
            .env("LIANBAN_NOW", "2026-03-04T09:30")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        if !done.status.success() {
            refused = String::from_utf8_lossy(&done.stderr).into_owned();
            break;
        }
    }
    assert!(office.is_whole());
    // Whoever could still write has written whole records.
    let cases: usize = office.texts("SELECT count(*) || '' FROM case_record")[0].parse().unwrap();
    assert!(cases >= 20);
    assert!(!refused.contains("panicked"), "{refused}");
    office.said(&["do", LINE, "--yes"]);
}

#[test]
fn a_small_file_system_that_fills_up_keeps_every_acknowledged_record() {
    if !rustix::process::getuid().is_root() {
        println!("skipped: only root mounts");
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=3m", "lianban-test"])
        .arg(place.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!("skipped: nothing may be mounted here");
        return;
    }
    let (acknowledged, refused, kept) = fill_up(place.path());
    drop(Command::new("umount").arg("-l").arg(place.path()).status());
    assert!(refused.contains("满"), "{refused}");
    assert_eq!(acknowledged, kept);
    println!("disk full after {acknowledged} acknowledged cases; all are there");
}

fn fill_up(place: &Path) -> (usize, String, usize) {
    let office = Office::within(place);
    let mut acknowledged = 0;
    let mut refused = String::new();
    // Everything is taken but a little.
    let ballast = std::fs::File::create(place.join("ballast")).unwrap();
    let mut all = 0u64;
    while (&ballast).write_all(&[0; 4096]).is_ok() {
        all += 4096;
    }
    ballast.set_len(all.saturating_sub(400_000)).unwrap();
    for _ in 0..400 {
        let done = office.run(&["do", LINE, "--yes"]);
        if !done.status.success() {
            refused = String::from_utf8_lossy(&done.stderr).into_owned();
            break;
        }
        acknowledged += 1;
    }
    std::fs::remove_file(place.join("ballast")).unwrap();
    assert!(office.is_whole());
    let kept = office.texts("SELECT count(*) || '' FROM case_record WHERE content = '轮椅坏了'")[0].clone();
    (acknowledged, refused, kept.parse().unwrap())
}

#[test]
fn a_file_that_may_not_be_written_is_refused_and_can_be_read() {
    let office = Office::new();
    std::fs::set_permissions(office.file(), std::fs::Permissions::from_mode(0o400)).unwrap();
    let refused = office.run(&["do", LINE, "--yes"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(4), "{said}");
    assert_eq!(said.lines().count(), 2, "a sentence and what to do: {said}");
    assert!(office.said(&["list", "cases"]).contains("0014"));
}

#[test]
fn a_file_taken_away_or_replaced_under_an_open_desk_is_noticed_and_the_words_stay() {
    for replaced in [false, true] {
        let office = Office::new();
        let mut desk = office.desk("lines");
        desk.wait_at(">");
        desk.send("dhdj 33052119460317960613\r");
        desk.wait_at("内容>");
        desk.send("盲道被占\r");
        desk.wait("分流");
        let aside = office.folder().join("aside.db");
        std::fs::rename(office.file(), &aside).unwrap();
        if replaced {
            std::fs::copy(&aside, office.file()).unwrap();
        }
        desk.send("\r");
        desk.settle(Duration::from_millis(1500));
        let said = String::from_utf8_lossy(&desk.written).into_owned();
        assert!(!said.contains("已登记"), "it was written into nowhere: {said}");
        assert!(said.contains("不是") || said.contains("换") || said.contains("移"), "{said}");
        // The form stands as it was; put the file back, and it is saved.
        assert!(!desk.at_cursor().contains("今日"), "{}", desk.shown());
        std::fs::rename(&aside, office.file()).unwrap();
        desk.send("save\r");
        desk.settle(Duration::from_millis(1000));
        let cases = office.texts("SELECT content FROM case_record WHERE content = '盲道被占'");
        assert_eq!(cases.len(), 1, "{}", desk.shown());
    }
}

#[test]
fn a_clock_set_back_stops_nobody_and_the_audit_keeps_its_order() {
    let office = Office::new();
    for now in ["2026-03-04T09:30", "2026-03-04T08:00", "2025-12-31T23:59", "2026-03-04T09:31"] {
        let mut command = office.command(&["do", LINE, "--yes"]);
        let done = command.env("LIANBAN_NOW", now).output().unwrap();
        assert!(done.status.success(), "{now}: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert!(office.is_whole());
    let numbers = office.texts("SELECT no FROM case_record ORDER BY id DESC LIMIT 4");
    let mut once = numbers.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 4, "{numbers:?}");
}

#[test]
fn copies_of_file_and_journal_at_any_moment_open_whole() {
    let office = Office::new();
    let time = Duration::from_secs(rounds("LIANBAN_POWER", 3) as u64);
    let until = Instant::now() + time;
    let copies: Vec<std::path::PathBuf> = std::thread::scope(|scope| {
        for n in 0..2 {
            let office = &office;
            scope.spawn(move || {
                let mut i = 0;
                while Instant::now() < until {
                    office.said(&["do", &format!("诉 C00{} 停电{n}-{i} !+1", n + 1), "--yes"]);
                    i += 1;
                }
            });
        }
        // One reader keeps the journal from being folded in at every end, as an open desk does.
        let mut desk = office.desk("lines");
        desk.wait_at(">");
        let mut copies = Vec::new();
        while Instant::now() < until {
            let folder = office.folder().join(format!("copy{}", copies.len()));
            std::fs::create_dir(&folder).unwrap();
            // What a cut leaves of the two is of one moment; copying them is not, unless the file stood still meanwhile.
            let stood = |path: &Path| std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
            let before = stood(&office.file());
            let journal = office.folder().join("office.db-wal");
            if std::fs::copy(&journal, folder.join("office.db-wal")).is_ok()
                && std::fs::copy(office.file(), folder.join("office.db")).is_ok()
                && before == stood(&office.file())
            {
                copies.push(folder);
            } else {
                std::fs::remove_dir_all(&folder).unwrap();
            }
            desk.settle(Duration::from_millis(23));
        }
        copies
    });
    assert!(!copies.is_empty());
    for folder in &copies {
        let mut check = Command::new(env!("CARGO_BIN_EXE_lianban"));
        check.arg("--file").arg(folder.join("office.db")).arg("check").env_clear().env("HOME", folder);
        let done = check.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
    println!("{} copies of file and journal taken while two wrote: all whole", copies.len());
}
