//! Whose a PDF is, whatever record tells it: no notice takes the PDF of another.

use super::notice;
use crate::support::{Ran, Run, SMALL};

/// Two folders with a notice of one name each; the first is built.
fn first_of_two() -> Ran {
    let run = Run::new().file("A/甲.yaml", notice("甲")).file("B/甲.yaml", notice("乙"));
    run.args(&["build", "A", "-o", "合"]).run().code(0)
}

#[test]
fn a_single_build_replaces_no_pdf_of_another_notice() {
    let mut ran = first_of_two();
    let old = ran.read("合/甲.pdf").unwrap();
    for output in ["合/", "合/甲.pdf", "B/../合/甲.pdf"] {
        for more in [&[][..], &["--force"]] {
            let args = [&["build", "B/甲.yaml", "-o", output], more].concat();
            ran = ran.again(&args).run().code(1).says("B104").says("“A/甲.yaml”");
            assert!(ran.read("合/甲.pdf").unwrap() == old);
        }
    }
    // Its own is built, and so is one whose notice is gone; the record follows.
    let ran = ran.again(&["build", "A/甲.yaml", "-o", "合/"]).run().code(0);
    let ran = ran.again(&["build", "A", "-o", "合"]).run().code(0).says("没有变化 1 份");
    std::fs::remove_file(ran.folder().join("A/甲.yaml")).unwrap();
    let ran = ran.again(&["build", "B/甲.yaml", "-o", "合/"]).run().code(0);
    let ran = ran.again(&["build", "B", "-o", "合"]).run().code(0).says("没有变化 1 份");
    let run = ran.again(&["build", "A", "-o", "合"]).file("A/甲.yaml", notice("甲"));
    run.run().code(1).says("“B/甲.yaml”");
}

#[test]
fn a_folder_without_a_record_gets_none_from_a_single_build() {
    let run = Run::new().file("甲.yaml", SMALL).args(&["build", "甲.yaml", "-o", "出/"]);
    let ran = run.run().code(0);
    assert!(ran.read("出/.hongtou-record.jsonl").is_none());
}

#[test]
fn a_pdf_follows_its_notice_though_another_is_at_the_old_place_by_now() {
    let ran = first_of_two();
    std::fs::rename(ran.folder().join("A/甲.yaml"), ran.folder().join("B/甲.yaml"))
        .unwrap();
    let run = ran.again(&["build", "B", "-o", "合"]).file("A/甲.yaml", notice("丙"));
    let ran = run.run().code(0).says("没有变化 1 份");
    let ran = ran.again(&["build", "A", "-o", "合"]).run().code(1).says("“B/甲.yaml”");
    let run = ran.again(&["build", "B", "-o", "合"]).file("B/甲.yaml", notice("丁"));
    run.run().code(0).says("生成 1 份");
    // A copy has no claim while the notice is there that it was made from.
    let ran = first_of_two();
    let run = ran.again(&["build", "B", "-o", "合"]).file("B/甲.yaml", notice("甲"));
    let ran = run.run().code(0).again(&["build", "B", "-o", "合"]);
    ran.file("B/甲.yaml", notice("丁")).run().code(1).says("“A/甲.yaml”");
}

#[test]
fn the_newest_word_of_all_records_of_a_folder_counts() {
    let ran = first_of_two();
    std::fs::remove_file(ran.folder().join("A/甲.yaml")).unwrap();
    let shard = ["build", "B", "-o", "合", "--shard", "1/1"];
    let ran = ran.again(&shard).run().code(0).says("生成 1 份");
    let run = ran.again(&["build", "A", "-o", "合"]).file("A/甲.yaml", notice("甲"));
    let ran = run.run().code(1).says("“B/甲.yaml”");
    let run = ran.again(&["build", "B", "-o", "合"]).file("B/甲.yaml", notice("丁"));
    run.run().code(0).says("生成 1 份");
}

#[test]
fn records_of_the_folders_above_and_of_merges_count_as_well() {
    let run = Run::new().file("A/月/甲.yaml", notice("甲"));
    let run = run.file("B/甲.yaml", notice("乙"));
    let ran = run.args(&["build", "A", "-o", "合"]).run().code(0);
    let mut ran = ran;
    for args in [["build", "B", "-o", "合/月"], ["build", "B/甲.yaml", "-o", "合/月/"]]
    {
        ran = ran.again(&args).run().code(1).says("“A/月/甲.yaml”");
    }
    // And the other way round.
    let run = Run::new().file("A/月/甲.yaml", notice("甲"));
    let run = run.file("B/甲.yaml", notice("乙"));
    let ran = run.args(&["build", "B", "-o", "合/月"]).run().code(0);
    ran.again(&["build", "A", "-o", "合"]).run().code(1).says("“B/甲.yaml”");

    let run = Run::new()
        .file("函.yaml", SMALL.replace("各县（区）总工会", "\"{{ 名 }}\""))
        .file("B/甲.yaml", notice("乙"));
    let merge =
        ["merge", "函.yaml", "--data", "册.csv", "--name", "{{ 名 }}.pdf", "-o", "合"];
    let mut ran = run.file("册.csv", "名\n甲\n").args(&merge).run().code(0);
    for args in [["build", "B", "-o", "合"], ["build", "B/甲.yaml", "-o", "合/"]] {
        ran = ran.again(&args).run().code(1).says("“函.yaml”");
    }
    // Once that PDF is gone, its name is free.
    for args in [["build", "B/甲.yaml", "-o", "合/"], ["build", "B", "-o", "合"]] {
        std::fs::remove_file(ran.folder().join("合/甲.pdf")).unwrap();
        ran = ran.again(&args).run().code(0).again(&args).run().code(0);
    }
}

