using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Corpora.Caching;

/// <summary>Writes an enum as <c>keep-one</c>, whatever the serializer's own settings.</summary>
internal sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
