//! A copy of every change kept elsewhere by Litestream, as the manual says to set it up: what it brings back is whole and has
//! what was acknowledged. Where its binary is not there the reason is printed.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::office::{Office, texts};

/// Ends Litestream with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn what_litestream_brings_back_is_whole() {
    if Command::new("litestream").arg("version").output().is_err() {
        println!("skipped: litestream is not installed");
        return;
    }
    let office = Office::new();
    let replica = office.folder().join("replica");
    let config = office.folder().join("litestream.yml");
    let text = format!(
        "dbs:\n  - path: {}\n    replicas:\n      - type: file\n        path: {}\n        sync-interval: 1s\n",
        office.file().display(),
        replica.display()
    );
    std::fs::write(&config, text).unwrap();
    let mut command = Command::new("litestream");
    command.args(["replicate", "-config"]).arg(&config).stdout(Stdio::null()).stderr(Stdio::null());
    let running = Running(command.spawn().unwrap());
    for round in 0..30 {
        office.said(&["do", &format!("诉 C001 复制{round} !+1"), "--yes"]);
    }
    assert!(office.is_whole(), "the office's own file");
    let back = office.folder().join("back.db");
    let end = Instant::now() + Duration::from_secs(60);
    let count = "SELECT count(*) || '' FROM case_record WHERE content LIKE '复制%'";
    loop {
        std::thread::sleep(Duration::from_secs(1));
        drop(std::fs::remove_file(&back));
        let mut restore = Command::new("litestream");
        restore.args(["restore", "-config"]).arg(&config).arg("-o").arg(&back).arg(office.file());
        let done = restore.output().unwrap();
        if done.status.success() && texts(&back, count) == ["30"] {
            break;
        }
        assert!(Instant::now() < end, "{}", String::from_utf8_lossy(&done.stderr));
    }
    drop(running);
    let checked = office.command(&["check"]).env("LIANBAN_FILE", &back).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    println!("litestream: 30 cases acknowledged, 30 in what it brought back, which is whole");
}
