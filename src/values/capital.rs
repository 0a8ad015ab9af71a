//! Amounts and cheque dates in capital characters (RULES §3.8). Pure; knows nothing of the papers they are written on.

use chrono::{Datelike, NaiveDate};

use super::money::Fen;
use super::text;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const UNITS: [(u64, char); 5] = [(100_000_000, '亿'), (10_000, '万'), (1_000, '仟'), (100, '佰'), (10, '拾')];
const CURRENCY: &str = "人民币";
/// No lawful amount in fen is longer, so a longer text is not read at all.
const MAX_LENGTH: usize = 80;

/// Why a text is not an amount in capitals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CapitalError {
    /// Nothing to read.
    #[error("no amount")]
    Empty,
    /// A character that has no place in such an amount.
    #[error("unexpected {found:?}")]
    Char {
        /// The character.
        found: char,
    },
    /// The characters do not make a number.
    #[error("not an amount in capitals")]
    Shape,
    /// The number is clear but written in a way no rule allows.
    #[error("should be written {expected}")]
    Unlawful {
        /// How it is written.
        expected: String,
    },
    /// More than an amount in fen can hold.
    #[error("amount too large")]
    Overflow,
}

impl CapitalError {
    /// The stable name of the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "E_CAPITAL_EMPTY",
            Self::Char { .. } => "E_CAPITAL_CHAR",
            Self::Shape => "E_CAPITAL_SHAPE",
            Self::Unlawful { .. } => "E_CAPITAL_UNLAWFUL",
            Self::Overflow => "E_CAPITAL_OVERFLOW",
        }
    }

    /// What a sentence about the fault can name.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Char { found } => vec![("found", found.to_string())],
            Self::Unlawful { expected } => vec![("expected", expected.clone())],
            Self::Empty | Self::Shape | Self::Overflow => Vec::new(),
        }
    }
}

/// The canonical writing: `人民币` first, `负` for a negative amount, 整 after 元 and after 角, never after 分.
#[must_use]
pub fn to_capital(amount: Fen) -> String {
    let sign = if amount.0 < 0 { "负" } else { "" };
    format!("{CURRENCY}{sign}{}", write(amount.0.unsigned_abs(), Style::default()))
}

/// Where the lawful writings differ; the default is the canonical one.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    /// 零 also after a 万 or 亿 whose last digit is zero: 壹拾万零柒仟.
    zero_after_round_group: bool,
    /// No 零 between a 元 digit of zero and 角.
    no_zero_before_jiao: bool,
    /// 零元 written out when there are no whole yuan.
    zero_yuan: bool,
    /// No 整 after 角.
    bare_jiao: bool,
}