#[test]
fn what_a_merge_wrote_over_a_pdf_that_was_built_is_the_merge_s() {
    let ran = first_of_two();
    std::fs::remove_file(ran.folder().join("合/甲.pdf")).unwrap();
    let merge =
        ["merge", "函.yaml", "--data", "册.csv", "--name", "{{ 名 }}.pdf", "-o", "合"];
    let run = ran.again(&merge).file("册.csv", "名\n甲\n");
    let run = run.file("函.yaml", SMALL.replace("各县（区）总工会", "\"{{ 名 }}\""));
    let mut ran = run.run().code(0).again(&merge).run().code(0);
    for args in [["build", "A", "-o", "合"], ["build", "B/甲.yaml", "-o", "合/"]] {
        ran = ran.again(&args).run().code(1).says("是另一份通知“函.yaml”的");
    }
}

#[test]
fn what_is_no_pdf_or_read_only_is_not_replaced_and_a_dry_run_says_so() {
    let run = Run::new().file("年/甲.yaml", SMALL).file("年/甲.pdf", "hello");
    let mut ran = run.args(&["build", "年"]).run().code(1).says("B105");
    for args in [["build", "年", "--dry-run"], ["build", "年/甲.yaml", "-q"]] {
        ran = ran.again(&args).run().code(1).says("“年/甲.pdf”不是 PDF");
    }
    assert_eq!(ran.read("年/甲.pdf").unwrap(), b"hello");
    let pdf = ran.folder().join("年/甲.pdf");
    std::fs::write(&pdf, "%PDF").unwrap();
    let mut permissions = pdf.metadata().unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&pdf, permissions).unwrap();
    ran.again(&["build", "年", "--dry-run"]).run().code(1).says("B101");
}

#[test]
fn a_pdf_beside_its_own_notice_is_kept_though_no_record_tells() {
    let run = Run::new().file("甲.yaml", notice("甲")).file("乙.yaml", notice("乙"));
    let ran = run.args(&["build", "甲.yaml"]).run().code(0);
    let old = ran.read("甲.pdf").unwrap();
    let ran = ran.again(&["build", "乙.yaml", "-o", "甲.pdf"]).run().code(1);
    let ran = ran.says("B104").says("“甲.yaml”");
    assert!(ran.read("甲.pdf").unwrap() == old);
    // Where that notice is gone, or the PDF, the name is free.
    std::fs::remove_file(ran.folder().join("甲.yaml")).unwrap();
    ran.again(&["build", "乙.yaml", "-o", "甲.pdf"]).run().code(0);
}

#[test]
fn a_record_that_cannot_be_read_is_told_once() {
    for damaged in ["{\"bad", "坏\n", "0123456789abcdef0123456789abcdef {}\n"] {
        let ran = first_of_two();
        let run = ran.again(&["build", "A", "-o", "合"]);
        let ran = run.file("合/.hongtou-record.jsonl", damaged).run().code(0);
        let ran = ran.says("“合”里的记录坏了").says("生成 1 份");
        let ran = ran.again(&["build", "A", "-o", "合"]).run().code(0);
        assert!(!ran.err.contains("记录坏了"), "{}", ran.err);
        // As a single build meets it.
        let run = ran.again(&["build", "A/甲.yaml", "-o", "合/"]);
        run.file("合/.hongtou-record.jsonl", damaged).run().says("“合”里的记录坏了");
    }
    // A line that a killed run left without its end is no damage.
    let ran = first_of_two();
    let path = ran.folder().join("合/.hongtou-record.jsonl");
    let mut record = std::fs::read(&path).unwrap();
    record.extend(b"0123456789abcd");
    std::fs::write(&path, record).unwrap();
    let ran = ran.again(&["build", "A", "-o", "合"]).run().code(0);
    let ran = ran.says("没有变化 1 份");
    assert!(!ran.err.contains("记录坏了"), "{}", ran.err);
    let kept = ran.read("合/.hongtou-record.jsonl").unwrap();
    assert!(kept.ends_with(b"\n") && !kept.ends_with(b"abcd\n"));
}

