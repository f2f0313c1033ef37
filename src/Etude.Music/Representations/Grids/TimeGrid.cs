using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Music.Representations.Grids;

/// <summary>
/// The steps that time is cut into, written "12 per quarter", "10 per second" or "16 per measure" (so in JSON too).
/// </summary>
/// <param name="Steps">Steps in one unit, 1 to 1000.</param>
/// <param name="Unit">What is cut.</param>
[JsonConverter(typeof(JsonForm))]
public readonly record struct TimeGrid(int Steps, GridUnit Unit)
{
    /// <summary>Steps of a quarter note.</summary>
    public static TimeGrid PerQuarter(int steps) => new(steps, GridUnit.Quarter);

    /// <summary>Steps of a second.</summary>
    public static TimeGrid PerSecond(int steps) => new(steps, GridUnit.Second);

    /// <summary>Steps of a bar.</summary>
    public static TimeGrid PerMeasure(int steps) => new(steps, GridUnit.Measure);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no grid; the message shows one.</exception>
    public static TimeGrid Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 3 && words[1] == "per"
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int steps) && steps is >= 1 and <= 1000
            && Enum.TryParse(words[2], ignoreCase: true, out GridUnit unit) && Enum.IsDefined(unit))
        {
            return new TimeGrid(steps, unit);
        }
        throw new FormatException(
            $"'{text}' is no time grid: write 1 to 1000 steps per quarter, second or measure, such as \"12 per quarter\".");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Steps} per {Unit switch
    {
        GridUnit.Quarter => "quarter",
        GridUnit.Second => "second",
        _ => "measure",
    }}");

    private sealed class JsonForm : JsonConverter<TimeGrid>
    {
        public override TimeGrid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Parse(reader.GetString() ?? "");
            }
            catch (FormatException fault)
            {
                throw new JsonException(fault.Message, fault);
            }
        }

        public override void Write(Utf8JsonWriter writer, TimeGrid value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
