"""MIDI parsing by mido: arguments are a folder and a file to which the names of the readable MIDI files in it are written."""

import io
import pathlib
import sys

import mido

import speed

MOST_BYTES = 1_000_000

folder, listing = sys.argv[1:]
files, total = [], 0
for path in sorted(pathlib.Path(folder).rglob("*.mid")):
    data = path.read_bytes()
    try:
        mido.MidiFile(file=io.BytesIO(data))
    except Exception:  # mido refuses damaged files in many ways; such a file is left out on both sides
        continue
    files.append((path, data))
    total += len(data)
    if total >= MOST_BYTES:
        break
pathlib.Path(listing).write_text("".join(f"{path.resolve()}\n" for path, _ in files), encoding="utf-8")


def parse():
    for _, data in files:
        mido.MidiFile(file=io.BytesIO(data))


version = getattr(mido, "version_info", None) or "?"
speed.serve(f"mido {version}, {len(files)} files, {total} bytes", {"midi-parse": lambda: (total / 1e6, parse)})
