//! Evil around the program: keymaps, settings of the environment, the command line.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use super::chance::{Chance, for_a_while};
use super::room::{Room, end};

#[test]
fn keymaps_that_are_none_are_refused_with_a_sentence() {
    let room = Room::new();
    let folder = room.path(".config/lianban");
    std::fs::create_dir_all(&folder).unwrap();
    let good = include_str!("../../keymaps/default.toml");
    let mut chance = Chance::new(77);
    let mut count = 0;
    for_a_while(3, || {
        let mut bytes = good.as_bytes().to_vec();
        match chance.below(4) {
            0 => bytes = chance.bytes(4000),
            1 => bytes.truncate(chance.below(good.len())),
            2 => bytes = format!("x = {}", "[".repeat(chance.below(60_000))).into_bytes(),
            _ => {
                for _ in 0..=chance.below(30) {
                    let at = chance.below(bytes.len());
                    bytes[at] = u8::try_from(chance.below(256)).unwrap();
                }
            }
        }
        std::fs::write(folder.join("keymap.toml"), bytes).unwrap();
        room.run(["keys", "--check"]);
        count += 1;
    });
    println!("{count} keymaps by chance: all read or refused");
}

#[test]
fn no_setting_and_no_word_on_the_command_line_ends_it_badly() {
    let room = Room::new();
    let words = [
        "list",
        "show",
        "do",
        "act",
        "export",
        "import",
        "report",
        "explain",
        "audit",
        "keys",
        "operator",
        "check",
        "cases",
        "people",
        "--json",
        "--csv",
        "--as",
        "--now",
        "--lang",
        "--file",
        "--limit",
        "--where",
        "-o",
        "--",
        "-",
        "date",
        "amount",
        "id",
        "cert",
        "ssh-setup",
        "--key",
        "ssh-session",
        "--keys",
    ];
    let settings = ["LANG", "LC_ALL", "LIANBAN_LANG", "LIANBAN_NOW", "LIANBAN_OPERATOR", "TERM", "COLORFGBG"];
    let mut chance = Chance::new(4711);
    let mut count = 0;
    for_a_while(5, || {
        let mut args: Vec<OsString> = Vec::new();
        for _ in 0..chance.below(6) {
            args.push(match chance.below(4) {
                0 => OsString::from_vec(chance.bytes(40).into_iter().filter(|byte| *byte != 0).collect()),
                1 => chance.text().replace('\u{0}', "").into(),
                _ => (*chance.one(&words)).into(),
            });
        }
        let mut command = room.command(args);
        for setting in settings {
            if chance.below(3) == 0 {
                command.env(setting, chance.text().replace('\u{0}', ""));
            }
        }
        end(&mut command);
        count += 1;
    });
    assert_eq!(room.said(["check"]).1, Some(0));
    println!("{count} command lines by chance: each ended with a code of its own");
}
