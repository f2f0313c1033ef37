using Etude.Composing;
using Etude.Evaluation.Sets;
using Etude.Music.Scores;

namespace Etude.Evaluation;

/// <summary>
/// How far pieces move from the statistics of their own style to those of another when a model of that other style
/// re-renders them (<see cref="Composer.Restyle"/>).
/// </summary>
/// <param name="Model">The model's name.</param>
/// <param name="Pieces">How many pieces.</param>
/// <param name="KeptNotes">The mean share of notes, onset and pitch, that stay what they were.</param>
/// <param name="BeforeToOwn">The pieces' distance (<see cref="SetSummary.Distance"/>) from other music of their own style.</param>
/// <param name="AfterToOwn">The re-rendered pieces' distance from it: greater where they left it.</param>
/// <param name="BeforeToOther">The pieces' distance from the music that the model learned from.</param>
/// <param name="AfterToOther">The re-rendered pieces' distance from it: smaller where they came nearer.</param>
public sealed record StyleStudy(
    string Model, int Pieces, double KeptNotes, Interval BeforeToOwn, Interval AfterToOwn, Interval BeforeToOther, Interval AfterToOther)
{
    /// <summary>Re-renders pieces and compares.</summary>
    /// <param name="composer">The model of the other style.</param>
    /// <param name="pieces">What is re-rendered: two or more pieces that are not among <paramref name="own"/>.</param>
    /// <param name="own">Other music of their style, at least four pieces.</param>
    /// <param name="other">Music of the model's style, at least four pieces.</param>
    /// <param name="options">How to draw; the seed counts up from piece to piece.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">A set has too few pieces, or the model cannot re-render.</exception>
    public static StyleStudy Of(
        Composer composer, IReadOnlyList<Score> pieces, PieceSet own, PieceSet other, ComposeOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(composer);
        Score[] made = [.. pieces.Select((piece, i) => composer.Restyle(piece, options with { Seed = options.Seed + (ulong)i }, cancellation).Score)];
        PieceSet before = new("before", [.. pieces]), after = new("after", [.. made]);
        Interval[] toOwn = Distances(own), toOther = Distances(other);
        return new StyleStudy(
            composer.Model.Name, pieces.Count, made.Zip(pieces, PrimedStudy.ShareThere).Average(), toOwn[0], toOwn[1], toOther[0], toOther[1]);

        Interval[] Distances(PieceSet reference) =>
            [.. SetComparison.Compare(reference, [before, after]).Sets.Where(set => set.Role == SetRole.Candidate).Select(set => set.Distance)];
    }
}
