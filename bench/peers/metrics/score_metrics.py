"""Metrics of MIDI files, written from the published formulas with numpy and mido, apart from Etude's own code.

Writes the fixture that ScoreMetricsFixtureTests compares with:
    /usr/bin/python3 score_metrics.py SHARED/data/free-piano > tests/Etude.Music.Tests/Analysis/free-piano-metrics.json

Formulas: MusPy (Dong et al. 2020) with its edge rules, MusDr (Wu and Yang 2020), Yang and Lerch (2018),
Krumhansl-Schmuckler with Krumhansl and Kessler's profiles. Where Etude sweeps over events, this builds piano rolls.
"""
import json
import math
import os
import sys

import mido
import numpy as np

SAMPLE = 50
MAJOR = np.array([1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1])
MINOR = np.array([1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0])
KK_MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88]
KK_MINOR = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17]
LENGTHS = np.array([96, 48, 24, 12, 6, 72, 36, 18, 9, 32, 16, 8])


def read(path):
    """Notes (onset, end, pitch) in ticks, the resolution, and the first meter's bar length in ticks.

    A note that ends where it begins gets one tick, as Etude's reader gives it; MusPy leaves it empty.
    """
    midi = mido.MidiFile(path)
    notes, meters = [], []
    for track in midi.tracks:
        now, sounding = 0, {}
        for message in track:
            now += message.time
            if message.type == "time_signature":
                meters.append((now, message.numerator, message.denominator))
            elif message.type == "note_on" and message.velocity > 0:
                sounding.setdefault((message.channel, message.note), []).append(now)
            elif message.type in ("note_on", "note_off"):
                waiting = sounding.get((message.channel, message.note))
                if waiting:
                    begun = waiting.pop(0)
                    notes.append((begun, max(now, begun + 1), message.note))
        for (_, pitch), waiting in sounding.items():
            notes += [(onset, now, pitch) for onset in waiting]
    notes.sort(key=lambda note: (note[0], note[2], note[1]))
    resolution = midi.ticks_per_beat
    _, numerator, denominator = min(meters, key=lambda meter: meter[0], default=(0, 4, 4))
    return np.array(notes), resolution, 4 * resolution * numerator // denominator


def entropy(counts):
    p = counts[counts > 0] / counts.sum()
    return float(-(p * np.log2(p)).sum())


def metrics(path):
    notes, resolution, bar = read(path)
    onset, end, pitch = notes.T
    length = int(end.max())
    roll = np.zeros((length, 128), bool)
    for a, b, p in notes:
        roll[a:b, p] = True
    together = roll.sum(1)
    pitches = np.bincount(pitch, minlength=128)
    classes = np.bincount(pitch % 12, minlength=12)

    def empty(cell):
        filled = np.zeros(length // cell + 1, bool)
        for a, b, _ in notes:
            filled[a // cell : b // cell + 1] = True
        return 1 - filled.mean()

    def grooves(step_ticks, last):
        steps = round(bar / step_ticks)
        places = np.round(onset / step_ticks).astype(int)
        rows = np.zeros((last // bar + 1 if last is not None else places.max() // steps + 1, steps), bool)
        rows[places // steps, places % steps] = True
        return rows

    def neighbours(rows):
        return 1 - (rows[1:] != rows[:-1]).sum() / (rows.shape[1] * (len(rows) - 1)) if len(rows) > 1 else math.nan

    def all_pairs(rows):
        pairs = [(rows[i] != rows[j]).mean() for i in range(len(rows)) for j in range(i)]
        return 1 - float(np.mean(pairs)) if pairs else math.nan

    def entropy_of_bars(count):
        rows = np.zeros((onset.max() // bar + 1, 12))
        np.add.at(rows, (onset // bar, pitch % 12), 1)
        count = min(count, len(rows))
        sums = [rows[i : i + count].sum(0) for i in range(len(rows) - count + 1)]
        return float(np.mean([entropy(s) for s in sums if s.sum() > 0]))

    sounding = np.zeros(12)  # note by note, so that a unison of two parts weighs twice
    np.add.at(sounding, pitch % 12, end - onset)
    correlations = [
        (np.corrcoef(np.roll(sounding, -tonic), profile)[0, 1], tonic, minor)
        for minor, profile in ((False, KK_MAJOR), (True, KK_MINOR))
        for tonic in range(12)
    ]
    correlation, tonic, minor = max(correlations, key=lambda c: c[0])
    kinds = np.abs(LENGTHS[None, :] - 24 * (end - onset)[:, None] / resolution).argmin(1)
    steps = np.zeros((12, 12))
    np.add.at(steps, (pitch[:-1] % 12, pitch[1:] % 12), 1)
    return {
        "pitch range": int(pitch.max() - pitch.min()),
        "pitches used": int((pitches > 0).sum()),
        "pitch classes used": int((classes > 0).sum()),
        "pitch entropy": entropy(pitches),
        "pitch-class entropy": entropy(classes),
        "pitch in C major rate": float(classes[MAJOR == 1].sum() / classes.sum()),
        "pitch in C minor rate": float(classes[MINOR == 1].sum() / classes.sum()),
        "scale consistency": float(max(classes[np.roll(s, t) == 1].sum() for s in (MAJOR, MINOR) for t in range(12)) / classes.sum()),
        "polyphony": float(together.sum() / (together > 0).sum()),
        "polyphony rate": float((together > 2).mean()),
        "silence rate": float((together == 0).mean()),
        "empty beat rate, MusPy": float(empty(resolution)),
        "empty measure rate, MusPy": float(empty(bar)),
        "groove consistency": float(neighbours(grooves(1, length))),
        "grooving similarity": all_pairs(grooves(resolution / 4, None)),
        "pitch-class entropy of 1 bar": entropy_of_bars(1),
        "pitch-class entropy of 4 bars": entropy_of_bars(4),
        "average pitch interval": float(np.abs(np.diff(pitch)).mean()),
        "average inter-onset interval": float(np.diff(onset).mean() / resolution),
        "quarter notes": float((kinds == 2).mean()),
        "G to C": float(steps[7, 0] / steps.sum()),
        "key": int(tonic + 12 * minor),
        "key correlation": float(correlation),
    }


def main(root):
    with open(os.path.join(root, "train.txt"), encoding="utf-8") as listing:
        names = listing.read().split("\n")
    names = [name for name in names if name]
    chosen = [names[i * len(names) // SAMPLE] for i in range(SAMPLE)]
    values = {name: {k: round(v, 10) for k, v in metrics(os.path.join(root, name)).items()} for name in chosen}
    json.dump(values, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
