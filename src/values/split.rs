//! Sharing an amount by weights to the last fen (RULES §3.7). Knows nothing of what the weights mean or who pays.

use super::money::Fen;

/// Why an amount cannot be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// There is nobody to share with.
    #[error("no weights")]
    Empty,
    /// Every weight is zero.
    #[error("all weights are zero")]
    NoWeight,
}

impl SplitError {
    /// The stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "E_SPLIT_EMPTY",
            Self::NoWeight => "E_SPLIT_NO_WEIGHT",
        }
    }

    /// What a sentence about the fault can name: nothing.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// Shares `total` in proportion to `weights` by largest remainder: every share is rounded down, and the fen left over
/// go one each to the largest remainders, the earlier weight first among equals. The shares always sum to the total,
/// a zero weight gets nothing, and a negative total gives the mirror of the positive one.
///
/// # Errors
/// [`SplitError`] when no weight is above zero.
pub fn allocate(total: Fen, weights: &[u64]) -> Result<Vec<Fen>, SplitError> {
    if weights.is_empty() {
        return Err(SplitError::Empty);
    }
    let weight_sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if weight_sum == 0 {
        return Err(SplitError::NoWeight);
    }
    let amount = u128::from(total.0.unsigned_abs());
    // An amount below 2^64 times a weight below 2^64 always fits.
    let products: Vec<u128> = weights.iter().map(|weight| amount * u128::from(*weight)).collect();
    let mut shares: Vec<u128> = products.iter().map(|product| product / weight_sum).collect();
    let left_over = amount - shares.iter().sum::<u128>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // The sort is stable, so equal remainders keep the given order.
    order.sort_by_key(|index| {
        std::cmp::Reverse(products.get(*index).map_or(0, |product| product % weight_sum))
    });
    for (index, _fen) in order.into_iter().zip(0..left_over) {
        if let Some(share) = shares.get_mut(index) {
            *share += 1;
        }
    }
    Ok(shares.into_iter().map(|share| signed(share, total.0 < 0)).collect())
}

/// No share is larger than the total's magnitude, so the wrapping never happens except onto `i64::MIN` itself.
fn signed(share: u128, negative: bool) -> Fen {
    let fen = share as i64;
    Fen(if negative { fen.wrapping_neg() } else { fen })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_vector_holds() {
        let tables = [
            include_str!("../../tests/vectors/allocation.tsv"),
            include_str!("../../tests/vectors/more_allocation.tsv"),
        ];
        for line in tables.into_iter().flat_map(|table| table.lines().skip(1)) {
            let columns: Vec<&str> = line.split('\t').collect();
            let weights: Vec<u64> = columns[1].split(',').map(|weight| weight.parse().unwrap()).collect();
            let shares = allocate(Fen::parse(columns[0]).unwrap(), &weights).unwrap();
            let written: Vec<String> = shares.into_iter().map(Fen::plain).collect();
            assert_eq!(written.join(","), columns[2], "{line}");
        }
    }

    #[test]
    fn sharing_with_nobody_is_refused() {
        assert_eq!(allocate(Fen(100), &[]), Err(SplitError::Empty));
        assert_eq!(allocate(Fen(100), &[0, 0]), Err(SplitError::NoWeight));
        assert_eq!(allocate(Fen(i64::MIN), &[0, u64::MAX]), Ok(vec![Fen(0), Fen(i64::MIN)]));
    }

    proptest! {
        #[test]
        fn shares_are_whole_fair_and_mirrored(
            total in any::<i64>(),
            weights in prop::collection::vec(prop_oneof![Just(0_u64), 1..200_u64, any::<u64>()], 1..12),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let shares = allocate(Fen(total), &weights).unwrap();
            let sum: i128 = shares.iter().map(|share| i128::from(share.0)).sum();
            prop_assert_eq!(sum, i128::from(total));
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!(*weight > 0 || share.0 == 0);
                prop_assert!(share.0 == 0 || (share.0 < 0) == (total < 0));
            }
            if let Some(opposite) = total.checked_neg() {
                let mirrored: Vec<Fen> = allocate(Fen(opposite), &weights).unwrap();
                prop_assert!(shares.iter().zip(mirrored).all(|(a, b)| a.0 == -b.0));
            }
        }
    }
}
