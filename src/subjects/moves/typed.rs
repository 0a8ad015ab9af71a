//! The line a hand types for a move of goods, `a4 3 d`: the goods, how many, for whom, at what price, in any order. Pure: what
//! there is to recognise is handed in.

use crate::values::money::Fen;
use crate::values::{pinyin, text};

/// What a line was understood as. What is not said stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    /// Number of the goods (`HC-02`).
    pub item: String,
    /// How many, as typed.
    pub quantity: String,
    /// Fen a unit, as typed in yuan.
    pub price: String,
    /// Association code.
    pub org: String,
    /// Words left: who takes it.
    pub taker: String,
    /// What was not understood.
    pub unread: Vec<String>,
}

/// Goods as a hand names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goods {
    /// `HC-02`.
    pub no: String,
    /// 盲文纸.
    pub name: String,
    /// 包.
    pub unit: String,
}

/// An association as a hand names it: key, code, short name.
pub(crate) type Org = (String, String, String);

/// Reads a line; a second number is a price only where one is wanted.
pub(crate) fn read(typed: &str, goods: &[Goods], orgs: &[Org], priced: bool) -> Line {
    let mut line = Line::default();
    for word in text::half_width(typed).split_whitespace() {
        let lower = word.to_lowercase();
        let org = orgs.iter().find(|(key, code, short)| {
            *key == lower || code.eq_ignore_ascii_case(word) || short == word || *short == lower
        });
        if let Some(count) = count(&lower, goods).filter(|_| line.quantity.is_empty()) {
            line.quantity = count;
        } else if let Some(price) = price(&lower).filter(|_| priced && line.price.is_empty()) {
            line.price = price;
        } else if let Some((_, code, _)) = org.filter(|_| line.org.is_empty()) {
            line.org.clone_from(code);
        } else if let Some(no) = called(word, &lower, goods).filter(|_| line.item.is_empty()) {
            line.item = no;
        } else if word.is_ascii() || !line.taker.is_empty() {
            line.unread.push(word.to_owned());
        } else {
            word.clone_into(&mut line.taker);
        }
    }
    line
}

/// `3`, `3包`, `*3`.
fn count(word: &str, goods: &[Goods]) -> Option<String> {
    let word = word.strip_prefix('*').unwrap_or(word);
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = word.strip_prefix(digits.as_str())?;
    let unit = rest.is_empty() || goods.iter().any(|g| g.unit == rest);
    (!digits.is_empty() && unit).then_some(digits)
}

/// `65`, `65.00`, `@65`, `65元`.
fn price(word: &str) -> Option<String> {
    let word = word.strip_prefix('@').unwrap_or(word);
    Fen::parse(word).ok().filter(|fen| fen.0 >= 0).map(Fen::plain)
}

/// Goods by their number or name, or by the beginning of the name or of its pinyin where only one begins so; two characters of
/// it or more may stand anywhere in the name, again where only one has them.
fn called(word: &str, lower: &str, goods: &[Goods]) -> Option<String> {
    let exact = |g: &&Goods| g.no.eq_ignore_ascii_case(word) || g.name.to_lowercase() == lower;
    if let Some(found) = goods.iter().find(exact) {
        return Some(found.no.clone());
    }
    let begins = |g: &&Goods| {
        g.name.to_lowercase().starts_with(lower)
            || (word.is_ascii() && pinyin::text_keys(&g.name).iter().any(|key| key.starts_with(lower)))
    };
    let within = |g: &&Goods| {
        lower.chars().nth(1).is_some()
            && (g.name.to_lowercase().contains(lower)
                || (word.is_ascii() && pinyin::text_keys(&g.name).iter().any(|key| key.contains(lower))))
    };
    let mut found: Vec<&Goods> = goods.iter().filter(begins).collect();
    if found.is_empty() {
        found = goods.iter().filter(within).collect();
    }
    match found.as_slice() {
        [only] => Some(only.no.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods() -> Vec<Goods> {
        [
            ("HC-01", "A4复印纸", "包"),
            ("HC-02", "盲文纸", "包"),
            ("HC-07", "5号电池", "板"),
            ("HC-08", "档案盒", "个"),
        ]
        .map(|(no, name, unit)| Goods { no: no.into(), name: name.into(), unit: unit.into() })
        .to_vec()
    }

    fn said(text: &str, priced: bool) -> [String; 5] {
        let orgs = [("d", "DF", "聋协"), ("b", "BL", "盲协")]
            .map(|(k, c, s)| (k.to_owned(), c.to_owned(), s.to_owned()));
        let line = read(text, &goods(), &orgs, priced);
        [line.item, line.quantity, line.price, line.org, format!("{}{}", line.taker, line.unread.join("|"))]
    }

    #[test]
    fn goods_number_and_association_stand_in_any_order() {
        for text in ["a4 3 d", "d 3 a4", "A4复印纸 3包 聋协", "hc-01 *3 DF", "Ａ４　３　ｄ", "a4fyz 3 d"]
        {
            assert_eq!(said(text, false), ["HC-01", "3", "", "DF", ""], "{text}");
        }
        assert_eq!(said("复印纸 3 b", false), ["HC-01", "3", "", "BL", ""]);
        assert_eq!(said("fyz 3 b", false), ["HC-01", "3", "", "BL", ""]);
        assert_eq!(said("mwz 2 b 吕拟光", false), ["HC-02", "2", "", "BL", "吕拟光"]);
        assert_eq!(said("5号电池 4板 b", false), ["HC-07", "4", "", "BL", ""]);
        assert_eq!(said("盲文纸 6 65", true), ["HC-02", "6", "65.00", "", ""]);
        assert_eq!(said("盲文纸 @65.5 6", true), ["HC-02", "6", "65.50", "", ""]);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert_eq!(said("zz 3 d", false), ["", "3", "", "DF", "zz"]);
        assert_eq!(said("a4 3 4 d", false), ["HC-01", "3", "", "DF", "4"]);
    }
}
