using System.Collections.Immutable;

namespace Etude.Music.Representations;

/// <summary>A score as tokens.</summary>
/// <param name="Tokens">Token ids of the representation's vocabulary; no start or end token.</param>
/// <param name="Losses">What of the score is not, or not as written, in the tokens.</param>
public sealed record TokenEncoding(ImmutableArray<int> Tokens, EncodingLosses Losses);
