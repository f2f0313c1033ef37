namespace Etude.Corpora;

/// <summary>A corpus cannot be prepared. The message says what to change.</summary>
/// <param name="message">What is wrong and the mend.</param>
public sealed class CorpusException(string message) : Exception(message);
