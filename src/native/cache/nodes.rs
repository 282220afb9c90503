//! Where the nodes of a list are: in chunks, each twice as large as the one before. What is in one stays where it is, so that a cache that
//! grows copies nothing, and touches no memory twice.

use super::super::session::Place;

/// The size of the first chunk.
const FIRST: usize = 16;

/// Values, each at a place that stays its own until it is taken.
#[derive(Debug)]
pub(super) struct Nodes<T> {
    chunks: Vec<Vec<Option<T>>>,
    vacant: Vec<Place>,
    len: usize,
}

impl<T> Default for Nodes<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), vacant: Vec::new(), len: 0 }
    }
}

/// In which chunk a place is, and where there.
fn at(place: Place) -> (usize, usize) {
    let shifted = place.get() as usize - 1 + FIRST;
    let chunk = shifted.ilog2() - FIRST.ilog2();
    (chunk as usize, shifted - (FIRST << chunk))
}

impl<T> Nodes<T> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The place that the next one will have.
    pub(super) fn next_place(&self) -> Place {
        // as long as none is vacant, all places are taken
        self.vacant.last().copied().unwrap_or_else(|| {
            let next = u32::try_from(self.len + 1).ok().and_then(Place::new);
            next.expect("the nodes of so many sessions alone would take 256 GiB")
        })
    }

    /// Puts one at the next place.
    pub(super) fn put(&mut self, value: T) {
        let (chunk, offset) = at(self.next_place());
        self.len += 1;
        if self.vacant.pop().is_some() {
            self.chunks[chunk][offset] = Some(value);
            return;
        }
        if offset == 0 {
            self.chunks.push(Vec::with_capacity(FIRST << chunk));
        }
        self.chunks[chunk].push(Some(value));
    }

    /// The one at a place.
    pub(super) fn get(&self, place: Place) -> Option<&T> {
        let (chunk, offset) = at(place);
        self.chunks.get(chunk)?.get(offset)?.as_ref()
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, place: Place) -> Option<&mut T> {
        let (chunk, offset) = at(place);
        self.chunks.get_mut(chunk)?.get_mut(offset)?.as_mut()
    }

    /// Takes the one at a place.
    pub(super) fn take(&mut self, place: Place) -> Option<T> {
        let (chunk, offset) = at(place);
        let value = self.chunks.get_mut(chunk)?.get_mut(offset)?.take()?;
        self.vacant.push(place);
        self.len -= 1;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_each_other_through_the_chunks() {
        let mut nodes = Nodes::default();
        let place = |number: u32| Place::new(number).expect("it is counted from 1");
        for number in 1..=1_000 {
            assert_eq!(nodes.next_place(), place(number));
            nodes.put(number);
        }
        assert!((1..=1_000).all(|number| nodes.get(place(number)) == Some(&number)), "each is where it was put");
        assert_eq!((nodes.take(place(7)), nodes.take(place(900)), nodes.take(place(7))), (Some(7), Some(900), None));
        assert_eq!((nodes.len(), nodes.next_place()), (998, place(900)), "what was taken last is used first");
        for value in [2_001, 2_002, 2_003] {
            nodes.put(value);
        }
        assert_eq!([900, 7, 1_001].map(|number| nodes.get(place(number)).copied()), [2_001, 2_002, 2_003].map(Some));
        *nodes.get_mut(place(7)).expect("it is there") += 1;
        assert_eq!((nodes.take(place(7)), nodes.get(place(1_002)), nodes.len()), (Some(2_003), None, 1_000));
    }
}
