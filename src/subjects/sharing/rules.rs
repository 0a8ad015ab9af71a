//! What is true of sharing the running costs (G-6.4.1b, RULES §3.7): how weights are written, what each association's share
//! is, what is owed or given back at the year's end. Pure: no SQL, no clock.

use crate::values::money::Fen;
use crate::values::split::{self, SplitError};
use crate::values::text;

/// Associations with their weights, in the fixed order.
pub(crate) type Weights = Vec<(String, u64)>;

/// An association as people write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Party {
    /// `BL`.
    pub code: String,
    /// Everything it is called: `盲协`, `盲`, `b`.
    pub words: Vec<String>,
}

/// Why weights cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// No association is called so.
    Unknown(String),
    /// Named twice.
    Twice(String),
    /// Nobody has a weight above zero.
    Nobody,
}

/// Reads weights: `盲20 聋18 …`, `BL:20;DF:18`, or numbers alone in the fixed order (`20:18:22:14:14:12`). A name without a
/// number weighs one; who is not named is no party.
///
/// # Errors
/// The first word that means nothing, or that nobody has a weight.
pub(crate) fn read(typed: &str, parties: &[Party]) -> Result<Weights, Unreadable> {
    let plain = text::half_width(typed);
    let words: Vec<String> = words(&plain);
    let numbers: Vec<u64> = words.iter().filter_map(|word| word.parse().ok()).collect();
    let mut weights: Vec<Option<u64>> = vec![None; parties.len()];
    if numbers.len() == words.len() && words.len() == parties.len() {
        weights = numbers.into_iter().map(Some).collect();
    } else {
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            let at = parties.iter().position(|party| called(party, &word));
            let Some(at) = at else { return Err(Unreadable::Unknown(word)) };
            let weight = words.peek().and_then(|next| next.parse().ok());
            if weight.is_some() {
                words.next();
            }
            match weights.get_mut(at) {
                Some(slot @ None) => *slot = Some(weight.unwrap_or(1)),
                _ => return Err(Unreadable::Twice(word)),
            }
        }
    }
    if weights.iter().flatten().all(|weight| *weight == 0) {
        return Err(Unreadable::Nobody);
    }
    Ok(parties.iter().zip(weights).map(|(party, weight)| (party.code.clone(), weight.unwrap_or(0))).collect())
}

/// Names and numbers apart: `盲20` is two words.
fn words(plain: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last: Option<bool> = None;
    for c in plain.chars() {
        let kind = match c {
            c if c.is_ascii_digit() => Some(true),
            c if c.is_alphabetic() => Some(false),
            _ => None,
        };
        match (kind, words.last_mut()) {
            (Some(_), Some(word)) if kind == last => word.push(c),
            (Some(_), _) => words.push(c.to_string()),
            (None, _) => {}
        }
        last = kind;
    }
    words
}

fn called(party: &Party, word: &str) -> bool {
    let word = word.to_lowercase();
    party.code.to_lowercase() == word || party.words.iter().any(|name| name.to_lowercase() == word)
}

/// Weights as the file has them: parties only, in the fixed order.
pub(crate) fn kept(weights: &[(String, u64)]) -> String {
    let parties = weights.iter().filter(|(_, weight)| *weight > 0);
    parties.map(|(org, weight)| format!("{org}:{weight}")).collect::<Vec<_>>().join(";")
}

/// Each party's share of a sum, exactly; who is no party has none.
///
/// # Errors
/// [`SplitError`] when there is no party.
pub(crate) fn shares(total: Fen, weights: &[(String, u64)]) -> Result<Vec<(String, Fen)>, SplitError> {
    let only: Vec<u64> = weights.iter().map(|(_, weight)| *weight).collect();
    let parts = split::allocate(total, &only)?;
    let each = weights.iter().zip(parts).filter(|((_, weight), _)| *weight > 0);
    Ok(each.map(|((org, _), part)| (org.clone(), part)).collect())
}

/// What each party should have borne: what was charged to it when it was spent, and its share of what was charged to nobody.
///
/// # Errors
/// [`SplitError`] when there is no party.
pub(crate) fn borne(
    charged: &[(String, Fen)],
    weights: &[(String, u64)],
) -> Result<Vec<(String, Fen)>, SplitError> {
    let of = |org: &str| charged.iter().filter(|(o, _)| o == org).map(|(_, amount)| amount.0).sum::<i64>();
    let party = |org: &str| weights.iter().any(|(o, weight)| o == org && *weight > 0);
    let rest: i64 = charged.iter().filter(|(org, _)| !party(org)).map(|(_, amount)| amount.0).sum();
    let rest = shares(Fen(rest), weights)?;
    Ok(rest.into_iter().map(|(org, share)| (org.clone(), Fen(share.0 + of(&org)))).collect())
}

/// What is still owed (above zero) or given back (below) at the year's end: borne less contributed (多退少补).
pub(crate) fn true_up(borne: &[(String, Fen)], contributed: &[(String, Fen)]) -> Vec<(String, Fen)> {
    let given =
        |org: &str| contributed.iter().filter(|(o, _)| o == org).map(|(_, amount)| amount.0).sum::<i64>();
    borne.iter().map(|(org, amount)| (org.clone(), Fen(amount.0 - given(org)))).collect()
}

/// What moves in all when some pay and some get back.
pub(crate) fn moved(parts: impl IntoIterator<Item = Fen>) -> Fen {
    Fen(parts.into_iter().map(|part| part.0.abs()).sum())
}

