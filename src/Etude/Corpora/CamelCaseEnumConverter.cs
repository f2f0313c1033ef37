using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Corpora;

/// <summary>Writes an enum as <c>keepOne</c>, whatever the serializer's own settings.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
