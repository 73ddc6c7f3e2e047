"""Spoilt copies of the examples, one for every seed, and what the command `juesuan` makes of them."""

from __future__ import annotations

import gc
import io
import json
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from departments import EXAMPLE, EXAMPLE_OF_2019

from generator.cli import main

TEXTS = [file.read_text(encoding="utf-8") for file in (EXAMPLE, EXAMPLE_OF_2019)]
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
CHECK_SECONDS, BUILD_SECONDS = 5, 30

# fmt: off
NASTY = (
    "", " ", "~", "null", "是", "no", "true", "-", "无", "０", "１２３．４５", "1,6247.83", "1,234", "1_000", "1e3",
    "1E400", "NaN", ".inf", "-Infinity", "10%", "12万元", "约1400", "2020-12-31", "1:30", "0x1F", "-0", "-0.01", "007",
    "1.234", "99999999999999",
    "9999999999999.99", "-9999999999999.99", "1" * 400, "{{ 7*7 }}", "{% for x in y %}", "=1+1",
    "&a", "*a", "!!int 3", "<<", "? x", "- ", "[", "]", "{", "}", "[[]]", "{a: {b: c}}", "#N/A", "#", "|", ">", "@",
    "`", "'", '"', "\\", "\t", "\n", "\r", "\r\n", "\x00", "\x07", "\x85", "\u200b", "\u2028", "\ufeff", "\ufdd0",
    "\U0001f600", "<w:p/>", "&amp;", "]]>", "../../x", "/etc/passwd", "C:\\", "CON", "填报.yaml", "x" * 25_000,
    "长" * 25_000, "ا", "e\u0301",
)
# fmt: on
"""Values that mean something to YAML, to a template, to Word, or to a person, and are not what should stand there."""
Tree = Any


def mutation(seed: int) -> tuple[str, bytes]:
    """The ending (`.yaml` or `.json`) and the content of the spoilt file of `seed`."""
    chance = random.Random(seed)
    text = chance.choice(TEXTS)
    is_yaml = chance.random() < 0.6
    if not is_yaml:
        text = json.dumps(_data(text), ensure_ascii=False, indent=1)
    spoil = chance.choice((_bytes, _bytes, _lines, _lines, _values, _values, _values, _structure, _structure, _whole))
    content = spoil(text, is_yaml, chance)
    return (".yaml" if is_yaml else ".json"), content