#[test]
fn separate_copies_replace_no_pdf_of_another_notice_and_nothing_that_is_none() {
    let separate =
        ["build", "甲.yaml", "--copies", "1-2", "--separate", "-q", "-o", "出/"];
    let ran = Run::new().file("甲.yaml", SMALL).args(&separate).run().code(0);
    assert_eq!(ran.err, "");
    let old = ran.read("出/甲-000001.pdf").unwrap();
    let run = ran.again(&separate).file("出/甲-000002.pdf", "hello");
    let ran = run.run().code(1).says("B105").says("“出/甲-000002.pdf”不是 PDF");
    assert!(ran.read("出/甲-000001.pdf").unwrap() == old);
    // The PDF of a notice that is called like a copy, beside it or by a record.
    std::fs::remove_file(ran.folder().join("出/甲-000002.pdf")).unwrap();
    let run = ran.again(&separate).file("出/甲-000001.yaml", notice("乙"));
    let ran = run.run().code(1).says("B104").says("“出/甲-000001.yaml”");
    std::fs::remove_file(ran.folder().join("出/甲-000001.yaml")).unwrap();
    let run = ran.again(&["build", "年", "-o", "出"]);
    let ran = run.file("年/甲-000002.yaml", notice("丙")).run().code(0);
    let ran = ran.again(&separate).run().code(1).says("“年/甲-000002.yaml”");
    // Where that notice is gone, they are written again, and the record follows.
    std::fs::remove_file(ran.folder().join("年/甲-000002.yaml")).unwrap();
    let ran = ran.again(&separate).run().code(0).again(&separate).run().code(0);
    let run = ran.again(&["build", "年", "-o", "出"]);
    let ran = run.file("年/甲-000002.yaml", notice("丙")).run().code(1);
    ran.says("“出/甲-000002.pdf”是另一份通知“甲.yaml”的");
}

#[cfg(unix)]
#[test]
fn separate_copies_and_images_keep_what_is_read_only() {
    for (name, args) in [
        ("甲-000001.pdf", &["--copies", "1", "--separate"][..]),
        ("甲-1.png", &["-f", "png"]),
    ] {
        let args = [&["build", "甲.yaml", "-q"], args].concat();
        let ran = Run::new().file("甲.yaml", SMALL).args(&args).run().code(0);
        assert_eq!(ran.err, "");
        let old = ran.read(name).unwrap();
        super::permit(&ran.folder().join(name), 0o444);
        let run = ran.again(&args).file("甲.yaml", notice("乙"));
        let ran = run.run().code(2).says("这个文件设成了只读");
        assert!(ran.read(name).unwrap() == old);
    }
}

#[test]
fn a_record_that_lost_lines_is_told_before_a_pdf_it_knew_is_replaced() {
    let other = |text: &str| notice(text).replace("18号", "19号");
    let run = Run::new().file("A/甲.yaml", notice("甲")).file("A/乙.yaml", other("乙"));
    let run = run.file("B/甲.yaml", notice("丙")).file("B/乙.yaml", other("丁"));
    let mut ran = run.args(&["build", "A", "-o", "合"]).run().code(0);
    let whole = ran.read("合/.hongtou-record.jsonl").unwrap();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    assert_eq!(lines.len(), 4, "what they were built with, two PDFs, the end");
    let within = [&lines[..2].concat(), &lines[2][..99]].concat();
    let without = [&lines[..1], &lines[2..]].concat().concat();
    for cut in [Vec::new(), lines[0].to_vec(), lines[..2].concat(), within, without] {
        for args in
            [&["build", "B", "-o", "合", "--dry-run"][..], &["build", "B", "-o", "合"]]
        {
            let run = ran.again(args).file("合/.hongtou-record.jsonl", &cut);
            ran = run.run().says("“合”里的记录坏了、不全");
        }
        let run = ran.again(&["build", "A", "-o", "合", "--force"]);
        ran = run.file("合/.hongtou-record.jsonl", &whole).run().code(0);
        assert!(!ran.err.contains("记录坏了"), "{}", ran.err);
    }
    let run = ran.again(&["build", "B/甲.yaml", "-o", "合/"]);
    let ran = run.file("合/.hongtou-record.jsonl", lines[0]).run().code(0);
    let ran = ran.says("“合”里的记录坏了、不全");
    // A run that changes nothing adds nothing, and one that was killed loses nothing.
    let ran = ran.again(&["build", "A", "-o", "另"]).run().code(0);
    let whole = ran.read("另/.hongtou-record.jsonl").unwrap();
    let ran = ran.again(&["build", "A", "-o", "另"]).run().code(0);
    assert!(ran.read("另/.hongtou-record.jsonl").unwrap() == whole);
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
    let run = ran.again(&["build", "A", "-o", "另"]);
    let ran = run.file("另/.hongtou-record.jsonl", &whole[..=last]).run().code(0);
    assert!(!ran.says("没有变化 2 份").err.contains("记录坏了"));
}
