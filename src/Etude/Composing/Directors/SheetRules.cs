using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations;

namespace Etude.Composing.Directors;

/// <summary>What <see cref="Steering"/> means for the next token of a sheet: headings that are due, and notes that are kept out or held back.</summary>
internal sealed class SheetRules
{
    private const float OutsideChord = 5; // in nats: against it the model must be very sure
    private const float OutsideTonic = 4;
    private static readonly int[] MajorScale = [0, 2, 4, 5, 7, 9, 11];
    private static readonly int[] MinorScale = [0, 2, 3, 5, 7, 8, 9, 10, 11];

    private readonly SheetRepresentation _sheet;
    private readonly Steering _steering;
    private readonly int _stepsPerQuarter;
    private readonly bool[] _inScale = new bool[12];
    private readonly ImmutableArray<int> _headings;
    private readonly float[] _kept;

    public SheetRules(SheetRepresentation sheet, Steering steering, int classes)
    {
        (_sheet, _steering, _kept) = (sheet, steering, new float[classes]);
        var options = (SheetOptions)sheet.Options;
        _stepsPerQuarter = options.Grid.Steps;
        _headings = [.. Headings(options)];
        Array.Fill(_inScale, true);
        if (steering is not { KeepsScale: true, Key: { } key }) return;
        Array.Clear(_inScale);
        foreach (int degree in key.IsMinor ? MinorScale : MajorScale) _inScale[(key.Tonic + degree) % 12] = true;
    }

    /// <summary>The tokens that stand where headings are due.</summary>
    public ImmutableArray<int> HeadingTokens => _headings;

    /// <summary>How music that was given is to be written, so that its headings say what is wished for.</summary>
    public SheetPlan PlanOf(bool ends) => new()
    {
        Style = _steering.Style,
        Keys = _steering.Key is not null,
        Densities = _steering.NotesPerQuarter is not null,
        Ends = ends,
    };

    /// <summary>Forbids and bends the notes that may come next, but never forbids all that was allowed.</summary>
    /// <param name="logits">[classes].</param>
    /// <param name="bar">The bar of the composed part, from 0.</param>
    /// <param name="position">The step in the bar.</param>
    /// <param name="tonic">Where the piece ends in this bar: its key; else null.</param>
    /// <param name="bassIsOpen">Whether the left hand has no note at this position.</param>
    public void Narrow(Span<float> logits, int bar, int position, Key? tonic, bool bassIsOpen)
    {
        logits.CopyTo(_kept);
        bool any = false;
        Chord? chord = _steering.Chords.IsDefaultOrEmpty ? null : _steering.Chords[bar % _steering.Chords.Length];
        for (int id = 0; id < _sheet.Vocabulary.Count; id++)
        {
            if (float.IsNegativeInfinity(logits[id])) continue;
            SheetToken token = _sheet.TokenAt(id);
            if (token.IsNote) Bend(ref logits[id], token);
            any |= !float.IsNegativeInfinity(logits[id]);
        }
        if (!any) _kept.AsSpan(0, logits.Length).CopyTo(logits);

        void Bend(ref float logit, SheetToken note)
        {
            int pitchClass = note.Value % 12;
            if (note.Value < _steering.LowestPitch || note.Value > _steering.HighestPitch || !_inScale[pitchClass])
            {
                logit = float.NegativeInfinity;
                return;
            }
            bool isLeft = note.Kind is SheetTokenKind.Left;
            if (chord is { } bound && (isLeft || position % _stepsPerQuarter == 0) && !bound.PitchClasses.Contains(pitchClass)) logit -= OutsideChord;
            if (tonic is not { } key) return;
            int degree = (pitchClass - key.Tonic + 12) % 12;
            bool fits = isLeft && bassIsOpen ? degree == 0 : degree is 0 or 7 || degree == (key.IsMinor ? 3 : 4);
            if (!fits) logit -= OutsideTonic;
        }
    }

    private IEnumerable<int> Headings(SheetOptions options)
    {
        if (_steering.Style is { } style)
        {
            string[] known = [.. options.Styles.Select(known => known.Name)];
            int at = Array.IndexOf(known, style);
            if (at < 0)
            {
                throw new ArgumentException(
                    $"The model knows no style '{style}'. It knows {(known.Length == 0 ? "none" : string.Join(", ", known))}.", nameof(options));
            }
            yield return _sheet.IdOf(new SheetToken(SheetTokenKind.Style, at))!.Value;
        }
        if (_steering.Key is { } key) yield return _sheet.IdOf(new SheetToken(SheetTokenKind.Key, key.Tonic + (key.IsMinor ? 12 : 0)))!.Value;
        if (_steering.NotesPerQuarter is { } density)
        {
            yield return _sheet.IdOf(new SheetToken(SheetTokenKind.Density, SheetRepresentation.DensityOf(density)))!.Value;
        }
    }
}
