"""What the checks under dev/ share: which files are the project's own, Swift text without its comments, and verdicts."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def files(*suffixes):
    """The project's files, tracked or new but not ignored, as paths relative to the root; all of them or by suffix."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout
    names = sorted({name for name in listing.split("\0") if name})
    paths = [pathlib.PurePosixPath(name) for name in names if not suffixes or name.endswith(suffixes)]
    return [path for path in paths if (ROOT / path).is_file()]


def swift_files():
    """The Swift files that people write: all but the generated ones."""
    return [path for path in files(".swift") if "Generated" not in path.parts]


def text(path):
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def line_of(content, offset):
    return content.count("\n", 0, offset) + 1


def finish(name, problems):
    """Prints every problem and ends the check: exit code 1 if there is any."""
    for problem in problems:
        print(f"{name}: {problem}")
    if problems:
        print(f"{name}: {len(problems)} found")
    sys.exit(1 if problems else 0)


def code_only(swift):
    """Swift text in which comments and string literals are blank; every line and column stays where it was."""
    result, index = list(swift), 0
    while index < len(swift):
        end = literal_end(swift, index)
        if end > index:
            for position in range(index, end):
                if result[position] != "\n":
                    result[position] = " "
            index = end
        else:
            index += 1
    return "".join(result)


def literal_end(swift, start):
    """Where the comment or string literal that begins at an offset ends; the offset itself if none begins there."""
    if swift.startswith("//", start):
        end = swift.find("\n", start)
        return len(swift) if end < 0 else end
    if swift.startswith("/*", start):
        return comment_end(swift, start)
    if swift[start] in '#"':
        opening = re.compile(r'(#*)("""|")').match(swift, start)
        if opening:
            return string_end(swift, opening.end(), hashes=opening[1], quotes=opening[2])
    return start


def comment_end(swift, start):
    depth = 0
    for mark in re.compile(r"/\*|\*/").finditer(swift, start):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return len(swift)


def string_end(swift, index, hashes, quotes):
    while index < len(swift):
        if swift.startswith(quotes + hashes, index):
            return index + len(quotes + hashes)
        if swift.startswith("\\" + hashes, index):
            index += 1 + len(hashes)
            index = interpolation_end(swift, index) if swift.startswith("(", index) else index + 1
        elif swift[index] == "\n" and quotes == '"':
            return index  # an unbalanced quote, as in a regular expression: give up at the end of the line
        else:
            index += 1
    return len(swift)


def interpolation_end(swift, index):
    depth = 0
    while index < len(swift):
        end = literal_end(swift, index)
        if end > index:
            index = end
            continue
        depth += {"(": 1, ")": -1}.get(swift[index], 0)
        index += 1
        if depth == 0:
            return index
    return len(swift)
