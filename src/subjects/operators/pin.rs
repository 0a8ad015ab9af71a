//! A first PIN drawn by the machine: six digits that nobody chose. Knows no operator.

use crate::desk::refusal::Refusal;
use crate::store::chance;

/// Six digits from the system's own source of chance.
///
/// # Errors
/// When the system has none.
pub(crate) fn draw() -> Result<String, Refusal> {
    // The last digits of a number so much larger come up alike to within one in ten million million.
    Ok(format!("{:06}", u64::from_le_bytes(chance::bytes()?) % 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn drawn_pins_are_six_digits_and_differ() {
        let all: std::collections::BTreeSet<String> = (0..20).map(|_| draw().unwrap()).collect();
        assert!(all.len() > 15);
        assert!(all.iter().all(|pin| pin.len() == 6 && pin.bytes().all(|b| b.is_ascii_digit())));
    }
}
