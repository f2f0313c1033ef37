using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Midi;

/// <summary>What was read from a MIDI file.</summary>
/// <param name="Score">The music.</param>
/// <param name="Repairs">The faults that were mended, in the order they were met; empty for a clean file.</param>
public sealed record MidiReading(Score Score, ImmutableArray<MidiRepair> Repairs);
