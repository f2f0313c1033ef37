using Etude.Music.Representations.Grids;

namespace Etude.Music.Representations;

/// <summary>Options of a representation as a piano roll.</summary>
public abstract record RollOptions : RepresentationOptions
{
    private protected RollOptions()
    {
    }

    /// <summary>The steps of time, one row each.</summary>
    public abstract TimeGrid Grid { get; init; }

    /// <summary>Makes the representation.</summary>
    public abstract RollRepresentation Create();
}
