using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>A stretch of a score and the chord heard in it.</summary>
/// <param name="Onset">Where the stretch begins.</param>
/// <param name="Duration">How long it is.</param>
/// <param name="Chord">The chord; null where too little sounds or nothing fits.</param>
/// <param name="Fit">Cosine of the stretch's pitch classes and the chord's, 0 to 1; 0 where no chord is named.</param>
public readonly record struct ChordSpan(Tick Onset, Tick Duration, Chord? Chord, double Fit);
