//! Amounts of money, exact to the last digit; never through a binary float.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

pub use super::money_input::{Typed, Unclear, parse_typed};

/// The most decimal places of an [`Amount`].
pub const MAX_SCALE: u8 = 18;

/// A decimal number. `1.50` and `1.5` are equal and shown as written.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    /// The number without its point: 120050 for `1200.50`.
    units: i128,
    /// How many of the digits stand behind the point, at most [`MAX_SCALE`].
    scale: u8,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount { units: 0, scale: 0 };

    /// Reads digits as TOML writes numbers: `1200.50`, `-3`, `1_200_000`.
    ///
    /// `None` for exponents, `inf`, `nan`, other bases, misplaced `_` or points, more than 18
    /// decimal places, and more than 38 digits or so.
    pub fn parse(text: &str) -> Option<Amount> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (digits, None),
        };
        let is_number = |part: &str| {
            part.split('_')
                .all(|run| !run.is_empty() && run.bytes().all(|b| b.is_ascii_digit()))
        };
        if !is_number(whole) || !decimals.is_none_or(is_number) {
            return None;
        }
        let decimals = decimals.unwrap_or_default().replace('_', "");
        let scale = u8::try_from(decimals.len()).ok()?;
        if scale > MAX_SCALE {
            return None;
        }
        let units: i128 = (whole.replace('_', "") + &decimals).parse().ok()?;
        Some(Amount {
            units: if negative { -units } else { units },
            scale,
        })
    }

    /// The sum; `None` where it has more digits than fit.
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        let scale = self.scale.max(other.scale);
        let units = self.units_at(scale)?.checked_add(other.units_at(scale)?)?;
        Some(Amount { units, scale })
    }

    /// The amount times ten to the power of `power`; `None` where it has more digits than fit.
    pub fn times_ten_to(self, power: u8) -> Option<Amount> {
        let scale = self.scale.saturating_sub(power);
        let zeros = power - (self.scale - scale);
        let units = self.units.checked_mul(pow10(zeros)?)?;
        Some(Amount { units, scale })
    }

    /// The amount with its sign turned.
    pub fn negated(self) -> Amount {
        Amount {
            units: self.units.saturating_neg(),
            ..self
        }
    }

    /// Whether it is nothing at all.
    pub fn is_zero(self) -> bool {
        self.units == 0
    }

    /// With `,` between the thousands: `1,200,000`, `-1,200.50`.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", &*plain),
        };
        let whole = digits.split('.').next().unwrap_or_default();
        let mut grouped = sign.to_owned();
        for (at, digit) in digits.char_indices() {
            if at > 0 && at < whole.len() && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    /// At most six or so columns for a narrow place, rounded half away from zero: `12.50`,
    /// `1,200`, `12.0k`, `850k`, `1.8M`, `12.0M`, then `B` and `T`.
    pub fn short(self) -> String {
        let one = pow10(self.scale).unwrap_or(1).unsigned_abs();
        let units = self.units.unsigned_abs();
        let sign = if self.units < 0 { "-" } else { "" };
        let rounded = |step: u128| (units / step) + u128::from(units % step >= step.div_ceil(2));
        if units < 100 * one && !units.is_multiple_of(one) {
            let cents = match self.scale {
                0..=2 => units * 10u128.pow(2 - u32::from(self.scale)),
                _ => rounded(one / 100),
            };
            return format!("{sign}{}.{:02}", cents / 100, cents % 100);
        }
        let whole = rounded(one);
        if whole < 10_000 {
            let whole = i128::try_from(whole).unwrap_or_default();
            let small = Amount {
                units: whole,
                scale: 0,
            };
            return format!("{sign}{}", small.grouped());
        }
        let mut step = 1_000;
        for mark in ["k", "M", "B"] {
            let tenths = (whole + step / 20) / (step / 10);
            if tenths < 1_000 {
                return format!("{sign}{}.{}{mark}", tenths / 10, tenths % 10);
            }
            let full = (whole + step / 2) / step;
            if full < 1_000 {
                return format!("{sign}{full}{mark}");
            }
            step *= 1_000;
        }
        let tenths = (whole + step / 20) / (step / 10);
        match tenths {
            ..1_000 => format!("{sign}{}.{}T", tenths / 10, tenths % 10),
            _ => format!("{sign}{}T", (whole + step / 2) / step),
        }
    }

    fn units_at(self, scale: u8) -> Option<i128> {
        self.units
            .checked_mul(pow10(scale.checked_sub(self.scale)?)?)
    }

    /// The whole part, and the rest in units of ten to the power of minus `MAX_SCALE`: to be
    /// compared often.
    pub fn parts(self) -> (i128, i128) {
        let one = pow10(self.scale).unwrap_or(1);
        let fill = pow10(MAX_SCALE.saturating_sub(self.scale)).unwrap_or(1);
        (self.units / one, self.units % one * fill)
    }
}

