namespace Etude.Music.Scores;

/// <summary>
/// Tells left from right hand. A piano part whose name says "left" or "right" is that hand. Else parts are ranked by
/// their mean pitch: of two or more, those whose mean lies below the middle between the highest and the lowest part are
/// the left hand. One part alone is parted at middle C.
/// </summary>
public static class Hands
{
    private const int MiddleC = 60;

    /// <summary>The score with the notes of its piano parts in two tracks, "Right hand" and "Left hand"; other parts are left out.</summary>
    public static Score Split(Score score)
    {
        int[] leftBelow = LeftBelow(score);
        return score with { Tracks = [Of("Right hand", isLeft: false), Of("Left hand", isLeft: true)] };

        Track Of(string name, bool isLeft) => new()
        {
            Name = name,
            Notes = [.. score.Tracks.Index().Where(part => part.Item.IsPiano)
                .SelectMany(part => part.Item.Notes.Where(note => note.Pitch < leftBelow[part.Index] == isLeft)).Order()],
        };
    }

    /// <summary>Of each part of the score: the pitch below which its notes are the left hand's.</summary>
    public static int[] LeftBelow(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        const int None = 0, All = 128;
        int[] below = new int[score.Tracks.Length];
        int[] parts = [.. score.Tracks.Index().Where(part => part.Item.IsPiano && part.Item.Notes.Length > 0).Select(part => part.Index)];
        if (parts.Length == 0) return below;
        if (parts.All(part => IsNamed(part, "left") != IsNamed(part, "right")))
        {
            foreach (int part in parts) below[part] = IsNamed(part, "left") ? All : None;
            return below;
        }
        double[] means = [.. parts.Select(part => score.Tracks[part].Notes.Average(note => note.Pitch))];
        double middle = (means.Max() + means.Min()) / 2;
        for (int i = 0; i < parts.Length; i++)
        {
            below[parts[i]] = parts.Length == 1 ? MiddleC : means[i] < middle ? All : None;
        }
        return below;

        bool IsNamed(int part, string hand) => score.Tracks[part].Name.Contains(hand, StringComparison.OrdinalIgnoreCase);
    }
}
