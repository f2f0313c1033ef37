namespace Etude.Corpora.Caching;

/// <summary>What a cache file says of a corpus, before the scores: the pieces' order is that of the scores.</summary>
internal sealed record CachedCorpus(CorpusReport Report, DroppedFile[] Dropped, CorpusPiece[] Pieces);
