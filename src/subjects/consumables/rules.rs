//! What is true of goods that are used up (G-6.2.3a): how a move changes what is on the shelf and what it cost, and what is
//! charged to the association that draws. The cost is a moving average kept to the fen: a part of the goods takes its part of
//! their cost, rounded half up, and the last of them takes whatever is left, so that what was charged and what is still there
//! always sum to what was paid. Pure: no SQL, no clock.

/// How goods come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What was there when the book was begun.
    Opening,
    /// Bought or given.
    In,
    /// Drawn by an association.
    Issue,
    /// Brought back by an association.
    Return,
    /// Found by a count.
    Surplus,
    /// Missed by a count.
    Shortage,
    /// Spoilt.
    Spoilt,
}

impl Kind {
    /// All of them, with the words in the file.
    const WORDS: [(Self, &'static str); 7] = [
        (Self::Opening, "期初"),
        (Self::In, "入库"),
        (Self::Issue, "领用"),
        (Self::Return, "退库"),
        (Self::Surplus, "盘盈"),
        (Self::Shortage, "盘亏"),
        (Self::Spoilt, "报损"),
    ];

    /// The word in the file.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind of a word in the file.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }

    /// Whether goods come onto the shelf.
    pub(crate) fn comes(self) -> bool {
        matches!(self, Self::Opening | Self::In | Self::Return | Self::Surplus)
    }

    /// Whether an association is charged or credited.
    pub(crate) fn charges(self) -> bool {
        matches!(self, Self::Issue | Self::Return)
    }
}

/// So many units and what they cost: on the shelf, or drawn by one association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stock {
    /// Units.
    pub quantity: i64,
    /// Fen.
    pub worth: i64,
}

impl Stock {
    /// The part of the cost that so many of the units take, in fen.
    pub(crate) fn part(self, units: i64) -> i64 {
        if units >= self.quantity {
            return self.worth;
        }
        let (worth, units, of) = (i128::from(self.worth), i128::from(units), i128::from(self.quantity));
        // Half a fen goes up; the result never exceeds the whole.
        i64::try_from((2 * worth * units + of) / (2 * of)).unwrap_or(self.worth)
    }

    /// With a move in it.
    pub(crate) fn with(self, moved: Moved) -> Self {
        Self {
            quantity: self.quantity.saturating_add(moved.quantity),
            worth: self.worth.saturating_add(moved.amount),
        }
    }
}

/// What a move does to the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moved {
    /// Units: onto the shelf, or off it (negative).
    pub quantity: i64,
    /// Fen, signed as the quantity.
    pub amount: i64,
}

/// Why goods cannot be moved so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoMove {
    /// None, or less than none.
    Nothing,
    /// Only so many are there.
    Short(i64),
    /// The association has drawn only so many that it has not brought back.
    NotDrawn(i64),
    /// What came in has no price.
    NoPrice,
    /// What came in then has been used since: its cost is in what was charged.
    Spent,
}

/// What a move of so many units does. `paid` is what they cost in all, in fen, where they were bought; `drawn` what the
/// association has drawn of them and not brought back, at what it was charged.
///
/// # Errors
/// [`NoMove`].
pub(crate) fn moved(
    shelf: Stock,
    kind: Kind,
    units: i64,
    paid: Option<i64>,
    drawn: Stock,
) -> Result<Moved, NoMove> {
    if units < 1 {
        return Err(NoMove::Nothing);
    }
    let amount = match kind {
        Kind::Opening | Kind::In => paid.filter(|fen| *fen >= 0).ok_or(NoMove::NoPrice)?,
        // Found goods are worth what their like are; where there are none left, what one is told.
        Kind::Surplus if shelf.quantity > 0 => scaled(shelf, units),
        Kind::Surplus => paid.filter(|fen| *fen >= 0).ok_or(NoMove::NoPrice)?,
        Kind::Return if units > drawn.quantity => return Err(NoMove::NotDrawn(drawn.quantity)),
        Kind::Return => drawn.part(units),
        Kind::Issue | Kind::Shortage | Kind::Spoilt if units > shelf.quantity => {
            return Err(NoMove::Short(shelf.quantity));
        }
        Kind::Issue | Kind::Shortage | Kind::Spoilt => shelf.part(units),
    };
    Ok(match kind.comes() {
        true => Moved { quantity: units, amount },
        false => Moved { quantity: -units, amount: -amount },
    })
}