fn pow10(power: u8) -> Option<i128> {
    10i128.checked_pow(u32::from(power))
}

impl From<u8> for Amount {
    fn from(number: u8) -> Amount {
        Amount {
            units: number.into(),
            scale: 0,
        }
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Amount) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Amount {}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Amount) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Amount) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

/// The digits as a journal file holds them, without separators.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = pow10(self.scale).unwrap_or(1).unsigned_abs();
        let units = self.units.unsigned_abs();
        let sign = if self.units < 0 { "-" } else { "" };
        write!(f, "{sign}{}", units / one)?;
        match usize::from(self.scale) {
            0 => Ok(()),
            places => write!(f, ".{:0places$}", units % one),
        }
    }
}

/// An amount in a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// How much, in the currency's major unit (yen, euros).
    pub amount: Amount,
    /// The currency, `JPY`; empty where nothing names one.
    pub currency: Box<str>,
}

impl Money {
    /// An amount in a currency, which is kept in upper case.
    pub fn new(amount: Amount, currency: &str) -> Money {
        Money {
            amount,
            currency: currency.trim().to_uppercase().into(),
        }
    }
}

/// `1,200,000 JPY`
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_currency(&self.amount.grouped(), &self.currency))
    }
}

fn with_currency(amount: &str, currency: &str) -> String {
    format!("{amount} {currency}").trim_end().to_owned()
}

/// Sums by currency, never mixed, in alphabetical order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    sums: BTreeMap<Box<str>, Amount>,
    left_out: usize,
}

impl Totals {
    /// Counts a sum of money in. One that would make a total longer than 38 digits is left out.
    pub fn add(&mut self, money: &Money) {
        let sum = self.get(&money.currency).unwrap_or(Amount::ZERO);
        match sum.checked_add(money.amount) {
            Some(sum) => {
                self.sums.insert(money.currency.clone(), sum);
            }
            None => self.left_out += 1,
        }
    }

    /// The sum in a currency; `None` where nothing was counted in it.
    pub fn get(&self, currency: &str) -> Option<Amount> {
        self.sums.get(currency).copied()
    }

    /// The sums by currency.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Amount)> {
        self.sums.iter().map(|(currency, sum)| (&**currency, *sum))
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// How many amounts were too large to count in.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The sums for a narrow place: `1.8M`, with the currency where there are several or where it
    /// is not `home`: `1.8M, 12.0k EUR`.
    pub fn short(&self, home: &str) -> String {
        let sums: Vec<String> = self
            .iter()
            .map(|(currency, sum)| {
                let named = if currency == home { "" } else { currency };
                with_currency(&sum.short(), named)
            })
            .collect();
        sums.join(", ")
    }
}

impl<'a> FromIterator<&'a Money> for Totals {
    fn from_iter<T: IntoIterator<Item = &'a Money>>(all: T) -> Totals {
        let mut totals = Totals::default();
        for money in all {
            totals.add(money);
        }
        totals
    }
}

