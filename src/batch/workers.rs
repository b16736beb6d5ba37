//! Plain threads that take the next piece of work from a counter.
//!
//! Not a rayon pool: the engine waits inside the pool it runs on and would take up other
//! notices meanwhile, which costs memory without end. Each thread is a pool of its own for
//! the engine, so that no layout runs on another's thread.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Deeply nested layouts need it.
const STACK: usize = 16 * 1024 * 1024;

/// How many threads there are, unless so many are asked for.
pub fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Does `work` for each number below `count` on so many threads, and hands what it came to
/// to `done` on this thread, in the order in which it is finished. Once `stop` is set,
/// nothing more is begun.
pub fn each<T: Send>(
    count: usize,
    threads: usize,
    stop: &AtomicBool,
    work: impl Fn(usize) -> T + Sync,
    mut done: impl FnMut(T),
) {
    let next = AtomicUsize::new(0);
    let (next, work) = (&next, &work);
    thread::scope(|scope| {
        // Whoever is slow to take results holds the others back, and nothing piles up.
        let (send, receive) = mpsc::sync_channel(threads);
        for _ in 0..threads.min(count) {
            let send = send.clone();
            let run = move || {
                let pool =
                    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
                let _pool = pool.build();
                while !stop.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count || send.send(work(at)).is_err() {
                        break;
                    }
                }
            };
            let spawned =
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
            drop(spawned);
        }
        drop(send);
        receive.into_iter().for_each(&mut done);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_on_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let mut done = Vec::new();
            each(100, threads, &AtomicBool::new(false), |at| at * at, |it| done.push(it));
            done.sort_unstable();
            assert_eq!(done, (0..100).map(|at| at * at).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_begun_once_it_is_to_stop() {
        let stop = AtomicBool::new(false);
        let mut done = 0;
        let work = |at| stop.store(at == 9, Ordering::Relaxed);
        each(1000, 1, &stop, work, |()| done += 1);
        assert_eq!(done, 10);
    }
}