fn write(fen: u64, style: Style) -> String {
    let (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    if yuan > 0 || fen == 0 || style.zero_yuan {
        text.push_str(&whole(yuan, style));
        text.push('元');
    }
    let after_yuan = !text.is_empty();
    if jiao > 0 {
        if after_yuan && yuan % 10 == 0 && !style.no_zero_before_jiao {
            text.push('零');
        }
        text.push(digit(jiao));
        text.push('角');
    }
    if cents > 0 {
        if after_yuan && jiao == 0 {
            text.push('零');
        }
        text.push(digit(cents));
        text.push('分');
    } else if jiao == 0 || !style.bare_jiao {
        text.push('整');
    }
    text
}

/// A number is its part above a unit, the unit, and the rest, with one 零 where the rest does not reach the next place.
fn whole(number: u64, style: Style) -> String {
    let Some((base, unit)) = UNITS.into_iter().find(|(base, _)| number >= *base) else {
        return digit(number).to_string();
    };
    let (head, rest) = (number / base, number % base);
    let mut text = whole(head, style);
    text.push(unit);
    if rest > 0 {
        let round_group = style.zero_after_round_group && base >= 10_000 && head % 10 == 0;
        if rest < base / 10 || round_group {
            text.push('零');
        }
        text.push_str(&whole(rest, style));
    }
    text
}

fn digit(value: u64) -> char {
    usize::try_from(value).ok().and_then(|value| DIGITS.get(value).copied()).unwrap_or('零')
}

/// Reads an amount in capitals. Besides the canonical writing it takes what the two official texts allow: 正 for 整, 圆 for 元, traditional
/// characters, no 整 after 角, 零 or none between 元 and 角 and after a round 万, 零元 before 角 or 分, and no `人民币`.
///
/// # Errors
/// [`CapitalError`]; a number that is clear but not lawfully written names the canonical writing.
pub fn read_capital(text: &str) -> Result<Fen, CapitalError> {
    let folded: String = text::compact(text).chars().map(simplify).collect();
    if folded.is_empty() {
        return Err(CapitalError::Empty);
    }
    if folded.chars().count() > MAX_LENGTH {
        return Err(CapitalError::Shape);
    }
    let body = folded.strip_prefix(CURRENCY).unwrap_or(&folded);
    let (negative, body) = body.strip_prefix('负').map_or((false, body), |rest| (true, rest));
    if let Some(found) = body.chars().find(|c| !is_capital(*c)) {
        return Err(CapitalError::Char { found });
    }
    let fen = value(body)?;
    let signed = if negative { 0_i64.checked_sub_unsigned(fen) } else { 0_i64.checked_add_unsigned(fen) };
    let amount = Fen(signed.ok_or(CapitalError::Overflow)?);
    if styles().any(|style| write(fen, style) == body) && !(negative && fen == 0) {
        Ok(amount)
    } else {
        Err(CapitalError::Unlawful { expected: to_capital(amount) })
    }
}

fn styles() -> impl Iterator<Item = Style> {
    (0..16_u8).map(|bits| Style {
        zero_after_round_group: bits & 1 != 0,
        no_zero_before_jiao: bits & 2 != 0,
        zero_yuan: bits & 4 != 0,
        bare_jiao: bits & 8 != 0,
    })
}

fn simplify(c: char) -> char {
    match c {
        '圆' | '圓' => '元',
        '正' => '整',
        '貳' => '贰',
        '陸' => '陆',
        '萬' => '万',
        '億' => '亿',
        '負' => '负',
        '幣' => '币',
        c => c,
    }
}

fn is_capital(c: char) -> bool {
    DIGITS.contains(&c) || "元角分整".contains(c) || UNITS.iter().any(|(_, unit)| *unit == c)
}

/// The value in fen of anything that can be made sense of; whether it is lawfully written is checked by writing it again.
fn value(body: &str) -> Result<u64, CapitalError> {
    let body = body.strip_suffix('整').unwrap_or(body);
    let (yuan, rest) = body.split_once('元').unwrap_or(("", body));
    let (jiao, rest) = rest.split_once('角').unwrap_or(("", rest));
    let cents = rest.strip_suffix('分').unwrap_or(rest);
    if yuan.is_empty() && jiao.is_empty() && cents.is_empty() || cents.len() == rest.len() && !rest.is_empty()
    {
        return Err(CapitalError::Shape);
    }
    let (yuan, jiao, cents) = (number(yuan)?, number(jiao)?, number(cents)?);
    if jiao > 9 || cents > 9 {
        return Err(CapitalError::Shape);
    }
    let fen = yuan.checked_mul(100).and_then(|fen| fen.checked_add(jiao * 10 + cents));
    fen.ok_or(CapitalError::Overflow)
}

fn number(text: &str) -> Result<u64, CapitalError> {
    for (base, unit) in UNITS {
        if let Some((head, rest)) = text.rsplit_once(unit) {
            // 拾 alone is ten, though not lawfully written; no other unit stands without a figure.
            let head = match (head, unit) {
                ("", '拾') => 1,
                ("", _) => return Err(CapitalError::Shape),
                _ => number(head)?,
            };
            let head = head.checked_mul(base).ok_or(CapitalError::Overflow)?;
            return head.checked_add(number(rest)?).ok_or(CapitalError::Overflow);
        }
    }
    let mut digits = text.chars().filter(|c| *c != '零').map(|c| DIGITS.iter().position(|digit| *digit == c));
    match (digits.next(), digits.next()) {
        (None, _) => Ok(0),
        (Some(Some(value)), None) => u64::try_from(value).map_err(|_error| CapitalError::Shape),
        _ => Err(CapitalError::Shape),
    }
}

/// A date as it is written on a cheque, so that nothing can be put before it: 零 before months 1, 2 and 10, days 1–9 and whole tens.
#[must_use]
pub fn cheque_date(date: NaiveDate) -> String {
    let year: String =
        date.year().to_string().chars().filter_map(|c| c.to_digit(10)).map(|c| digit(u64::from(c))).collect();
    let (month, day) = (date.month(), date.day());
    let month_zero = if matches!(month, 1 | 2 | 10) { "零" } else { "" };
    let day_zero = if day < 10 || day.is_multiple_of(10) { "零" } else { "" };
    let say = |value: u32| whole(u64::from(value), Style::default());
    format!("{year}年{month_zero}{}月{day_zero}{}日", say(month), say(day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_vector_holds_both_ways() {
        let tables = [
            include_str!("../../tests/vectors/capital_amounts.tsv"),
            include_str!("../../tests/vectors/more_capital_amounts.tsv"),
        ];
        for line in tables.into_iter().flat_map(|table| table.lines().skip(1)) {
            let (amount, capital) = line.split_once('\t').unwrap();
            let amount = Fen::parse(amount).unwrap();
            assert_eq!(to_capital(amount), capital);
            assert_eq!(read_capital(capital), Ok(amount));
        }
    }

    #[test]
    fn zeros_fall_where_the_rule_puts_them() {
        for (fen, want) in [
            (168_032, "人民币壹仟陆佰捌拾元零叁角贰分"),
            (10_000_100_000, "人民币壹亿零壹仟元整"),
            (2_000_100_000, "人民币贰仟万壹仟元整"),
            (100_000_000_000_000, "人民币壹万亿元整"),
            (100_001_000_000, "人民币壹拾亿零壹万元整"),
            (100_000_001, "人民币壹佰万元零壹分"),
            (1_000_000_000_000_000_000, "人民币壹亿亿元整"),
        ] {
            assert_eq!(to_capital(Fen(fen)), want);
        }
    }

    #[test]
    fn lawful_variants_are_read() {
        for (text, fen) in [
            ("人民币壹拾万零柒仟元伍角叁分", 10_700_053),
            ("人民币壹拾万零柒仟圆零伍角叁分", 10_700_053),
            ("壹佰元正", 10_000),
            ("人民幣貳萬陸仟圓整", 2_600_000),
            ("人民币 壹仟肆佰零玖元伍角", 140_950),
            ("零元伍角整", 50),
            ("人民币负壹分", -1),
        ] {
            assert_eq!(read_capital(text), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn unlawful_writings_are_refused_with_the_right_one() {
        for text in [
            "壹佰元",
            "拾元整",
            "壹仟肆佰玖元伍角整",
            "壹角壹分整",
            "壹拾贰拾元整",
            "壹元零壹角整",
            "人民币负零元整",
        ] {
            assert_eq!(read_capital(text).unwrap_err().code(), "E_CAPITAL_UNLAWFUL", "{text}");
        }
        assert_eq!(
            read_capital("壹佰元").unwrap_err().args(),
            vec![("expected", "人民币壹佰元整".to_owned())]
        );
        assert_eq!(read_capital("一百元"), Err(CapitalError::Char { found: '一' }));
        assert_eq!(read_capital("壹贰元整"), Err(CapitalError::Shape));
        assert_eq!(read_capital("壹佰"), Err(CapitalError::Shape));
        assert_eq!(read_capital("整"), Err(CapitalError::Shape));
        assert_eq!(read_capital("万元整"), Err(CapitalError::Shape));
        let ten_thousands = CapitalError::Unlawful { expected: "人民币壹拾万元整".to_owned() };
        assert_eq!(read_capital("拾万元整"), Err(ten_thousands));
        assert_eq!(read_capital(" "), Err(CapitalError::Empty));
        assert_eq!(read_capital("壹亿亿亿元整"), Err(CapitalError::Overflow));
        assert_eq!(read_capital(&"亿".repeat(100_000)), Err(CapitalError::Shape));
    }

    #[test]
    fn cheque_dates_leave_no_room() {
        let write = |y, m, d| cheque_date(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(write(2026, 1, 15), "贰零贰陆年零壹月壹拾伍日");
        assert_eq!(write(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日");
        assert_eq!(write(2026, 12, 9), "贰零贰陆年壹拾贰月零玖日");
        assert_eq!(write(2026, 3, 31), "贰零贰陆年叁月叁拾壹日");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(amount in prop_oneof![any::<i64>(), -200_000_000..200_000_000_i64]) {
            prop_assert_eq!(read_capital(&to_capital(Fen(amount))), Ok(Fen(amount)));
        }

        #[test]
        fn every_lawful_variant_is_read(amount in 0..i64::MAX, bits in 0..16_usize) {
            let style = styles().nth(bits).unwrap();
            prop_assert_eq!(read_capital(&write(amount.unsigned_abs(), style)), Ok(Fen(amount)));
        }
    }
}