/// `1,200,000 JPY, 300.50 EUR`
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (currency, sum)) in self.iter().enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{}", with_currency(&sum.grouped(), currency))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    #[test]
    fn digits_are_kept_as_written() {
        for text in ["1200.50", "-3", "0", "0.000000000000000001", "-0.50"] {
            assert_eq!(amount(text).to_string(), text);
        }
        assert_eq!(amount("1_200_000").to_string(), "1200000");
        assert_eq!(amount("+5.0").to_string(), "5.0");
    }

    #[test]
    fn what_is_no_exact_decimal_is_not_read() {
        for text in [
            "",
            "-",
            "1e3",
            "1E3",
            "inf",
            "-nan",
            "0x1F",
            "0b1",
            ".5",
            "5.",
            "1__0",
            "_1",
            "1_",
            "1._5",
            "1.2.3",
            "1,200",
            "--1",
            "１２",
            " 1",
            "0.0000000000000000001",
            "999999999999999999999999999999999999999999",
        ] {
            assert!(Amount::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn sums_and_order_are_exact() {
        let sum = amount("0.1").checked_add(amount("0.20")).unwrap();
        assert_eq!(sum.to_string(), "0.30");
        assert_eq!(sum, amount("0.3"));
        let most = amount(&i128::MAX.to_string());
        assert_eq!(most.checked_add(amount("1")), None);
        assert_eq!(most.checked_add(amount("0.1")), None);
        assert!(most > amount("0.000000000000000001"));
        assert!(amount("-0.5") < amount("-0.05"));
        assert_eq!(amount("1.2").times_ten_to(4), Some(amount("12000")));
        assert_eq!(
            amount("1.2345").times_ten_to(2).unwrap().to_string(),
            "123.45"
        );
        assert_eq!(most.times_ten_to(1), None);
        assert_eq!(amount("1.2").times_ten_to(255), None);
    }

    #[test]
    fn thousands_are_grouped_and_narrow_places_get_a_short_form() {
        for (text, grouped, short) in [
            ("0", "0", "0"),
            ("0.5", "0.5", "0.50"),
            ("12.505", "12.505", "12.51"),
            ("99.999", "99.999", "100.00"),
            ("100", "100", "100"),
            ("1200", "1,200", "1,200"),
            ("-1200.50", "-1,200.50", "-1,201"),
            ("9999.5", "9,999.5", "10.0k"),
            ("12000", "12,000", "12.0k"),
            ("99_950", "99,950", "100k"),
            ("850000", "850,000", "850k"),
            ("999_499", "999,499", "999k"),
            ("999_500", "999,500", "1.0M"),
            ("1800000", "1,800,000", "1.8M"),
            ("-12000000", "-12,000,000", "-12.0M"),
            ("1_250_000_000", "1,250,000,000", "1.3B"),
            ("5_000_000_000_000", "5,000,000,000,000", "5.0T"),
            ("5_000_000_000_000_000", "5,000,000,000,000,000", "5000T"),
        ] {
            assert_eq!(amount(text).grouped(), grouped);
            assert_eq!(amount(text).short(), short, "{text}");
        }
    }

    #[test]
    fn totals_are_kept_by_currency() {
        let all = [
            Money::new(amount("1_000_000"), "JPY"),
            Money::new(amount("300.25"), "eur"),
            Money::new(amount("800000"), "JPY"),
            Money::new(amount("0.25"), "EUR"),
        ];
        let mut totals: Totals = all.iter().collect();
        assert_eq!(totals.to_string(), "300.50 EUR, 1,800,000 JPY");
        assert_eq!(totals.short("JPY"), "301 EUR, 1.8M");
        assert_eq!(totals.get("JPY"), Some(amount("1800000")));
        assert_eq!(totals.get("USD"), None);
        totals.add(&Money::new(amount(&i128::MAX.to_string()), "JPY"));
        assert_eq!(totals.left_out(), 1);
        assert_eq!(totals.get("JPY"), Some(amount("1800000")));
        assert!(Totals::default().is_empty());
        assert_eq!(Money::new(amount("5"), "").to_string(), "5");
    }

    proptest! {
        #[test]
        fn reading_and_arithmetic_agree_with_whole_numbers(
            one in -1_000_000_000_000i128..1_000_000_000_000, places in 0u8..=4,
            other in -1_000_000_000_000i128..1_000_000_000_000, more in 0u8..=4,
        ) {
            let a = Amount { units: one, scale: places };
            let b = Amount { units: other, scale: more };
            prop_assert_eq!(Amount::parse(&a.to_string()).unwrap().to_string(), a.to_string());
            let (a4, b4) = (one * 10i128.pow(4 - u32::from(places)), other * 10i128.pow(4 - u32::from(more)));
            prop_assert_eq!(a.cmp(&b), a4.cmp(&b4));
            prop_assert_eq!(a.checked_add(b).unwrap(), Amount { units: a4 + b4, scale: 4 });
            prop_assert_eq!(a.grouped().replace(',', ""), a.to_string());
        }

        #[test]
        fn no_number_is_too_long_to_show(units: i128, scale in 0..=MAX_SCALE, text in "[0-9._e+-]{0,60}") {
            let amount = Amount { units, scale };
            let _ = (amount.short(), amount.grouped(), amount.negated(), Amount::parse(&text));
        }
    }
}
