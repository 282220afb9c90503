//! Shortens a list while a predicate keeps holding.

/// The shortest list that was found by leaving elements of `list` out while `holds` stays true of what is left: halves first, then
/// ever smaller runs, then single elements until none can be spared. `holds` is taken to be true of `list` itself and is asked of
/// proper sublists only; the result is 1-minimal.
pub fn shrink<T: Clone>(list: &[T], mut holds: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut kept = list.to_vec();
    let mut run = (kept.len() / 2).max(1);
    loop {
        let before = kept.len();
        leave_out(&mut kept, run, &mut holds);
        if run > 1 {
            run = (run / 2).max(1);
        } else if kept.len() == before {
            return kept;
        }
    }
}

/// Leaves out each run of this length that can be spared, from the end to the start.
fn leave_out<T: Clone>(kept: &mut Vec<T>, run: usize, holds: &mut impl FnMut(&[T]) -> bool) {
    let mut end = kept.len();
    while end > 0 {
        let start = end.saturating_sub(run);
        let fewer: Vec<T> = kept[..start].iter().chain(&kept[end..]).cloned().collect();
        if holds(&fewer) {
            *kept = fewer;
        }
        end = start;
    }
}

#[cfg(test)]
mod tests {
    use super::shrink;

    #[test]
    fn keeps_only_what_is_needed() {
        let needed = |list: &[u8]| list.contains(&3) && list.contains(&7);
        assert_eq!(shrink(&[1, 2, 3, 4, 5, 6, 7, 8, 9], needed), [3, 7]);
    }

    #[test]
    fn gives_the_list_back_where_nothing_can_be_spared() {
        assert_eq!(shrink(&[1, 2, 3], |list| list.len() == 3), [1, 2, 3]);
    }
}
