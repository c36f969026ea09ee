//! Randomness as a parameter. Nothing else in the product draws random numbers.

use crate::store::Reference;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng as _;

/// Draws random bytes, fit for secrets.
pub trait Rng: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    #[expect(clippy::expect_used, reason = "without randomness nothing here may go on")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::SysRng.try_fill_bytes(bytes).expect("the operating system's random number generator");
    }
}

/// Letters and digits that are not mistaken for one another when read aloud.
const PLAIN: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// What is drawn.
impl dyn Rng + '_ {
    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A 256-bit token for cookies and links (OWASP ASVS 6.4.1, 7.2.3).
    #[must_use]
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A row's identifier, 128 bits.
    #[must_use]
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<16>())
    }

    /// A number below `bound`, which is at least 1, without bias: draws that would favour low numbers are thrown away.
    #[must_use]
    pub fn below(&self, bound: u32) -> u32 {
        let bound = bound.max(1);
        let fair = u32::MAX - u32::MAX % bound;
        loop {
            let drawn = u32::from_le_bytes(self.bytes());
            if drawn < fair {
                return drawn % bound;
            }
        }
    }

    /// A number from `least` to `most`.
    #[must_use]
    pub fn between(&self, least: i64, most: i64) -> i64 {
        let numbers = u128::from(most.saturating_sub(least).max(0).unsigned_abs()) + 1;
        let drawn = u128::from(u64::from_le_bytes(self.bytes()));
        least.saturating_add(i64::try_from((drawn * numbers) >> 64).unwrap_or_default())
    }

    /// A reference number for people, as `7K2M-4XQ9`.
    #[must_use]
    pub fn reference(&self) -> Reference {
        let letters: Vec<char> = self
            .bytes::<8>()
            .iter()
            .filter_map(|byte| PLAIN.get(usize::from(byte % 32)))
            .map(|letter| char::from(*letter))
            .collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws bytes that are all the same.
    struct Same(u8);

    impl Rng for Same {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn a_number_between_two_is_never_outside_and_reaches_both() {
        for (least, most) in [(0, 0), (0, 1), (1_000, 5_000), (-3, 3), (0, i64::MAX)] {
            let (low, high): (&dyn Rng, &dyn Rng) = (&Same(0), &Same(u8::MAX));
            assert_eq!((low.between(least, most), high.between(least, most)), (least, most));
            let rng: &dyn Rng = &SystemRng;
            assert!((0..100).all(|_| (least..=most).contains(&rng.between(least, most))));
        }
    }
}
