use domain::slug::Slug;

use crate::Rng;

/// How many numbered variants are tried before endings are drawn.
const NUMBERED: u32 = 5;
/// How many drawn endings are tried: 36^6 of them exist, so one is enough but for bad luck.
const DRAWN: usize = 3;

/// The addresses to try for a wish, in order: itself, `-2` to `-5`, then random endings. Bounded, however many
/// things of one name there are.
pub fn candidates(wanted: &Slug, rng: Rng) -> impl Iterator<Item = Slug> {
    let numbered: Vec<Slug> = (1..=NUMBERED).map(|n| wanted.variant(n)).collect();
    let drawn: Vec<Slug> = (0..DRAWN).map(|_| wanted.with_ending(&ending(rng))).collect();
    numbered.into_iter().chain(drawn)
}

fn ending(rng: Rng) -> String {
    const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    rng.bytes::<6>().into_iter().map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect()
}
