#!/usr/bin/env python3
"""Runs hongtou beside Typst's own compilers on the same filled sources and fonts, in one run.

Needs `typst` (cargo install typst-cli --version 0.15.1) on PATH or in TYPST, and the wheel
(pip install typst). Prints a Markdown table. Use: benches/peers.py [ROUNDS]
"""
import os, resource, statistics, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "fonts"
OURS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "hongtou"
TYPST = os.environ.get("TYPST", "typst")


def run(*command):
    """Seconds of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def cold(folder, out, rounds):
    """Both programs in turn, pair by pair: the medians, and that of the ratios."""
    ours = lambda i: run(OURS, "build", folder / f"{i:03}.yaml", "-o", out / "a.pdf")
    theirs = lambda i: run(TYPST, "compile", "--root", folder, "--font-path", FONTS,
                           "--ignore-system-fonts", folder / f"{i:03}.typ", out / "b.pdf")
    ours(0), theirs(0)
    pairs = [(ours(i), theirs(i)) for i in range(rounds)]
    return medians(pairs)


def wheel_ms(folder):
    """Milliseconds a notice of one reused compiler of the wheel, over distinct notices."""
    import typst
    compiler = typst.Compiler(root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True)
    times = []
    for path in sorted(folder.glob("*.typ")):
        if path.name == "faces.typ":
            continue
        start = time.perf_counter()
        compiler.compile(str(path))
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def ours_ms():
    command = ["cargo", "bench", "--quiet", "--bench", "warm"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()[-1])


def warm(folder):
    wheel = lambda: float(subprocess.run([sys.executable, __file__, "--wheel", str(folder)], check=True,
                                         capture_output=True, text=True).stdout)
    ours_ms()
    return medians([(ours_ms(), wheel()) for _ in range(5)])


def medians(pairs):
    ours, theirs = zip(*pairs)
    return statistics.median(ours), statistics.median(theirs), statistics.median(a / b for a, b in pairs)


def peak(out):
    """Largest resident memory of one build, in MB."""
    if os.fork() == 0:
        run(OURS, "build", ROOT / "examples/年度培训计划.yaml", "-o", out / "c.pdf")
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        (out / "peak").write_text(str(used))
        os._exit(0)
    os.wait()
    return float((out / "peak").read_text())


def main():
    if len(sys.argv) > 2 and sys.argv[1] == "--wheel":
        print(wheel_ms(Path(sys.argv[2])))
        return
    subprocess.run(["cargo", "build", "--release", "--quiet"], check=True, cwd=ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        folder, out = Path(temporary) / "sources", Path(temporary) / "out"
        out.mkdir()
        dump = ["cargo", "bench", "--quiet", "--bench", "warm", "--", "--dump", str(folder)]
        subprocess.run(dump, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        a, b, ratio = cold(folder, out, int(sys.argv[1]) if len(sys.argv) > 1 else 20)
        print("| one six-page notice | hongtou | Typst | ratio |\n| --- | --- | --- | --- |")
        print(f"| cold process, beside `typst compile` | {a * 1000:.1f} ms | {b * 1000:.1f} ms | {ratio:.2f} |")
        a, b, ratio = warm(folder)
        print(f"| warm, one thread, beside the wheel's reused compiler | {a:.1f} ms | {b:.1f} ms | {ratio:.2f} |")
        print(f"| peak memory of one build | {peak(out):.0f} MB | | |")


main()