/// What more of the same would cost at the present average, in fen.
fn scaled(shelf: Stock, units: i64) -> i64 {
    let (worth, units, of) = (i128::from(shelf.worth), i128::from(units), i128::from(shelf.quantity));
    i64::try_from((2 * worth * units + of) / (2 * of)).unwrap_or(i64::MAX)
}

/// What takes a move back: the same goods at the same cost the other way. `drawn` is as for [`moved`].
///
/// # Errors
/// [`NoMove`], when the goods or their cost are no longer there to be taken back.
pub(crate) fn reversed(shelf: Stock, kind: Kind, done: Moved, drawn: Stock) -> Result<Moved, NoMove> {
    let back = Moved { quantity: -done.quantity, amount: -done.amount };
    let after = shelf.with(back);
    if after.quantity < 0 {
        return Err(NoMove::Short(shelf.quantity));
    }
    if after.worth < 0 || (after.quantity == 0 && after.worth != 0) {
        return Err(NoMove::Spent);
    }
    let left = Stock { quantity: drawn.quantity - back.quantity, worth: drawn.worth - back.amount };
    // What was brought back since has been credited already.
    if kind == Kind::Issue && (left.quantity < 0 || left.worth < 0 || (left.quantity == 0 && left.worth != 0))
    {
        return Err(NoMove::NotDrawn(drawn.quantity));
    }
    Ok(back)
}

/// What one unit costs at the present average, in fen, rounded half up; none where nothing is there.
pub(crate) fn average(shelf: Stock) -> Option<i64> {
    (shelf.quantity > 0).then(|| scaled(shelf, 1))
}

