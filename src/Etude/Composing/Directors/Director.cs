using System.Collections.Immutable;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Leads a token model through one piece: what it reads first, which tokens must or may come, and when it is done.</summary>
internal abstract class Director(TokenReader reader)
{
    /// <summary>What has been read so far.</summary>
    public TokenReader Reader { get; } = reader;

    /// <summary>What the model reads before anything is drawn.</summary>
    public abstract ImmutableArray<int> Opening { get; }

    /// <summary>Whether the piece is complete.</summary>
    public abstract bool IsDone { get; }

    /// <summary>How much of what was asked for stands, 0 to 1.</summary>
    public abstract double Share { get; }

    /// <summary>The token that must come next; null where one is drawn.</summary>
    public virtual int? Forced => null;

    /// <summary>Forbids or bends what the grammar allows.</summary>
    /// <param name="logits">[classes]; negative infinity forbids.</param>
    public virtual void Narrow(Span<float> logits)
    {
    }

    /// <summary>Hears a drawn token. Where false it is not read: it only told that the music goes on.</summary>
    public virtual bool Accepts(int token) => true;

    /// <summary>Hears a token that was read after the opening.</summary>
    public virtual void Follow(int token)
    {
    }

    /// <summary>Called when the opening was read.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Where composing begins in the piece.</summary>
    public abstract Tick From { get; }

    /// <summary>Where the music has got to in the piece.</summary>
    public virtual Tick Now => Reader.Now;

    /// <summary>The notes composed so far, in order and in the ticks of the piece.</summary>
    public abstract ImmutableArray<Note> NewNotes();

    /// <summary>The piece, with what was given.</summary>
    public abstract Score Finish();
}
