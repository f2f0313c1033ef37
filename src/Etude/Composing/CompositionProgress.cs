using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>What has been composed since the last report.</summary>
/// <param name="NewNotes">Notes that are settled and were not reported before, in ticks of <paramref name="TicksPerQuarter"/>.</param>
/// <param name="TicksPerQuarter">The resolution of the notes.</param>
/// <param name="Share">How much of the asked-for length stands, 0 to 1.</param>
public readonly record struct CompositionProgress(ImmutableArray<Note> NewNotes, int TicksPerQuarter, double Share);
