using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>What was read from ABC text.</summary>
/// <param name="Score">The music, repeats played out, 480 ticks to the quarter note; one track a voice.</param>
/// <param name="Remarks">What is odd or was left out, each with its line and column: a bar of the wrong length, grace notes, voices that end apart.</param>
public sealed record AbcReading(Score Score, ImmutableArray<string> Remarks);