@cache
def _data(text: str) -> Tree:
    """The content of an example, as dicts, lists and texts."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def _bytes(text: str, is_yaml: bool, chance: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(data))
        length = chance.choice((1, 1, 3, 20))
        match chance.randrange(5):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at:at] = chance.randbytes(length)
            case 2:
                data[at:at] = chance.choice(NASTY[:60]).encode()
            case 3:
                del data[at : at + length]
            case 4:
                data[at : at + 1] = bytes([chance.choice(b"0123456789,.-:'\"{}[]#&*!|>%@ \t\n")])
    return bytes(data)


def _lines(text: str, is_yaml: bool, chance: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    for _ in range(chance.choice((1, 1, 2, 4))):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                lines[one], lines[other] = lines[other], lines[one]
            case 1:
                lines.insert(other, lines[one])
            case 2:
                del lines[one]
            case 3:
                lines[one] = chance.choice((" ", "  ", "\t", "- ", "#")) + lines[one]
            case 4:
                lines[one] = lines[one].lstrip()
            case 5:
                del lines[min(one, other) : min(one, other) + chance.randrange(1, 15)]
    return "".join(lines).encode()


def _values(text: str, is_yaml: bool, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2))):
        found = chance.choice(list(re.finditer(r"(?<=[:-] )[^\n{},]+" if is_yaml else r'(?<=: )"[^"\n]*"', text)))
        value = chance.choice(NASTY)
        if not is_yaml:
            value = chance.choice((json.dumps(value), value, "NaN", "1e5", "true", "null", "[]", "{}", "[[1]]"))
        elif chance.random() < 0.5:
            value = json.dumps(value, ensure_ascii=False)
        text = text[: found.start()] + value + text[found.end() :]
    return text.encode("utf-8", "surrogatepass")


def _structure(text: str, is_yaml: bool, chance: random.Random) -> bytes:
    data = deepcopy(_data(text))
    for _ in range(chance.choice((1, 1, 2, 3))):
        holders = list(_holders(data))
        holder = chance.choice(holders)
        key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
        match chance.randrange(6):
            case 0:
                del holder[key]
            case 1:
                holder[key] = {chance.choice(NASTY[:45]) or "x": holder[key]}
            case 2:
                holder[key] = [holder[key]]
            case 3:
                holder[key] = chance.choice((None, {}, [], [[]], {"": ""}, *NASTY))
            case 4:
                other = chance.choice(holders)
                holder[key] = deepcopy(next(iter(other.values()))) if isinstance(other, dict) and other else None
            case 5:
                if isinstance(holder, dict):
                    holder[chance.choice((str(key) + "x", f" {key}", str(key)[:-1], *NASTY[:30]))] = holder.pop(key)
                else:
                    holder.append(deepcopy(holder[key]))
    if is_yaml:
        return yaml.dump(data, Dumper=DUMPER, allow_unicode=True, sort_keys=False).encode("utf-8", "surrogatepass")
    return json.dumps(data, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _whole(text: str, is_yaml: bool, chance: random.Random) -> bytes:
    match chance.randrange(9):
        case 0:
            return text.encode(chance.choice(("gbk", "utf-16", "utf-16-le", "utf-8-sig")), "ignore")
        case 1:
            return text.replace("\n", chance.choice(("\r\n", "\r", "\t\n", " \n"))).encode()
        case 2:
            return text[: chance.randrange(len(text))].encode()
        case 3:
            return chance.randbytes(chance.randrange(2_000))
        case 4:
            opening, closing = chance.choice((("[", "]"), ('{"a":', "}"), ("- ", ""), ("? ", "")))
            depth = chance.choice((30, 100, 5_000))
            return (opening * depth + closing * depth).encode()
        case 5:
            pairs = ((",", "，"), (":", "："), ("  ", "\t"), ("0", "０"), (" ", "\u3000"))
            return text.replace(*chance.choice(pairs)).encode()
        case 6:
            seam = chance.choice((b"---\n", b"...\nx\n", b"\x00", b"}", b"%YAML 9.9\n---\n"))
            return text.encode() + seam + text.encode()
        case 7:
            return b"%TAG ! x\n--- !y\n" + text.encode()
        case _:
            return "".join(chance.sample(text.splitlines(keepends=True), 60)).encode()


def _holders(tree: Tree) -> Iterator[Tree]:
    """Every dict and list of `tree` that holds something."""
    if isinstance(tree, (dict, list)) and tree:
        yield tree
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from _holders(part)


@dataclass(frozen=True)
class Outcome:
    """The exit status of a run, and what was wrong with it: nothing, as it should be."""

    status: int | None
    faults: tuple[str, ...]


def check(file: Path) -> Outcome:
    """What `juesuan check` does with `file`."""
    return _run(["check", str(file)], CHECK_SECONDS, lambda _: [])


def build(file: Path, folder: Path, *options: str) -> Outcome:
    """What `juesuan build` does with `file`, and with `folder`, which is not there yet."""

    def left_behind(status: int | None) -> list[str]:
        endings = sorted(path.suffix for path in folder.iterdir()) if folder.exists() else []
        return [] if endings == ([".docx", ".pdf"] if status == 0 else []) else [f"wrote {endings}"]

    return _run(["build", str(file), "-o", str(folder), *options], BUILD_SECONDS, left_behind)


def _run(arguments: list[str], seconds: float, left_behind: Callable[[int | None], list[str]]) -> Outcome:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before, sys.argv = sys.argv, ["juesuan", *arguments]
    status, faults, begun = None, [], time.perf_counter()
    try:
        with redirect_stdout(out), redirect_stderr(err), _limit(4 * seconds):
            main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:
        faults.append(traceback.format_exc())
    finally:
        sys.argv = before
        gc.enable()
    took = time.perf_counter() - begun
    printed = ""
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        printed += stream.read()
    if took > seconds:
        faults.append(f"took {took:.1f} s")
    if status not in (0, 1, 2):
        faults.append(f"exit status {status}")
    return Outcome(status, (*faults, *_unreadable(printed, status, arguments[1]), *left_behind(status)))


def _unreadable(printed: str, status: int | None, file: str) -> Iterator[str]:
    """What a user could not read of `printed`."""
    other = ("    ", "── ", "已生成 ", "用时 ", "共", file)
    messages = [line for line in printed.split("\n") if not line.startswith(other)]
    if status and not any(line.startswith(("错误 ", "用法不对：")) for line in messages):
        yield "no message"
    for line in filter(None, messages):
        if not re.match(r"(错误|提醒) [A-Z]\d{3} |用法不对：", line):
            yield f"not a message: {line[:200]!r}"
        own = re.sub(r"“.*”|是不是 \S+|" + re.escape(file), "", line)
        own = re.sub(r"juesuan|Unicode|Excel|科目 \S+|“.*", "", own)
        if re.search(r"[A-Za-z]{5,}", own):
            yield f"not in Chinese: {line[:200]!r}"
        if not line.rstrip().endswith(tuple("。？：")) and "juesuan" not in line:
            yield f"without its end: {line[-200:]!r}"


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Raises `TimeoutError` in what hangs."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"still running after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
