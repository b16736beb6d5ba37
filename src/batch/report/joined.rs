//! Reports of several runs as one. A share of the same notices in the same place that was done
//! twice counts as the later run has it, and so does a notice, or a row of a merge, that two runs
//! on one machine had; everything else is added, so that no failure is lost behind a file of the
//! same name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use super::{Report, Row, Session, Share, wholes};
use crate::batch::Shard;

/// A report, and the name of its file.
pub type Named = (String, Report);

/// What several reports come to.
#[derive(Debug)]
pub struct Joined {
    /// All that counts.
    pub report: Report,
    /// What does not count, and what does in its place, a line each.
    pub replaced: Vec<String>,
}

/// One run of a report.
struct Part {
    name: String,
    session: Session,
    rows: Vec<Row>,
}

/// Joins reports.
///
/// # Errors
/// Two shares of the same notices that were counted differently: such shares are no whole.
pub fn joined(reports: Vec<Named>) -> Result<Joined, (Shard, Shard)> {
    let mut parts: Vec<Part> = reports.into_iter().flat_map(parts).collect();
    parts.sort_by(|a, b| a.session.time.cmp(&b.session.time));
    apart(&parts)?;
    let mut replaced = shares_once(&mut parts);
    replaced.extend(notices_once(&mut parts));
    let (mut runs, mut rows) = (Vec::new(), Vec::new());
    for (run, part) in parts.into_iter().enumerate() {
        runs.push(part.session);
        rows.extend(part.rows.into_iter().map(|row| Row { run, ..row }));
    }
    Ok(Joined { report: Report::sorted(runs, rows), replaced })
}

/// A report's runs. Rows of no run that it names are of one by themselves.
fn parts((name, report): Named) -> Vec<Part> {
    let last = report.runs.len();
    let runs = report.runs.into_iter().chain([Session::default()]);
    let part = |session| Part { name: name.clone(), session, rows: Vec::new() };
    let mut parts: Vec<Part> = runs.map(part).collect();
    for row in report.files {
        parts[row.run.min(last)].rows.push(row);
    }
    parts.pop_if(|part| part.rows.is_empty());
    parts
}

/// Shares of one whole are of one count.
fn apart(parts: &[Part]) -> Result<(), (Shard, Shard)> {
    let runs: Vec<&Session> = parts.iter().map(|it| &it.session).collect();
    for whole in wholes(&runs) {
        let mut shards =
            whole.iter().filter_map(|at| Some(runs[*at].share.as_ref()?.shard));
        let Some(first) = shards.next() else { continue };
        if let Some(other) = shards.find(|it| it.of() != first.of()) {
            return Err((first, other));
        }
    }
    Ok(())
}

/// Leaves the last of each share of the same notices in the same place, on whatever machine.
fn shares_once(parts: &mut Vec<Part>) -> Vec<String> {
    let mut last = HashMap::new();
    let mut told = Vec::new();
    let mut kept = Vec::new();
    for part in std::mem::take(parts).into_iter().rev() {
        let Session { task, share, .. } = &part.session;
        let own = |share: &Share| (task.clone(), share.clone(), part.session.places());
        let key = share.as_ref().map(own);
        match key.as_ref().and_then(|key| Some((key, last.get(key)?))) {
            Some(((_, share, _), later)) => {
                let (shard, name) = (share.shard, &part.name);
                let what = format!("“{name}”和“{later}”都是第 {shard} 份");
                told.push(format!("{what}：以后来的“{later}”为准"));
            }
            None => {
                last.extend(key.map(|key| (key, part.name.clone())));
                kept.push(part);
            }
        }
    }
    kept.reverse();
    *parts = kept;
    told
}

/// What a notice is known by wherever its run was: its task, machine and paths.
type Key = (String, String, PathBuf, PathBuf);

fn key(session: &Session, row: &Row) -> Option<Key> {
    let Session { task, machine, paths, .. } = session;
    let known = !machine.is_empty();
    // A row of a merge that was skipped has no PDF yet: its notice, its roster and its number
    // tell which it is.
    let roster = paths.get(1).filter(|_| task == "merge");
    let (file, other) = (&row.file, roster.unwrap_or(&row.pdf));
    let whole = |path| session.whole(path);
    known.then(|| (task.clone(), machine.clone(), whole(file), whole(other)))
}

