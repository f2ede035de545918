//! Keys that order a list by hand: text of base 62, compared bytewise, with room for another key between any two.
//! Moving one thing changes one row.

/// A place in a list. Reads as the digits of a fraction between 0 and 1, hence never ends in the lowest digit.
///
/// Repeated in `…_order_key_shape` of every table that stores one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OrderKeyError {
    #[error("an order key has 1 to {} digits of base 62 and does not end in 0", OrderKey::MAX_CHARS)]
    Shape,
    #[error("nothing fits between neighbours that are equal or reversed")]
    NoRoom,
}

/// In bytewise order, so that the database sorts as we do.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOWEST: usize = 0;
const HIGHEST: usize = DIGITS.len() - 1;

impl OrderKey {
    /// A longer key makes its list be spread anew.
    pub const MAX_CHARS: usize = 32;

    /// Reads a stored key.
    ///
    /// # Errors
    /// [`OrderKeyError::Shape`].
    pub fn parse(text: &str) -> Result<Self, OrderKeyError> {
        let has_shape = (1..=Self::MAX_CHARS).contains(&text.len())
            && text.bytes().all(|byte| DIGITS.contains(&byte))
            && !text.ends_with('0');
        if has_shape { Ok(Self(text.to_owned())) } else { Err(OrderKeyError::Shape) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key strictly between two neighbours; `None` is the end of the list. It may be longer than
    /// [`Self::MAX_CHARS`]: [`insert_at`] spreads the list then.
    ///
    /// # Errors
    /// [`OrderKeyError::NoRoom`] when `before` does not come before `after`.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Result<Self, OrderKeyError> {
        if let (Some(before), Some(after)) = (before, after)
            && before >= after
        {
            return Err(OrderKeyError::NoRoom);
        }
        let key = match (before.map(Self::digits), after.map(Self::digits)) {
            (None, None) => vec![DIGITS.len() / 2],
            (Some(before), None) => step_up(&before),
            (None, Some(after)) => step_down(&after),
            (Some(before), Some(after)) => middle(&before, &after),
        };
        Ok(Self::of(&key))
    }

    /// `count` keys in order, evenly spread and as short as they can be.
    #[must_use]
    pub fn spread(count: usize) -> Vec<Self> {
        let mut width = 1;
        let mut range = DIGITS.len();
        while range <= count.saturating_mul(2) {
            width += 1;
            range = range.saturating_mul(DIGITS.len());
        }
        let step = range / (count + 1);
        (1..=count)
            .map(|nth| {
                let mut rest = nth * step;
                let mut digits = vec![LOWEST; width];
                for digit in digits.iter_mut().rev() {
                    *digit = rest % DIGITS.len();
                    rest /= DIGITS.len();
                }
                while digits.last() == Some(&LOWEST) {
                    digits.pop();
                }
                Self::of(&digits)
            })
            .collect()
    }

    fn digits(&self) -> Vec<usize> {
        self.0.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)).collect()
    }

    fn of(digits: &[usize]) -> Self {
        Self(digits.iter().map(|digit| char::from(DIGITS[*digit])).collect())
    }
}

/// Just above: one more in the first digit that has room, so that appending makes keys long only slowly.
fn step_up(before: &[usize]) -> Vec<usize> {
    let full = before.iter().take_while(|digit| **digit == HIGHEST).count();
    let mut key = vec![HIGHEST; full];
    key.push(before.get(full).map_or(1, |digit| digit + 1));
    key
}

/// Just below: one less in the first digit that has room.
fn step_down(after: &[usize]) -> Vec<usize> {
    let empty = after.iter().take_while(|digit| **digit == LOWEST).count();
    let mut key = vec![LOWEST; empty];
    match (after.get(empty).copied().unwrap_or(LOWEST), after.len() > empty + 1) {
        (1, false) | (LOWEST, _) => key.extend([LOWEST, HIGHEST]),
        (1, true) => key.push(1),
        (digit, _) => key.push(digit - 1),
    }
    key
}

/// Half way: the digits both share, then the first that lies between.
fn middle(before: &[usize], after: &[usize]) -> Vec<usize> {
    let at = |place: usize| before.get(place).copied().unwrap_or(LOWEST);
    let shared = (0..after.len()).take_while(|place| at(*place) == after[*place]).count();
    let mut key = after[..shared].to_vec();
    let (low, high) = (at(shared), after.get(shared).copied().unwrap_or(HIGHEST));
    if high - low > 1 {
        key.push(low.midpoint(high));
    } else if after.len() > shared + 1 {
        key.push(high);
    } else {
        key.push(low);
        key.extend(step_up(before.get(shared + 1..).unwrap_or_default()));
    }
    key
}

/// What a new place in a list takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Insertion {
    /// One key; everything else stays.
    At(OrderKey),
    /// The room is used up: the new one's key, and new keys for all others in the order they had.
    Rebalanced { at: OrderKey, others: Vec<OrderKey> },
}

/// Makes a place before the `index`-th of `keys`, which are in order; an index past the end is the end.
///
/// # Errors
/// [`OrderKeyError::NoRoom`] when the keys are not in order.
pub fn insert_at(keys: &[OrderKey], index: usize) -> Result<Insertion, OrderKeyError> {
    let index = index.min(keys.len());
    let before = index.checked_sub(1).map(|place| &keys[place]);
    let key = OrderKey::between(before, keys.get(index))?;
    if key.as_str().len() <= OrderKey::MAX_CHARS {
        return Ok(Insertion::At(key));
    }
    let mut others = OrderKey::spread(keys.len() + 1);
    let at = others.remove(index);
    Ok(Insertion::Rebalanced { at, others })
}
