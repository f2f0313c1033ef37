using System.Collections;
using System.Globalization;
using System.Text.Json;
using Etude.Recipes;

namespace Etude.Cli;

/// <summary>Prints the properties of an object as lines of name and value; a list gets a line for each item.</summary>
internal static class Facts
{
    public static void Print(object facts, bool asJson)
    {
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(facts, RecipeJson.Options));
        else Print(facts);
    }

    public static void Print(object facts)
    {
        var properties = facts.GetType().GetProperties();
        int width = properties.Max(property => property.Name.Length) + 2;
        foreach (var property in properties)
        {
            string name = property.Name;
            object? value = property.GetValue(facts);
            string[] lines = value is IEnumerable list and not string
                ? [.. list.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)!)]
                : [Convert.ToString(value, CultureInfo.InvariantCulture)!];
            foreach (string line in lines.DefaultIfEmpty("-"))
            {
                Console.WriteLine(name.PadRight(width) + line);
                name = "";
            }
        }
    }
}
