namespace Etude.Music.Representations;

/// <summary>
/// Tells when the music is at each token, in bars from the start of a piece, from the tokens read so far alone. Immutable; what it knows
/// of a piece lies in a state that the caller keeps.
/// </summary>
/// <example><code>
/// Span&lt;float&gt; state = stackalloc float[clock.StateLength];
/// foreach (int token in tokens) Console.WriteLine(clock.Read(token, state));   // 0, 0, 0.25, 0.25, 0.5, 1 ...
/// </code></example>
public abstract class TokenClock
{
    private protected TokenClock()
    {
    }

    /// <summary>The values of a state.</summary>
    public abstract int StateLength { get; }

    /// <summary>Reads the next token.</summary>
    /// <param name="token">Any number; one that is not in the vocabulary passes no time.</param>
    /// <param name="state">Zeros at the start of a piece; taken on.</param>
    /// <returns>The time in bars, 0 or more: whole at the start of a bar. It goes back where bars are filled that stand before others.</returns>
    public abstract float Read(int token, Span<float> state);
}
