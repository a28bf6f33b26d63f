//! How many requests are worked on at the same time. Beyond that a request is sent away at once, before anything
//! was done for it: a queue without an end would answer nobody in time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub struct Gate {
    most: usize,
    inside: AtomicUsize,
}

/// The place of one request; it is free again when this is dropped.
pub struct Pass(Arc<Gate>);

impl Gate {
    #[must_use]
    pub fn new(most: usize) -> Arc<Gate> {
        Arc::new(Gate { most, inside: AtomicUsize::new(0) })
    }

    /// A place, if there is one.
    #[must_use]
    pub fn enter(self: &Arc<Gate>) -> Option<Pass> {
        let pass = Pass(Arc::clone(self));
        let before = self.inside.fetch_add(1, Ordering::SeqCst);
        (before < self.most).then_some(pass)
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_request_is_done() {
        let gate = Gate::new(2);
        let (first, second) = (gate.enter(), gate.enter());
        assert!(first.is_some() && second.is_some());
        assert!(gate.enter().is_none() && gate.enter().is_none());
        drop(first);
        assert!(gate.enter().is_some(), "and given back at once");
        assert!(gate.enter().is_some());
    }
}
