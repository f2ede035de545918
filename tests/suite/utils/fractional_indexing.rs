use domain::fractional_index::{Insertion, OrderKey, OrderKeyError, insert_at};

fn key(text: &str) -> OrderKey {
    OrderKey::parse(text).unwrap()
}

/// The list after inserting, with the new key in it.
fn inserted(keys: &[OrderKey], index: usize) -> Vec<OrderKey> {
    let (at, mut keys) = match insert_at(keys, index).unwrap() {
        Insertion::At(at) => (at, keys.to_vec()),
        Insertion::Rebalanced { at, others } => (at, others),
    };
    keys.insert(index, at);
    keys
}

fn assert_ordered(keys: &[OrderKey]) {
    assert!(keys.is_sorted_by(|before, after| before < after), "strictly");
    assert!(keys.iter().all(|key| OrderKey::parse(key.as_str()).as_ref() == Ok(key)), "each can be stored");
}

#[test]
fn calculate_position() {
    for (before, after, between) in [
        ("A", "C", "B"),
        ("A", "B", "A1"),
        ("A", "A1", "A01"),
        ("A1", "B", "A2"),
        ("Az", "B", "Az1"),
        ("A", "Bx", "B"),
        ("1", "2", "11"),
        ("a1", "aB", "a6"),
    ] {
        let found = OrderKey::between(Some(&key(before)), Some(&key(after))).unwrap();
        assert_eq!(found.as_str(), between, "between {before} and {after}");
    }
    // Any place, over and over: numbers that look random, the same in every run.
    let mut keys = Vec::new();
    let mut seed: usize = 12345;
    for _ in 0..2000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let index = (seed >> 33) % (keys.len() + 1);
        let old: Vec<OrderKey> = keys.clone();
        keys = inserted(&keys, index);
        assert_eq!(keys.len(), old.len() + 1);
    }
    assert_ordered(&keys);
}

#[test]
fn edge_cases() {
    let between = |before: Option<&str>, after: Option<&str>| {
        let (before, after) = (before.map(key), after.map(key));
        OrderKey::between(before.as_ref(), after.as_ref()).map(|key| key.as_str().to_owned())
    };
    assert_eq!(between(None, None).as_deref(), Ok("V"), "alone: in the middle");
    for first in ["V", "2", "1", "11", "01", "0z", "001"] {
        let before = between(None, Some(first)).unwrap();
        assert!(before.as_str() < first && !before.ends_with('0'), "{before} before {first}");
    }
    for last in ["V", "z", "zz", "zy", "Az"] {
        let after = between(Some(last), None).unwrap();
        assert!(after.as_str() > last && !after.ends_with('0'), "{after} after {last}");
    }
    assert_eq!(between(Some("B"), Some("B")), Err(OrderKeyError::NoRoom), "equal");
    assert_eq!(between(Some("C"), Some("B")), Err(OrderKeyError::NoRoom), "reversed");
    assert_eq!(insert_at(&[key("C"), key("B")], 1), Err(OrderKeyError::NoRoom));
    for bad in ["", "A0", "0", "a-b", "ä", &"1".repeat(33)] {
        assert_eq!(OrderKey::parse(bad), Err(OrderKeyError::Shape), "{bad}");
    }
    assert!("Z" < "a" && "9" < "A", "bytewise, not as a dictionary");
    assert!(key("Z") < key("a") && key("9") < key("A"));
}

#[test]
fn precision() {
    for place in
        [|_: usize| 0, |length: usize| length, |length: usize| length.min(1), |length: usize| length / 2]
    {
        let mut keys = vec![key("A"), key("B")];
        let mut spread = 0;
        for _ in 0..10_000 {
            let index = place(keys.len());
            match insert_at(&keys, index).unwrap() {
                Insertion::At(at) => {
                    let after_neighbour = index.checked_sub(1).is_none_or(|before| keys[before] < at);
                    assert!(after_neighbour && keys.get(index).is_none_or(|after| at < *after));
                    keys.insert(index, at);
                }
                Insertion::Rebalanced { at, others } => {
                    spread += 1;
                    assert_eq!(others.len(), keys.len(), "the others stay, in their order");
                    keys = others;
                    keys.insert(index, at);
                    assert_ordered(&keys);
                }
            }
        }
        assert_eq!(keys.len(), 10_002);
        assert_ordered(&keys);
        assert!(spread > 0, "10,000 at one spot need it");
    }
    for count in [1, 2, 5, 30, 31, 61, 62, 500, 10_000] {
        let keys = OrderKey::spread(count);
        assert_eq!(keys.len(), count);
        assert_ordered(&keys);
        assert!(keys.iter().all(|key| key.as_str().len() <= 3), "short again");
    }
    assert_eq!(OrderKey::spread(5), ["A", "K", "U", "e", "o"].map(key), "as the migration has them");
}
