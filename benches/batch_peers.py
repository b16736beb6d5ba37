#!/usr/bin/env python3
"""Runs hongtou's batch beside other compilers on notices of the same content, in one run.

Prints a Markdown table. Peers that are not installed are left out: `typst` (cargo install
typst-cli --version 0.15.1) on PATH or in TYPST, the wheel (pip install typst), xelatex with
xeCJK, soffice. The slow ones are timed on fewer notices. The machine may be shared: hongtou runs
before and after each peer, and the mean of the two is set beside it. A release build is made first.
Use: benches/batch_peers.py [COUNT] [--long]; --long adds 20,000 short notices (memory).
"""
import json, os, shutil, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
OURS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "hongtou"
TYPST = os.environ.get("TYPST", "typst")
PAGES = 6
SLOW = 20  # notices of a peer that starts a process for each
SOME = 200  # soffice takes 248 at most, and says nothing of the rest
BESIDE = 400  # our notices before and after a peer


def run(*command, **options):
    """Seconds of a whole process, and its largest resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, **options)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(map(str, command))}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def sources(folder, count, *kind):
    command = ["cargo", "bench", "--quiet", "--bench", "batch", "--", folder, count, *kind]
    subprocess.run(list(map(str, command)), check=True, cwd=ROOT)


def ours(folder, out, *options):
    return run(OURS, "build", folder / "yaml", "-o", out, "-q", *options)


def wheel(folder, count):
    """Seconds of one reused compiler of the wheel over the notices, one after the other."""
    code = ("import sys, pathlib, typst\n"
            "root, fonts = sys.argv[1:3]\n"
            "c = typst.Compiler(root=root, font_paths=[fonts], ignore_system_fonts=True)\n"
            "for p in sorted(pathlib.Path(root).glob('[0-9]*.typ')): c.compile(str(p))\n")
    return run(sys.executable, "-c", code, folder / "typ", FONTS)[0] / count


def each(names, command):
    names = names[:SLOW]
    return sum(run(*command(name))[0] for name in names) / len(names)


def peers(folder, out, count):
    """The peers' names, what makes their seconds a notice, and the ratio asked."""
    typ, tex, odt = (sorted((folder / kind).glob(f"[0-9]*.{kind}")) for kind in ("typ", "tex", "fodt"))
    try:
        import typst  # noqa: F401
        yield "the `typst` wheel, one reused compiler", lambda: wheel(folder, count), 0.55
    except ImportError:
        pass
    if shutil.which(TYPST):
        yield "`typst compile`, a process each", lambda: each(typ, lambda it: (
            TYPST, "compile", "--root", folder / "typ", "--font-path", FONTS,
            "--ignore-system-fonts", it, out / "a.pdf")), 0.2
    if shutil.which("xelatex"):
        yield "XeLaTeX, a process each", lambda: each(tex, lambda it: (
            "xelatex", "-interaction=batchmode", f"-output-directory={out}", it)), 0.02
    if shutil.which("soffice"):
        odt = odt[:SOME]
        convert(odt[:1], "pdf", out)  # its profile is made
        name = "LibreOffice, a folder in one process"
        yield f"{name}, OpenDocument", lambda: convert(odt, "pdf", out), 0.05
        convert(odt, "docx", out)
        yield f"{name}, .docx", lambda: convert(sorted(out.glob("*.docx")), "pdf", out), 0.05


def convert(names, kind, out):
    """Seconds a notice of LibreOffice with our faces."""
    faces = out / "fonts.conf"
    faces.write_text(f"<fontconfig><dir>{FONTS}</dir><cachedir>{out}/cache</cachedir></fontconfig>")
    seconds, _ = run("soffice", "--headless", "--convert-to", kind, "--outdir", out, *names,
                     env={**os.environ, "FONTCONFIG_FILE": str(faces)})
    made = [out / (name.stem + "." + kind) for name in names]
    assert all(it.exists() for it in made), "LibreOffice left some out"
    return seconds / len(names)


def beside(folder, out):
    """Seconds a notice of ours, now."""
    some = folder / "some/yaml"
    if not some.exists():
        some.mkdir(parents=True)
        for path in sorted((folder / "yaml").glob("*.yaml"))[:BESIDE]:
            shutil.copy(path, some)
    seconds, _ = ours(some.parent, out / "some", "-j", "2", "--force")
    return seconds / len(list(some.iterdir()))


def pages(folder, out):
    """How many pages a notice has."""
    report = out / "report.json"
    run(OURS, "build", folder / "yaml/00000.yaml", "-o", out / "first", "--report", report)
    return json.loads(report.read_text())["files"][0]["pages"]


def main():
    arguments = [it for it in sys.argv[1:] if not it.startswith("--")]
    count = int(arguments[0]) if arguments else 2000
    subprocess.run(["cargo", "build", "--release", "--quiet"], check=True, cwd=ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        folder, out = Path(temporary) / "sources", Path(temporary) / "out"
        (out / "peers").mkdir(parents=True)
        sources(folder, count)
        assert pages(folder, out) == PAGES
        one, _ = ours(folder, out / "one", "-j", "1")
        both, memory = ours(folder, out / "both", "-j", "2")
        idle, _ = ours(folder, out / "both", "-j", "2")
        (folder / "yaml/00000.yaml").open("a").write("\n")
        single, _ = ours(folder, out / "both", "-j", "2")
        print(f"| {count} six-page notices, two threads | |\n| --- | --- |")
        print(f"| per notice | {both / count * 1000:.2f} ms |")
        print(f"| one thread ÷ two threads | {one / both:.2f} |")
        print(f"| nothing changed | {idle:.2f} s, {idle / both * 100:.1f} % of the full build |")
        print(f"| one changed | {single:.2f} s |")
        print(f"| peak memory | {memory:.0f} MB |\n")
        print("| beside | theirs, a notice | ours | ratio | asked |\n| --- | --- | --- | --- | --- |")
        for name, peer, asked in peers(folder, out / "peers", count):
            before, theirs, after = beside(folder, out), peer(), beside(folder, out)
            mean = (before + after) / 2
            print(f"| {name} | {theirs * 1000:.1f} ms | {mean * 1000:.1f} ms | {mean / theirs:.3f} | {asked} |")
        merged(folder, out)
        if "--long" in sys.argv:
            for many in (2000, 20000):
                short = Path(temporary) / f"short{many}"
                sources(short, many, "short")
                seconds, used = ours(short, short / "out")
                shutil.rmtree(short)
                print(f"\n{many} short notices, a table and a picture each: {seconds:.0f} s, {used:.0f} MB")


def merged(folder, out):
    """A merge of 5,000 rows from the same notice, beside the batch."""
    rows = 5000
    notice = folder / "merge.yaml"
    notice.write_text((folder / "yaml/00001.yaml").read_text().replace("0001。", "{{ 号 }}。"))
    (folder / "roster.csv").write_text("号\n" + "".join(f"{row:04}\n" for row in range(rows)))
    before = beside(folder, out)
    seconds, memory = run(OURS, "merge", notice, "--data", folder / "roster.csv", "--name", "{{ 号 }}.pdf",
                          "-o", out / "merged", "-q", "-j", "2")
    batch = (before + beside(folder, out)) / 2
    print(f"\nmerge of {rows} rows: {seconds / rows * 1000:.2f} ms a row, "
          f"{seconds / rows / batch:.2f} of the batch; {memory:.0f} MB")


main()
