namespace Etude.Corpora.Fetching;

/// <summary>One link is not to be saved; the others go on.</summary>
internal sealed class RefusalException(string reason) : Exception(reason);
