using System.Text;

namespace Etude.Training.Results;

/// <summary>Results as a table in Markdown: a row a recipe, a column for each measure that any of them has.</summary>
public static class ResultTable
{
    /// <summary>Writes the table.</summary>
    public static string Markdown(IReadOnlyList<RecipeResult> results)
    {
        string[] columns = [.. results.SelectMany(result => result.Figures.Keys).Distinct()];
        var table = new StringBuilder();
        Row(["recipe", .. columns]);
        Row(Enumerable.Repeat("---", columns.Length + 1));
        foreach (RecipeResult result in results)
        {
            Row([$"`{result.Recipe}`", .. columns.Select(column => result.Figures.TryGetValue(column, out Spread? figure) ? figure.ToString() : "–")]);
        }
        return table.ToString();

        void Row(IEnumerable<string> cells) => table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
