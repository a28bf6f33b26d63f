//! How many bytes of files on their way stand in memory at the same time. The first of every form are free, because its
//! place among the files bounds them: pieces of a file and scans of a page or two always get through.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of one form that are not counted.
pub(super) const FREE: usize = 1024 * 1024;

pub struct Memory {
    most: usize,
    held: AtomicUsize,
}

/// What one form holds; it is given back when this is dropped.
pub struct Hold {
    memory: Arc<Memory>,
    bytes: usize,
}

impl Memory {
    /// So many bytes in all.
    #[must_use]
    pub fn new(most: usize) -> Arc<Memory> {
        Arc::new(Memory { most, held: AtomicUsize::new(0) })
    }

    /// The most that is held, in bytes.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// For one form that holds nothing yet.
    #[must_use]
    pub fn hold(self: &Arc<Memory>) -> Hold {
        Hold { memory: Arc::clone(self), bytes: 0 }
    }
}

impl Hold {
    /// Whether the form may have grown to `size` bytes; what it does not get it does not hold.
    pub fn grow(&mut self, size: usize) -> bool {
        let more = size.saturating_sub(FREE).saturating_sub(self.bytes);
        let before = self.memory.held.fetch_add(more, Ordering::SeqCst);
        let fits = more == 0 || before.saturating_add(more) <= self.memory.most;
        if fits {
            self.bytes = self.bytes.saturating_add(more);
        } else {
            self.memory.held.fetch_sub(more, Ordering::SeqCst);
        }
        fits
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.memory.held.fetch_sub(self.bytes, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_together_hold_no_more_and_small_ones_always_fit() {
        let memory = Memory::new(1_000);
        let (mut large, mut other, mut small) = (memory.hold(), memory.hold(), memory.hold());
        assert!(large.grow(FREE + 600) && large.grow(FREE + 700));
        assert!(!other.grow(FREE + 301), "there are 300 left");
        assert!(other.grow(FREE + 300));
        assert!(small.grow(FREE) && !small.grow(FREE + 1));
        drop(large);
        assert!(small.grow(FREE + 700));
        drop((other, small));
        assert_eq!(memory.held.load(Ordering::SeqCst), 0);
    }
}
