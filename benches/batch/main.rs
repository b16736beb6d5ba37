//! What `benches/batch_peers.py` runs on: distinct notices as hongtou reads them and as other
//! compilers do.
//!
//! `cargo bench --bench batch -- FOLDER COUNT` writes the six-page reference notice COUNT times
//! into `FOLDER/yaml`, a number of its own in each sentence; the filled Typst sources into
//! `FOLDER/typ`; the same texts as XeLaTeX into `FOLDER/tex`; the notice with its faces, tables
//! and page numbers as flat OpenDocument into `FOLDER/fodt`. `-- FOLDER COUNT short` writes short
//! notices, each with a table and a picture of its own, into `FOLDER/yaml` only.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a tool of the bench")]

mod distinct;
mod office;

use std::fs;
use std::path::Path;

use distinct::distinct;
use hongtou::notice::{Node, Value, read_tree, source::Source};
use hongtou::pipeline::{Input, Options, Workshop};
use hongtou::template::{Adjustment, FILES};

fn main() {
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").collect();
    let [_, folder, count, rest @ ..] = args.as_slice() else { return };
    let (folder, count) = (Path::new(folder), count.parse().unwrap());
    match rest.first().map(String::as_str) {
        Some("short") => short(folder, count),
        _ => long(folder, count),
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn short(folder: &Path, count: usize) {
    for i in 0..count {
        let at = |name: String| folder.join("yaml").join(name);
        let text = format!(
            "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕{}号\n标题: 关于报送第{i}期情况的通知\n主送: 各县（区）总工会\n正文:\n  - 请于3月20日前报送第{i}期情况。\n  - 表格: {{数据: {i}.csv}}\n  - 图片: {i}.svg\n成文日期: 2026-03-05\n",
            i + 1
        );
        write(&at(format!("{i:06}.yaml")), &text);
        write(&at(format!("{i}.csv")), &format!("序号,人次\n1,{i}\n"));
        let width = 20 + i % 50;
        write(
            &at(format!("{i}.svg")),
            &format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"9\"/><!--{i}-->"
            ),
        );
    }
}

fn long(folder: &Path, count: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("examples/年度培训计划.yaml")).unwrap();
    let workshop = Workshop::open(&Options::default()).unwrap();
    for (name, text) in FILES.iter().filter(|(name, _)| name.ends_with(".typ")) {
        write(&folder.join("typ").join(name), text);
    }
    for i in 0..count {
        let text = distinct(&text, i);
        write(&folder.join(format!("yaml/{i:05}.yaml")), &text);
        let input = Input {
            name: String::new(),
            bytes: text.clone().into(),
            folder: folder.into(),
        };
        let notice = workshop.check(&input, &Default::default()).notice.unwrap();
        let filled = workshop.fill(&notice, None, Adjustment::NONE).unwrap();
        write(&folder.join("typ/faces.typ"), &filled.faces);
        write(&folder.join(format!("typ/{i:05}.typ")), &filled.main);
        let lines = lines(&text.replace("{{ 年度 }}", "2026"));
        write(&folder.join(format!("tex/{i:05}.tex")), &tex(&lines, &root.join("fonts")));
        write(&folder.join(format!("fodt/{i:05}.fodt")), &office::document(&notice));
    }
}

/// All texts of a notice in order, a paragraph each.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    collect(&read_tree(&Source::new("", text)).unwrap().unwrap(), &mut lines);
    lines
}

fn collect(node: &Node, lines: &mut Vec<String>) {
    match &node.value {
        Value::Map(entries) => {
            entries.iter().for_each(|(_, value)| collect(value, lines));
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, lines)),
        value => {
            let text = value.as_text().unwrap_or_default();
            lines.extend(
                text.lines().map(|line| line.trim_start_matches(['#', ' ']).to_owned()),
            );
        }
    }
}

fn tex(lines: &[String], fonts: &Path) -> String {
    let escape =
        |line: &String| line.replace('%', "\\%").replace('&', "\\&").replace('_', "\\_");
    let body: Vec<String> = lines.iter().map(escape).collect();
    format!(
        "\\documentclass[a4paper]{{article}}\n\\usepackage[margin=28mm]{{geometry}}\n\\usepackage{{xeCJK}}\n\\setCJKmainfont[Path={}/]{{GWFangSong-Regular.ttf}}\n\\begin{{document}}\\fontsize{{16}}{{30}}\\selectfont\n{}\n\\end{{document}}\n",
        fonts.display(),
        body.join("\n\n")
    )
}
