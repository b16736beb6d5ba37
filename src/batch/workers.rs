//! Plain threads that take the next piece of work from a counter.
//!
//! Not a rayon pool: the engine waits inside the pool it runs on and would take up other
//! notices meanwhile, which costs memory without end. Each thread is a pool of its own for
//! the engine, so that no layout runs on another's thread.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::diag::Error;

/// Deeply nested layouts need it.
const STACK: usize = 16 * 1024 * 1024;

/// How many threads there are, unless so many are asked for.
pub fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Does `work` for each number below `count` on so many threads, and hands what it came to
/// to `done` on this thread, in the order in which it is finished. Once `stop` is set,
/// nothing more is begun.
///
/// # Errors
/// The machine gives not a single thread.
pub fn each<T: Send>(
    count: usize,
    threads: usize,
    stop: &AtomicBool,
    work: impl Fn(usize) -> T + Sync,
    mut done: impl FnMut(T),
) -> Result<(), Error> {
    let next = AtomicUsize::new(0);
    let (next, work) = (&next, &work);
    thread::scope(|scope| {
        // Whoever is slow to take results holds the others back, and nothing piles up.
        let (send, receive) = mpsc::sync_channel(threads);
        let (mut begun, mut refused) = (0, Ok(()));
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
            match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run) {
                Ok(_) => begun += 1,
                Err(_) => refused = Err(no_thread()),
            }
        }
        drop(send);
        receive.into_iter().for_each(&mut done);
        if begun > 0 { Ok(()) } else { refused }
    })
}

fn no_thread() -> Error {
    Error::command("电脑现在开不了新的任务，一份也没有排")
        .hint("关掉一些别的程序，再运行一次")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_on_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let mut done = Vec::new();
            let go = AtomicBool::new(false);
            let ended = each(100, threads, &go, |at| at * at, |it| done.push(it));
            assert_eq!(ended.map_err(|error| error.message), Ok(()));
            done.sort_unstable();
            assert_eq!(done, (0..100).map(|at| at * at).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_begun_once_it_is_to_stop() {
        let stop = AtomicBool::new(false);
        let mut done = 0;
        let work = |at| stop.store(at == 9, Ordering::Relaxed);
        assert!(each(1000, 1, &stop, work, |()| done += 1).is_ok());
        assert_eq!(done, 10);
    }
}