/// Leaves the last word on each notice.
fn notices_once(parts: &mut [Part]) -> Vec<String> {
    let mut said: HashMap<Key, usize> = HashMap::new();
    let mut told: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for at in (0..parts.len()).rev() {
        let Part { session, rows, .. } = &mut parts[at];
        let mut own = HashSet::new();
        rows.retain(|row| {
            let key = key(session, row);
            let later = key.as_ref().and_then(|key| said.get(key));
            match later {
                Some(later) => *told.entry((at, *later)).or_default() += 1,
                None => own.extend(key),
            }
            later.is_none()
        });
        said.extend(own.into_iter().map(|key| (key, at)));
    }
    let line = |((old, new), count): ((usize, usize), usize)| {
        let (old, new) = (&parts[old].name, &parts[new].name);
        format!("“{old}”的 {count} 份在“{new}”里又有：以后来的“{new}”为准")
    };
    told.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::report::State;
    use crate::digest::Digest;

    /// A run at so many seconds on a machine.
    fn session(machine: &str, time: u32) -> Session {
        let (task, folder) = ("build".into(), "/公文".into());
        let (machine, time) = (machine.into(), format!("2026-03-05T09:00:{time:02}Z"));
        Session { task, machine, folder, time, ..Session::default() }
    }

    fn sharded(text: &str, list: &str, session: Session) -> Session {
        let (shard, list) = (text.parse().expect("a shard"), Digest::of(list.as_bytes()));
        Session { share: Some(Share { shard, notices: 9, list }), ..session }
    }

    fn report(name: &str, session: Session, rows: &[(&str, State)]) -> Named {
        let row = |(file, state): &(&str, State)| {
            Row::new((*file).into(), file.replace("yaml", "pdf"), *state)
        };
        (name.into(), Report::of(session, rows.iter().map(row)))
    }

    /// In any order reports come to so many built and failed, and so many lines are told.
    fn come_to(mut reports: Vec<Named>, built: usize, failed: usize, lines: usize) {
        for _ in 0..reports.len() {
            reports.rotate_left(1);
            let joined = joined(reports.clone()).expect("no shares of another count");
            let report = joined.report;
            assert_eq!((report.built, report.failed), (built, failed));
            assert_eq!(joined.replaced.len(), lines, "{:?}", joined.replaced);
            // A report that was joined is joined once more, and comes to the same.
            let text = serde_json::to_string(&report).expect("a text");
            let again = serde_json::from_str(&text).expect("a report");
            let again = super::joined(vec![("全".into(), again)]).expect("a whole");
            assert_eq!(again.report, report);
        }
    }

    #[test]
    fn notices_of_one_name_on_two_machines_are_two() {
        let one = report("一", session("甲机", 1), &[("年/甲.yaml", State::Failed)]);
        let two = report("二", session("乙机", 2), &[("年/甲.yaml", State::Built)]);
        let away = Session { folder: "/别处".into(), ..session("甲机", 3) };
        let three = report("三", away, &[("年/甲.yaml", State::Built)]);
        come_to(vec![one, two, three], 2, 1, 0);
    }

    #[test]
    fn the_last_word_on_a_notice_counts_and_is_told() {
        let rows = [("甲.yaml", State::Failed), ("乙.yaml", State::Failed)];
        let one = report("一", session("甲机", 1), &rows);
        let two = report("二", session("甲机", 2), &[("甲.yaml", State::Built)]);
        come_to(vec![one.clone(), two], 1, 1, 1);
        // What another task says is no later word.
        let dry = Session { task: "dry-run".into(), ..session("甲机", 3) };
        let dry = report("三", dry, &[("甲.yaml", State::Planned)]);
        come_to(vec![one, dry], 0, 2, 0);
    }

    #[test]
    fn the_later_run_of_a_share_counts_wherever_it_was() {
        let one = sharded("1/2", "名单", session("甲机", 1));
        let one = report("一", one, &[("甲.yaml", State::Failed)]);
        let two = sharded("2/2", "名单", session("乙机", 2));
        let two = report("二", two, &[("乙.yaml", State::Built)]);
        let again = sharded("1/2", "名单", session("丙机", 3));
        let again = report("三", again, &[("甲.yaml", State::Built)]);
        come_to(vec![one.clone(), two, again], 2, 0, 1);
        // The same share of other notices is another.
        let other = sharded("1/2", "别的名单", session("丙机", 3));
        let other = report("四", other, &[("甲.yaml", State::Built)]);
        come_to(vec![one, other], 1, 1, 0);
    }

    #[test]
    fn shares_of_two_places_on_one_machine_are_two_wholes() {
        let of = |name, text, place: &str, time, state| {
            let place = Session { folder: place.into(), ..session("甲机", time) };
            report(name, sharded(text, "名单", place), &[("年/甲.yaml", state)])
        };
        let one = of("一", "1/1", "/甲局", 1, State::Failed);
        come_to(vec![one.clone(), of("二", "1/1", "/乙局", 2, State::Built)], 1, 1, 0);
        // Nor do they have to be of one count.
        come_to(vec![one, of("三", "2/3", "/乙局", 2, State::Built)], 1, 1, 0);
    }

    #[test]
    fn a_row_of_a_merge_is_the_same_whatever_became_of_it() {
        let of = |name: &str, roster: &str, time, rows: &[(usize, State)]| {
            let paths = vec!["函.yaml".into(), roster.into()];
            let merge =
                Session { task: "merge".into(), paths, ..session("甲机", time) };
            let row = |(row, state): &(usize, State)| {
                let pdf = if *state == State::Built { "函.pdf" } else { "" };
                Row::new(format!("函.yaml（册 第 {row} 行）"), pdf.into(), *state)
            };
            (name.to_owned(), Report::of(merge, rows.iter().map(row)))
        };
        let one = of("一", "册.csv", 1, &[(2, State::Skipped), (3, State::Failed)]);
        let all = of("二", "册.csv", 2, &[(2, State::Built), (3, State::Built)]);
        come_to(vec![one.clone(), all], 2, 0, 1);
        // Neither a merge of some rows nor one with another roster hides what it does not have.
        let some = of("三", "册.csv", 2, &[(2, State::Built)]);
        come_to(vec![one.clone(), some], 1, 1, 1);
        let other = of("四", "另/册.csv", 2, &[(3, State::Built)]);
        come_to(vec![one, other], 1, 1, 0);
    }

    #[test]
    fn shares_of_different_counts_are_no_whole() {
        let of = |text| report("一", sharded(text, "名单", session("甲机", 1)), &[]);
        let (third, half) = ("1/3".parse(), "2/2".parse());
        let refused = joined(vec![of("1/3"), of("2/2")]).err();
        assert_eq!(refused, third.ok().zip(half.ok()));
    }

    #[test]
    fn what_does_not_say_where_it_is_from_is_added() {
        let named =
            |name| report(name, Session::default(), &[("甲.yaml", State::Failed)]);
        let (_, mut old) = named("旧");
        old.runs.clear();
        old.files[0].run = usize::MAX;
        come_to(vec![named("一"), named("二"), ("旧".into(), old)], 0, 3, 0);
    }
}
