"""What a process costs. Whoever asks should be small: a process's memory counts from that of the one it came from."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cost:
    """A whole process, start and imports included."""

    processor: float  # seconds
    wall: float  # seconds
    megabytes: float  # at the peak

    def __str__(self) -> str:
        return f"{self.processor:6.1f} s of processor time, {self.wall:6.1f} s in all, {self.megabytes:5.0f} MB"


@dataclass(frozen=True)
class Seconds:
    """Seconds of several rounds."""

    rounds: tuple[float, ...]

    def __str__(self) -> str:
        return f"{median(self.rounds):.2f} s, at worst {max(self.rounds):.2f} s"


def cost(*arguments: str | Path) -> Cost:
    """Run Python with these arguments in the project and wait for it; where it fails, stop with what it said."""
    start = time.perf_counter()
    command = [sys.executable, *map(str, arguments)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{said.decode()}")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024)


def additions() -> float:
    """Return the seconds of twenty million additions: how fast the machine is while other things are measured."""
    start, total = time.perf_counter(), 0
    for number in range(20_000_000):
        total += number
    return time.perf_counter() - start
