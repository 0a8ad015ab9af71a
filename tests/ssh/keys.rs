//! Who comes in: the key says who, the PIN lets in, the audit says where from.

use std::time::Duration;

use super::host::{Host, PEOPLE, PIN, no_sshd};

#[test]
fn the_key_says_who_and_the_pin_lets_in() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    // On the screen, by the first key: the name is there, the finger waits at the PIN.
    let mut an = host.dial("an", &[], &[], &[]);
    an.wait("签到");
    an.wait(PEOPLE[0]);
    an.send("1111\r");
    an.wait("PIN 不对");
    an.send(&format!("{PIN}\r"));
    an.wait("?按键");
    // In lines, by the second.
    let mut xin = host.seat("xin");
    xin.send("xaj\r");
    xin.wait_at("服务对象>");
    xin.send("33052119460317960613\r");
    xin.wait_at(">");
    // A place that several share asks for the name.
    let mut window = host.dial("window", &[], &["lines"], &[]);
    window.wait_at("姓名>");
    window.send("曾示平\r");
    window.wait_at("PIN>");
    window.send(&format!("{PIN}\r"));
    window.wait_signed_in();
    // Whoever comes with somebody's key cannot be somebody else.
    let mut other = host.dial("xin", &[], &[], &[]);
    other.wait_at("PIN");
    other.send("\u{1b}[A");
    other.wait_for("the name", |line| line.at_cursor().contains("姓名"));
    other.send(&format!("\u{15}{}\r", PEOPLE[0]));
    other.wait_at("PIN");
    other.send(&format!("{PIN}\r"));
    other.wait("别人不能在这里签到");
    // A key whose owner is no operator opens nothing, and one that is not written down does not even come so far.
    let mut nobody = host.dial("nobody", &[], &["lines"], &[]);
    nobody.wait("没有 查无此人 这位操作员");
    let mut stray = host.dial("stray", &[], &[], &[]);
    assert!(!stray.ended().success());
    stray.settle(Duration::from_millis(50));
    assert!(stray.shown().contains("Permission denied"), "{}", stray.shown());
    host.local(&["audit", "verify"]);
    host.local(&["check"]);
}

#[test]
fn who_came_in_from_where_is_in_the_audit() {
    if no_sshd() {
        return;
    }
    let host = Host::new();
    let mut xin = host.dial("xin", &[], &["lines"], &[]);
    xin.wait_at("PIN>");
    xin.send("0000\r");
    xin.wait("PIN 不对");
    xin.send(&format!("{PIN}\r"));
    xin.wait_signed_in();
    let trail = host.local(&["audit", "--json"]);
    let line = |action: &str| trail.lines().find(|line| line.contains(action)).unwrap_or_default();
    for action in ["operators.sign-in", "operators.pin-wrong"] {
        assert!(line(action).contains("127.0.0.1 pts/") && line(action).contains("曾示平"), "{trail}");
    }
}
