#!/usr/bin/env python3
"""Checks the documentation against the lab.

    documentation_test.py ROOT [PAGE...]

Runs every command of a fenced block. Each must end with exit code 0, or with the code in the comment
behind it: `# exit code 1`. If a block shows output (its commands begin with `$`), each line of it must
be in the real output, up to numbers. Blocks of C++ that begin with `// my/cell.hpp` become that file.

The commands of a section run in their order, in a temporary directory of the section. Sections run at
the same time, as many as there are cores; one whose commands name a file that an earlier section of
the page shows goes on in the directory of that one.

In running text, an option of `./lab COMMAND` must be in that command's help, and a path must exist.

A long command is given less work: see SHORTER. Commands that cannot be run here are in ELSEWHERE,
with the test that runs them. Every other command is run: nothing is skipped silently.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

SHORTER = [
    # A night that must find something does so in its first seconds; one of a user's cell that must pass
    # takes all searches.
    (r"--minutes \d+(?= .*# exit code 1)", "--minutes 0.3"),
    (r"--minutes \d+(?= .*--subject)", "--minutes 0.5"),
    (r"--minutes \d+(?![\d.])", "--minutes 0.1"),
    (r"--seconds \S+", "--seconds 2"),
    # With less than 300 seconds the searches are those with up to two producers, which end by themselves.
    (r"lab relacy(?= --subject)", "lab relacy --seconds 240"),
    (r"--resume (\S+) --duration \S+", r"--resume \1 --duration 4s"),
    (r"(--fault \S+) --duration \S+", r"\1 --duration 120s --until-found"),
    (r"--duration (?!4s|120s)\S+", "--duration 1s"),
    # A benchmark only has to start, and not to fail within two seconds.
    (r"^(build/release/bin/\w+_benchmark[^#]*)", r"timeout 2 \1 || [ $? = 124 ]"),
    # A fault that real threads show without meeting at a moment, by a wake from inside a clone.
    (r"lab detect --out", "lab detect --seconds-per-fault 30 --fault skip-contended-wake --out"),
]
ELSEWHERE = {
    "./lab test": "it is what runs this",
    "docker": "no engine here: .github/workflows/nightly.yml; the image itself: lab.image",
    "reports/nightly/cluster/": "cluster.shards",
    "AWLAB_MACHINES=": "cluster.shards, on one machine",
    "sed \"s/SEED/": "no cluster here; cluster.shards reads the file",
    "kubectl": "no cluster here",
    "sysctl": "it changes the machine",
}
# A shortened run may not finish all its searches, its real threads may not meet, and the night after
# it may lose some of its searches. The output that the page shows is not required of it then.
ALSO_FINE = [(r"lab (nightly|stress) ", 3), (r"lab report diff", 1)]
TIME_LIMIT_S = 600


def blocks(page):
    """Yields (section, language, lines) of each fenced block. A section is under a heading of the second
    level; its name is that of the page and the heading."""
    section, language, lines = page.name, None, []
    for line in page.read_text().splitlines():
        if language is None and line.startswith("## "):
            section = f"{page.name}, {line[3:]}"
        if not line.startswith("```"):
            lines.append(line)
        elif language is None:
            language, lines = line[3:].strip(), []
        else:
            yield section, language, lines
            language, lines = None, []


def commands(lines):
    """The commands of a block, each with the lines of output that it shows, or None."""
    shown = any(line.startswith("$ ") for line in lines)
    found = []
    continued = False
    for line in lines:
        if continued:
            found[-1][0] += " " + line.strip()
        elif shown and not line.startswith("$ "):
            found[-1][1].append(line)
            continue
        elif line.strip():
            found.append([line.removeprefix("$ "), [] if shown else None])
        continued = bool(found) and found[-1][0].endswith("\\")
        if continued:
            found[-1][0] = found[-1][0].removesuffix("\\").rstrip()
    return found


def file_of(language, lines):
    """The name of the file that a block shows, or None."""
    name = re.match(r"// (\S+\.hpp)$", lines[0]) if language == "cpp" and lines else None
    return name[1] if name else None


def parts(pages):
    """The blocks of the pages, each with its section, in lists that need nothing of each other."""
    found = []
    for page in pages:
        part_of = {}  # by the section
        shown_in = {}  # the section, by the file that it shows
        for section, language, lines in blocks(page):
            if name := file_of(language, lines):
                shown_in[name] = section
            named = [shown for file, shown in shown_in.items() if file in "\n".join(lines)]
            if section not in part_of:
                part_of[section] = part_of[named[0]] if named and named[0] != section else []
                if not part_of[section]:
                    found.append(part_of[section])
            part_of[section].append((section, language, lines))
    return found


def alike(line):
    return re.sub(r"\d+(\.\d+)?", "#", " ".join(line.split()))


class Part:
    """Runs the commands of some blocks in a directory of its own."""

    def __init__(self, root, scratch):
        self.scratch, self.failures = scratch, 0
        # Like a checkout, but output files land here.
        for entry in root.iterdir():
            if entry.name not in ("out", ".git"):
                (scratch / entry.name).symlink_to(entry)

    def fail(self, what):
        self.failures += 1
        print(f"FAILED: {what}", flush=True)

    def elsewhere(self, command):
        return next((where for start, where in ELSEWHERE.items()
                     if command.startswith(start)), None)

    def fill(self, command):
        """Replaces the word SIGNATURE of a page by the signature of a finding."""
        def first(match):
            found = sorted((self.scratch / match[1]).glob("*/schedule"))
            return str(found[0].parent.relative_to(self.scratch)) if found else match[0]
        return re.sub(r"(\S*findings)/SIGNATURE", first, command)

    def run(self, section, line, output):
        where = self.elsewhere(line.partition("  #")[0].strip())
        if where:
            print(f"{section}: {line}: {where}")
            return
        shorter = self.fill(line)
        for long, short in SHORTER:
            shorter = re.sub(long, short, shorter)
        shorter, _, comment = shorter.partition("  #")
        wanted = re.search(r"exit code (\d)", comment)
        code = int(wanted[1]) if wanted else 0
        start = time.monotonic()
        ended = subprocess.run(["bash", "-c", shorter], cwd=self.scratch, stdin=subprocess.DEVNULL,
                               capture_output=True, text=True, timeout=TIME_LIMIT_S)
        print(f"{section}: {shorter}: {time.monotonic() - start:.0f} s", flush=True)
        if code == 0 and any(ended.returncode == also and re.search(what, shorter)
                             for what, also in ALSO_FINE):
            print(f"{section}: exit code {ended.returncode}: made short", flush=True)
            return
        if ended.returncode != code:
            self.fail(f"{shorter}: exit code {ended.returncode}, not {code}\n"
                      f"{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
        said = {alike(line) for line in (ended.stdout + ended.stderr).splitlines()}
        for line in output or []:
            if line.strip() not in ("", "...") and alike(line) not in said:
                self.fail(f"{shorter}: it does not say: {line}\n{ended.stdout[-3000:]}")

    def run_all(self, part):
        for section, language, lines in part:
            if name := file_of(language, lines):
                file = self.scratch / name
                file.parent.mkdir(exist_ok=True)
                file.write_text("\n".join(lines) + "\n")
            elif language in ("sh", "console"):
                for command, output in commands(lines):
                    self.run(section, command, output)


def run_part(root, part):
    """Returns the number of failures."""
    scratch = pathlib.Path(tempfile.mkdtemp())
    try:
        running = Part(root, scratch)
        running.run_all(part)
        return running.failures
    finally:
        shutil.rmtree(scratch)


def check_text(root, page):
    """Checks the running text of a page. Returns the number of failures."""
    wrong = []
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    for code in re.findall(r"`([^`\n]+)`", text):
        if lab := re.match(r"\./lab ([a-z]+)(.*)", code):
            help_text = subprocess.run([root / "lab", "help", lab[1]], capture_output=True, text=True,
                                       check=True).stdout
            if not help_text and lab[1] != "help":
                wrong.append(f"there is no ./lab {lab[1]}")
            wrong += [f"the help of ./lab {lab[1]} has no {option}"
                      for option in re.findall(r"--[a-z-]+", lab[2]) if option not in help_text]
        elif re.fullmatch(r"(core|fuzz|relacy|stress|reports|\.ci|\.lab)/[\w./-]*", code):
            if not (root / code).exists():
                wrong.append(f"there is no {code}")
    for what in wrong:
        print(f"FAILED: {page.name}: {what}", flush=True)
    return len(wrong)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    pages = [root / page for page in sys.argv[2:]]
    if not pages:
        tracked = subprocess.run(["git", "-C", root, "-c", f"safe.directory={root}", "ls-files", "*.md"],
                                 capture_output=True, text=True, check=True)
        pages = [root / page for page in tracked.stdout.split()]
    failures = sum(check_text(root, page) for page in pages)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failures += sum(pool.map(lambda part: run_part(root, part), parts(pages)))
    print(f"{len(pages)} pages, {failures} failures")
    return 1 if failures or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
