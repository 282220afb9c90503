//! A small ordered table from ids to objects: flat, cheap to clone and to hash, and in one order only.

use smallvec::SmallVec;

/// Objects by id, in ascending order of their ids. Looking one up costs a binary search, adding the newest nothing.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Table<K, V, const INLINE: usize> {
    entries: SmallVec<[(K, V); INLINE]>,
}

impl<K, V, const INLINE: usize> Default for Table<K, V, INLINE> {
    fn default() -> Self {
        Self { entries: SmallVec::new() }
    }
}

impl<K: Copy + Ord, V, const INLINE: usize> Table<K, V, INLINE> {
    fn place(&self, id: K) -> Result<usize, usize> {
        match self.entries.last() {
            Some((last, _)) if *last < id => Err(self.entries.len()),
            Some((last, _)) if *last == id => Ok(self.entries.len() - 1),
            Some(_) | None => self.entries.binary_search_by_key(&id, |entry| entry.0),
        }
    }

    /// The object of this id, if it has a slot.
    #[must_use]
    pub fn get(&self, id: K) -> Option<&V> {
        self.place(id).ok().map(|at| &self.entries[at].1)
    }

    /// The object of this id, to be changed.
    pub fn get_mut(&mut self, id: K) -> Option<&mut V> {
        self.place(id).ok().map(|at| &mut self.entries[at].1)
    }

    /// Puts an object into its slot, in place of one of the same id.
    pub fn insert(&mut self, id: K, value: V) {
        match self.place(id) {
            Ok(at) => self.entries[at].1 = value,
            Err(at) => self.entries.insert(at, (id, value)),
        }
    }

    /// Takes an object out of its slot.
    pub fn remove(&mut self, id: K) -> Option<V> {
        self.place(id).ok().map(|at| self.entries.remove(at).1)
    }

    /// All objects, in ascending order of their ids.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (K, &V)> {
        self.entries.iter().map(|(id, value)| (*id, value))
    }

    /// All objects, to be changed, in ascending order of their ids.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// All ids, ascending.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = K> + '_ {
        self.entries.iter().map(|(id, _)| *id)
    }

    /// How many objects have a slot.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no object has a slot.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keeps the objects for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(K, &V) -> bool) {
        self.entries.retain(|(id, value)| keep(*id, value));
    }
}
