namespace Etude.Models;

/// <summary>Tells layers that need it when the music is at each token, from the tokens read so far alone.</summary>
public interface ITokenTimes
{
    /// <summary>The values of a state, which a network keeps for each sequence.</summary>
    int StateLength { get; }

    /// <summary>Reads the next token.</summary>
    /// <param name="token">The token; the boundary between pieces passes no time.</param>
    /// <param name="state">Zeros at the start of a piece; taken on.</param>
    /// <returns>The time in bars from the start of the piece.</returns>
    float Read(int token, Span<float> state);
}
