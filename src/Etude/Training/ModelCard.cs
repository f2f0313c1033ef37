using System.Globalization;
using System.Text;
using Etude.Composing;
using Etude.Corpora;

namespace Etude.Training;

/// <summary>Writes the card of a model: what it is, what it learned from, how well.</summary>
internal static class ModelCard
{
    public static string Write(TrainedModel model, Corpus corpus, IReadOnlyList<EpochResult> epochs)
    {
        var card = new StringBuilder();
        card.Append(Text($"# {model.Recipe.Name}\n\n{model.Recipe.Description}\n\n"));
        card.Append(Text($"- Parameters: {model.Network.ParameterCount:N0}\n"));
        card.Append(Text($"- Representation: {model.Form}\n"));
        card.Append(Text($"- Learned from: {corpus.In(Split.Training).Count():N0} pieces of {Path.GetFileName(corpus.Report.Folder)}, {corpus.In(Split.Training).Sum(piece => (long)piece.NoteCount):N0} notes; held out: {corpus.In(Split.Validation).Count():N0} pieces\n"));
        if (epochs.Count > 0) card.Append(Figures(epochs[^1]));
        else card.Append("- Saved before the end of the first epoch\n");
        card.Append("- What the training data allows is for its licences to say; nothing is implied here.\n");
        return card.ToString();
    }

    private static string Figures(EpochResult epoch) =>
        Text($"- After epoch {epoch.Epoch}: training loss {epoch.TrainLoss:F4} accuracy {epoch.TrainAccuracy:F4}; held out {epoch.ValidationLoss:F4}, {epoch.ValidationAccuracy:F4}\n");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
