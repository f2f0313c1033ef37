"""What the peers share: measure on demand, one task name a line in, one figure a line out."""

import sys
import time

SECONDS = 1.0


def rate(amount, work):
    """Amount done per second over about a second of repetitions, as Measurement.Rate does."""
    count, start = 0, time.perf_counter()
    while True:
        work()
        count += 1
        elapsed = time.perf_counter() - start
        if elapsed >= SECONDS:
            return count * amount / elapsed


def serve(version, tasks):
    """tasks: name -> function without arguments that returns (amount, work); made at its first use."""
    print(version, flush=True)
    ready = {}
    for line in sys.stdin:
        name = line.strip()
        if name not in ready:
            ready[name] = tasks[name]()
        print(repr(rate(*ready[name])), flush=True)
