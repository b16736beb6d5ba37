//! `build -f png` and `-f svg`.

use super::long;
use crate::support::{Run, SMALL};

#[test]
fn each_page_becomes_a_file() {
    let ran = Run::new()
        .file("通知.yaml", long(12))
        .args(&["build", "通知.yaml", "-f", "png", "--ppi", "36"])
        .run()
        .code(0)
        .says("已生成 通知-1.png 至 通知-4.png，共 4 页");
    assert_eq!(
        ran.left(),
        ["通知-1.png", "通知-2.png", "通知-3.png", "通知-4.png", "通知.yaml"]
    );
    let page = tiny_skia::Pixmap::decode_png(&ran.read("通知-1.png").unwrap()).unwrap();
    assert_eq!((page.width(), page.height()), (298, 421));
    let red = page.pixels().iter().filter(|it| it.red() > 200 && it.green() < 80).count();
    assert!(red > 100, "the head is red");
}

#[test]
fn one_page_alone_goes_to_a_file_or_a_pipe() {
    let build = |args: &[&str]| {
        Run::new()
            .file("通知.yaml", long(12))
            .args(&["build", "通知.yaml"])
            .args(args)
            .run()
    };
    let ran = build(&["-f", "svg", "--page", "2"]).code(0);
    assert_eq!(ran.left(), ["通知-2.svg", "通知.yaml"]);
    let svg = String::from_utf8(ran.read("通知-2.svg").unwrap()).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("595.2"), "{}", &svg[..200]);
    let piped = build(&["-f", "png", "--page", "2", "-o", "-"]).code(0);
    assert!(piped.out.starts_with(b"\x89PNG"));
    let named = build(&["-f", "png", "--page", "1", "-o", "图/样子.png"]);
    assert!(named.code != 0 || named.read("图/样子-1.png").is_some());
    build(&["-f", "png", "-o", "-"]).code(2).says("--page 1");
}

#[test]
fn what_images_do_not_take_is_refused() {
    for (args, told) in [
        (&["-f", "png", "--page", "9"][..], "没有第 9 页，一共 1 页"),
        (&["--ppi", "100"], "--ppi 要同 -f png 一起用"),
        (&["-f", "svg", "--ppi", "100"], "--ppi 要同 -f png 一起用"),
        (&["--page", "1"], "--page 要同 -f png 一起用"),
        (&["-f", "png", "--ppi", "9"], "--ppi"),
        (&["-f", "gif"], "可用的有：pdf、png、svg"),
        (&["-f", "png", "--copies", "1-2", "--separate"], "--separate"),
    ] {
        let run =
            Run::new().file("通知.yaml", SMALL).args(&["build", "通知.yaml"]).args(args);
        let ran = run.run();
        assert!(ran.code > 0);
        let ran = ran.says(told);
        assert_eq!(ran.left(), ["通知.yaml"]);
    }
}

#[test]
fn no_image_replaces_what_the_notice_uses_or_what_is_none() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    let build = ["build", "通知.yaml", "-f", "svg", "-q"];
    let picture = SMALL.replace("正文: 请结合", "正文: [图片: 通知-1.svg]\n附注: 请结合");
    let seal = "机关: {名称: 云岭市总工会, 印章: 通知-1.svg}\n";
    for (notice, workspace) in [(picture.as_str(), ""), (SMALL, seal)] {
        let run = Run::new().file("通知.yaml", notice).file("通知-1.svg", svg);
        let ran = run.file("hongtou.yaml", workspace).args(&build).run().code(2);
        let ran = ran.says("“通知-1.svg”是这份通知用到的图片，没有盖掉");
        assert_eq!(ran.read("通知-1.svg").unwrap(), svg.as_bytes());
    }
    for (name, kind) in [("通知-1.svg", "svg"), ("通知-1.png", "png")] {
        let run = Run::new().file("通知.yaml", SMALL).file(name, "hello");
        let args = ["build", "通知.yaml", "-f", kind, "-q"];
        let ran = run.args(&args).run().code(2).says("图片，没有盖掉");
        assert_eq!(ran.read(name).unwrap(), b"hello");
        // Images of an earlier run are written again.
        std::fs::remove_file(ran.folder().join(name)).unwrap();
        let ran = ran.again(&args).run().code(0).again(&args).run().code(0);
        assert_eq!(ran.err, "");
    }
}
