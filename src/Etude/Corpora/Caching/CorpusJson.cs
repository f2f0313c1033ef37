using System.Text.Json.Serialization;

namespace Etude.Corpora.Caching;

/// <summary>Serialisation without reflection, so that a trimmed program reads and writes the same.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CorpusOptions))]
[JsonSerializable(typeof(CorpusReport))]
[JsonSerializable(typeof(CachedCorpus))]
internal sealed partial class CorpusJson : JsonSerializerContext;