/// The summary of a voucher that shares a cost, in the language of the books.
pub(crate) fn summary(from: chrono::NaiveDate, to: chrono::NaiveDate) -> String {
    format!("分摊运转经费（{from} 至 {to}）")
}

/// The same for the year's end.
pub(crate) fn true_up_summary(year: i32) -> String {
    format!("运转经费年终多退少补（{year}年）")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parties() -> Vec<Party> {
        let one = |code: &str, word: &str| Party {
            code: code.into(),
            words: vec![word.into(), format!("{word}协")],
        };
        [("BL", "盲"), ("DF", "聋"), ("PD", "肢"), ("ID", "智"), ("MD", "精"), ("AS", "孤")]
            .map(|(code, word)| one(code, word))
            .to_vec()
    }

    #[test]
    fn weights_are_read_as_people_write_them() {
        let wanted = "BL:20;DF:18;PD:22;ID:14;MD:14;AS:12";
        for text in [
            "盲20 聋18 肢22 智14 精14 孤12",
            "20:18:22:14:14:12",
            "２０、１８、２２、１４、１４、１２",
            "BL:20;DF:18;PD:22;ID:14;MD:14;AS:12",
            "孤协12，精协=14 智协 14 肢 22 聋：18 盲20",
        ] {
            assert_eq!(read(text, &parties()).map(|w| kept(&w)), Ok(wanted.to_owned()), "{text}");
        }
        assert_eq!(kept(&read("盲 聋 孤", &parties()).unwrap()), "BL:1;DF:1;AS:1");
        assert_eq!(kept(&read("盲 3 聋 0", &parties()).unwrap()), "BL:3");
        assert_eq!(read("盲20 残30", &parties()), Err(Unreadable::Unknown("残".into())));
        assert_eq!(read("盲20 盲30", &parties()), Err(Unreadable::Twice("盲".into())));
        assert_eq!(read("20:18", &parties()), Err(Unreadable::Unknown("20".into())));
        for text in ["", "盲0", "0:0:0:0:0:0"] {
            assert_eq!(read(text, &parties()), Err(Unreadable::Nobody), "{text}");
        }
    }

    #[test]
    fn equal_remainders_go_to_the_earlier_association() {
        let weights = read("盲 聋 肢 智 精 孤", &parties()).unwrap();
        let shares: Vec<i64> =
            shares(Fen(10_000), &weights).unwrap().into_iter().map(|(_, fen)| fen.0).collect();
        assert_eq!(shares, [1667, 1667, 1667, 1667, 1666, 1666]);
    }

    #[test]
    fn who_is_no_party_pays_nothing_and_the_rest_is_shared() {
        let weights = read("盲1 聋1", &parties()).unwrap();
        let charged = [("BL".to_owned(), Fen(100)), ("JS".to_owned(), Fen(31)), ("AS".to_owned(), Fen(10))];
        let borne = borne(&charged, &weights).unwrap();
        assert_eq!(borne, [("BL".to_owned(), Fen(121)), ("DF".to_owned(), Fen(20))]);
        let due = true_up(&borne, &[("BL".to_owned(), Fen(200))]);
        assert_eq!(due, [("BL".to_owned(), Fen(-79)), ("DF".to_owned(), Fen(20))]);
        assert_eq!(moved(due.into_iter().map(|(_, fen)| fen)), Fen(99));
    }

    proptest! {
        #[test]
        fn shares_sum_and_a_reversal_mirrors(
            total in -10_000_000_i64..10_000_000,
            weights in prop::collection::vec(0_u64..100, 6),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let weights: Weights = parties().into_iter().map(|party| party.code).zip(weights).collect();
            let there = shares(Fen(total), &weights).unwrap();
            prop_assert_eq!(there.iter().map(|(_, fen)| fen.0).sum::<i64>(), total);
            let back = shares(Fen(-total), &weights).unwrap();
            prop_assert!(there.iter().zip(&back).all(|((a, x), (b, y))| a == b && x.0 == -y.0));
            prop_assert!(there.iter().all(|(org, _)| weights.iter().any(|(o, w)| o == org && *w > 0)));
            prop_assert_eq!(read(&kept(&weights), &parties()), Ok(weights));
        }

        #[test]
        fn after_the_true_up_everyone_has_given_what_they_bore(
            charged in prop::collection::vec(0_i64..1_000_000, 7),
            given in prop::collection::vec(0_i64..1_000_000, 6),
            weights in prop::collection::vec(1_u64..100, 6),
        ) {
            let orgs = ["BL", "DF", "PD", "ID", "MD", "AS", "JS"].map(str::to_owned);
            let weights: Weights = orgs.iter().cloned().zip(weights).collect();
            let charged: Vec<(String, Fen)> = orgs.iter().cloned().zip(charged.into_iter().map(Fen)).collect();
            let mut given: Vec<(String, Fen)> = orgs.iter().cloned().zip(given.into_iter().map(Fen)).collect();
            let borne = borne(&charged, &weights).unwrap();
            let all: i64 = charged.iter().map(|(_, fen)| fen.0).sum();
            prop_assert_eq!(borne.iter().map(|(_, fen)| fen.0).sum::<i64>(), all);
            given.extend(true_up(&borne, &given));
            prop_assert!(true_up(&borne, &given).iter().all(|(_, fen)| fen.0 == 0));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = read(&text, &parties());
        }
    }
}