/// Units to buy when an item is at its reorder level or below: up to twice the level, at least one.
pub(crate) fn suggested(quantity: i64, reorder_level: i64) -> i64 {
    reorder_level.saturating_mul(2).saturating_sub(quantity).max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    const NONE: Stock = Stock { quantity: 0, worth: 0 };

    #[test]
    fn the_average_moves_and_the_last_unit_takes_what_is_left() {
        let shelf = Stock { quantity: 3, worth: 1000 };
        let first = moved(shelf, Kind::Issue, 1, None, NONE).unwrap();
        assert_eq!(first, Moved { quantity: -1, amount: -333 });
        let shelf = shelf.with(first);
        let second = moved(shelf, Kind::Issue, 1, None, NONE).unwrap();
        // 667 over two: half a fen goes up.
        assert_eq!(second.amount, -334);
        let last = moved(shelf.with(second), Kind::Issue, 1, None, NONE).unwrap();
        assert_eq!(first.amount + second.amount + last.amount, -1000);
        // Ten at 1.00 and ten at 3.00 cost 2.00 each.
        let shelf = Stock { quantity: 10, worth: 1000 };
        let shelf = shelf.with(moved(shelf, Kind::In, 10, Some(3000), NONE).unwrap());
        assert_eq!(average(shelf), Some(200));
        assert_eq!(moved(shelf, Kind::Issue, 3, None, NONE).unwrap().amount, -600);
    }

    #[test]
    fn what_is_not_there_cannot_go() {
        let shelf = Stock { quantity: 2, worth: 90 };
        assert_eq!(moved(shelf, Kind::Issue, 3, None, NONE), Err(NoMove::Short(2)));
        assert_eq!(moved(shelf, Kind::Issue, 0, None, NONE), Err(NoMove::Nothing));
        assert_eq!(moved(shelf, Kind::In, 1, None, NONE), Err(NoMove::NoPrice));
        let drawn = Stock { quantity: 1, worth: 45 };
        assert_eq!(moved(shelf, Kind::Return, 2, None, drawn), Err(NoMove::NotDrawn(1)));
        assert_eq!(moved(shelf, Kind::Return, 1, None, drawn), Ok(Moved { quantity: 1, amount: 45 }));
        assert_eq!(moved(shelf, Kind::Surplus, 2, None, NONE), Ok(Moved { quantity: 2, amount: 90 }));
        assert_eq!(moved(NONE, Kind::Surplus, 2, None, NONE), Err(NoMove::NoPrice));
    }

    #[test]
    fn what_was_bought_cannot_be_taken_back_once_its_cost_was_charged() {
        let dear = moved(Stock { quantity: 10, worth: 10 }, Kind::In, 10, Some(30), NONE).unwrap();
        let shelf = Stock { quantity: 20, worth: 40 };
        assert!(reversed(shelf, Kind::In, dear, NONE).is_ok());
        let shelf = shelf.with(moved(shelf, Kind::Issue, 10, None, NONE).unwrap());
        assert_eq!(reversed(shelf, Kind::In, dear, NONE), Err(NoMove::Spent));
        let shelf = shelf.with(moved(shelf, Kind::Issue, 5, None, NONE).unwrap());
        assert_eq!(reversed(shelf, Kind::In, dear, NONE), Err(NoMove::Short(5)));
    }

    #[test]
    fn an_order_fills_the_shelf_to_twice_its_level() {
        assert_eq!([suggested(3, 4), suggested(4, 4), suggested(0, 0)], [5, 4, 1]);
    }

    /// One step of a random history: what is done, how much, at what cost, by which of three associations.
    fn steps() -> impl Strategy<Value = Vec<(usize, i64, i64, usize)>> {
        prop::collection::vec((0_usize..8, 0_i64..40, 0_i64..5000, 0_usize..3), 0..60)
    }

    proptest! {
        #[test]
        fn nothing_is_ever_below_nothing_and_every_fen_is_somewhere(steps in steps()) {
            let mut shelf = NONE;
            let mut drawn: HashMap<usize, Stock> = HashMap::new();
            let (mut paid, mut lost) = (0_i64, 0_i64);
            let mut done: Vec<(Kind, usize, Moved)> = Vec::new();
            for (what, units, cost, org) in steps {
                let theirs = drawn.get(&org).copied().unwrap_or_default();
                let kinds = [Kind::Opening, Kind::In, Kind::Issue, Kind::Return, Kind::Surplus, Kind::Shortage, Kind::Spoilt];
                let (kind, org, result, reversal) = match kinds.get(what) {
                    Some(kind) => (*kind, org, moved(shelf, *kind, units, Some(cost), theirs), false),
                    None => {
                        if done.is_empty() { continue }
                        let (kind, of, moved) = done.remove(usize::try_from(cost).unwrap() % done.len());
                        let theirs = drawn.get(&of).copied().unwrap_or_default();
                        (kind, of, reversed(shelf, kind, moved, theirs), true)
                    }
                };
                let Ok(moved) = result else { continue };
                shelf = shelf.with(moved);
                prop_assert!(shelf.quantity >= 0 && shelf.worth >= 0);
                prop_assert!(shelf.quantity > 0 || shelf.worth == 0);
                if kind.charges() {
                    let theirs = drawn.entry(org).or_default();
                    *theirs = Stock { quantity: theirs.quantity - moved.quantity, worth: theirs.worth - moved.amount };
                    prop_assert!(theirs.quantity >= 0 && theirs.worth >= 0, "{theirs:?}");
                } else if kind.comes() {
                    paid += moved.amount;
                } else {
                    lost -= moved.amount;
                }
                if !reversal {
                    done.push((kind, org, moved));
                }
            }
            let charged: i64 = drawn.values().map(|s| s.worth).sum();
            prop_assert_eq!(paid, charged + lost + shelf.worth);
        }
    }
}
