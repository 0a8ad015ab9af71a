//! How many keys a hand presses for a text, as research counts them: each Latin letter, digit and sign is one, a run of
//! Chinese characters is its full pinyin and one key to take it. Turning the input method on and off is not counted.

use pinyin::ToPinyin as _;

fn is_han(c: char) -> bool {
    c >= '\u{3400}' && c.is_alphabetic()
}

/// Keys for a text.
pub(crate) fn keys(text: &str) -> usize {
    let mut count = 0;
    let mut in_run = false;
    for c in text.chars() {
        let spelt = c.to_pinyin().map(|p| p.plain().chars().count());
        match spelt.filter(|_| is_han(c)) {
            Some(letters) => {
                count += letters + usize::from(!in_run);
                in_run = true;
            }
            None => {
                count += 1;
                in_run = false;
            }
        }
    }
    count
}

/// The portions in which a text reaches the terminal: a run of Chinese comes at once, everything else key by key.
pub(crate) fn portions(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut in_run = false;
    for c in text.chars() {
        match (is_han(c) && in_run, out.last_mut()) {
            (true, Some(run)) => run.push(c),
            _ => out.push(c.to_string()),
        }
        in_run = is_han(c);
    }
    out
}

#[test]
fn keys_are_counted_as_a_hand_presses_them() {
    assert_eq!(keys("13"), 2);
    assert_eq!(keys("盲道"), 4 + 3 + 1);
    assert_eq!(keys("已致电社区 !w5"), 14 + 1 + 4);
    assert_eq!(portions("a盲道 b"), ["a", "盲道", " ", "b"]);
}
