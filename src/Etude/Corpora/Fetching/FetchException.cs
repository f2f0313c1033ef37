namespace Etude.Corpora.Fetching;

/// <summary>Nothing can be gathered from an address. The message says what to do.</summary>
/// <param name="message">What is wrong and the mend.</param>
public sealed class FetchException(string message) : Exception(message);
