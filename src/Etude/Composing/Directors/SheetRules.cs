using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>What <see cref="Steering"/> means for the next token of a sheet: headings that are due, and notes that are kept out or held back.</summary>
internal sealed class SheetRules
{
    private const float OutsideChord = 5; // in nats: against it the model must be very sure
    private const float LateEnd = 1.5f; // for each quarter note into the last bar: last chords stand early in it
    private const float Astray = 1.25f; // for a pitch class that its key's profile has not at all, where a key is wished for
    private const float FarKey = 0.35f; // for each sharp or flat: 2,709 signatures of free-piano fall off so, 17 % without any to 2 % with six
    // In nats, for each factor e by which the piece is too dense or too thin: chords give way sooner than the rhythm does.
    private const float Sooner = 10, Fuller = 24;
    private static readonly int[] MajorScale = [0, 2, 4, 5, 7, 9, 11];
    private static readonly int[] MinorScale = [0, 2, 3, 5, 7, 8, 9, 10, 11];

    private readonly SheetRepresentation _sheet;
    private readonly Steering _steering;
    private readonly int _stepsPerQuarter;
    private readonly bool[] _inScale = new bool[12];
    private readonly float[] _astray = new float[12]; // each pitch class from the key that is wished for
    private readonly ImmutableArray<int> _headings;
    private readonly int _anyBar;

    public SheetRules(SheetRepresentation sheet, Steering steering)
    {
        (_sheet, _steering, _anyBar) = (sheet, steering, sheet.IdOf(new SheetToken(SheetTokenKind.Bar))!.Value);
        var options = (SheetOptions)sheet.Options;
        _stepsPerQuarter = options.Grid.Steps;
        _headings = [.. Headings(options)];
        Array.Fill(_inScale, true);
        if (steering.Key is not { } key) return;
        ImmutableArray<double> profile = key.IsMinor ? KeyProfile.Temperley.Minor : KeyProfile.Temperley.Major;
        for (int degree = 0; degree < 12; degree++) _astray[(key.Tonic + degree) % 12] = Astray * (float)(1 - (profile[degree] / profile.Max()));
        if (!steering.KeepsScale) return;
        Array.Clear(_inScale);
        foreach (int degree in key.IsMinor ? MinorScale : MajorScale) _inScale[(key.Tonic + degree) % 12] = true;
    }

    /// <summary>The tokens that stand where headings are due.</summary>
    public ImmutableArray<int> HeadingTokens => _headings;

    /// <summary>The heading of a kind that is wished for; null where none is.</summary>
    public int? Wished(SheetTokenKind kind) => _headings.Where(id => _sheet.TokenAt(id).Kind == kind).Select(id => (int?)id).FirstOrDefault();

    /// <summary>How music that was given is to be written, so that its headings say what is wished for.</summary>
    public SheetPlan PlanOf(bool ends) => new()
    {
        Style = _steering.Style,
        Keys = _steering.Key is not null,
        Densities = _steering.NotesPerQuarter is not null,
        Ends = ends,
    };

    /// <summary>
    /// Makes the keys that music is written in likelier than far ones, where nobody wished for one: a model whose pieces were moved to all keys knows no difference.
    /// </summary>
    /// <param name="logits">[classes].</param>
    public void PreferNearKeys(Span<float> logits)
    {
        for (int id = 0; id < _sheet.Vocabulary.Count; id++)
        {
            if (_sheet.TokenAt(id) is { Kind: SheetTokenKind.Key } key) logits[id] -= FarKey * new Key(key.Value % 12, key.Value >= 12).Accidentals;
        }
    }

    /// <summary>Forbids and bends the notes that may come next. Where nothing is left, the bar is over.</summary>
    /// <param name="logits">[classes].</param>
    /// <param name="place">Where the notes would come.</param>
    public void Narrow(Span<float> logits, SheetPlace place)
    {
        bool any = false;
        Chord? chord = _steering.Chords.IsDefaultOrEmpty ? null : _steering.Chords[Math.Max(0, place.Bar) % _steering.Chords.Length];
        bool isOnBeat = place.Position % _stepsPerQuarter == 0;
        // The last bar holds at least one note, and no bar of both hands is silent.
        bool mustSound = place.Position < 0 && (place.Tonic is not null || (place.IsSilent && place.Only is null));
        (bool Left, bool Right) canStrike = (CanStrike(Hand.Left), CanStrike(Hand.Right));
        for (int id = 0; id < _sheet.Vocabulary.Count; id++)
        {
            if (float.IsNegativeInfinity(logits[id])) continue;
            SheetToken token = _sheet.TokenAt(id);
            if (token.IsNote) logits[id] -= Cost(token);
            else if (token.Kind is SheetTokenKind.Position) logits[id] -= Haste(token.Value);
            bool isTooSoon = mustSound && !SheetDirector.IsContent(token);
            if (isTooSoon || (token.Kind is SheetTokenKind.Duration && !IsOfUse(token.Value))) logits[id] = float.NegativeInfinity;
            any |= !float.IsNegativeInfinity(logits[id]);
        }
        if (!any) logits[_anyBar] = 0;

        float Cost(SheetToken note)
        {
            Hand hand = note.Kind is SheetTokenKind.Left ? Hand.Left : Hand.Right;
            if (!MayStrike(note.Value) || (place.Only is { } only && only != hand) || place.Taken.Contains(note.Value)) return float.PositiveInfinity;
            int pitchClass = note.Value % 12;
            // One more at this position.
            float cost = place.LastHand is null ? 0 : Fuller * (float)place.Excess;
            cost += _astray[pitchClass];
            if (chord is { } bound && (hand is Hand.Left || isOnBeat) && !bound.PitchClasses.Contains(pitchClass)) cost += OutsideChord;
            if (place.Tonic is { } key && !EndsOn(key, note.Value)) return float.PositiveInfinity;
            return cost;
        }

        // The chord of the tonic may be broken: nothing lies below its first note but the tonic.
        bool EndsOn(Key key, int pitch)
        {
            int degree = (pitch - key.Tonic + 120) % 12;
            return degree == 0 || (pitch > place.Lowest && (degree == 7 || degree == (key.IsMinor ? 3 : 4)));
        }

        // The sooner the next notes come, the denser the piece.
        float Haste(int position)
        {
            double quarters = (position - Math.Max(0, place.Position)) / (double)_stepsPerQuarter;
            float late = place.Tonic is null ? 0 : LateEnd * position / _stepsPerQuarter;
            double usual = Math.Max(1, 2 / (_steering.NotesPerQuarter ?? 1));
            return late + (Sooner * (float)(place.Excess * Math.Max(0, 1 - (quarters / usual))));
        }

        // Some hand must be able to strike a key after it, and not have it already.
        bool IsOfUse(int duration) =>
            (canStrike.Left && place.LeftDuration != duration) || (canStrike.Right && place.RightDuration != duration);

        bool CanStrike(Hand hand)
        {
            if (place.Only is { } only && only != hand) return false;
            int above = place.LastPitch is { } last && place.LastHand == hand ? last : place.LastHand is Hand.Right && hand is Hand.Left ? 127 : 0;
            for (int pitch = Math.Max(above + 1, _steering.LowestPitch); pitch <= _steering.HighestPitch; pitch++)
            {
                if (_inScale[pitch % 12] && !place.Taken.Contains(pitch)) return true;
            }
            return false;
        }
    }

    private bool MayStrike(int pitch) => pitch >= _steering.LowestPitch && pitch <= _steering.HighestPitch && _inScale[pitch % 12];

    private IEnumerable<int> Headings(SheetOptions options)
    {
        if (_steering.Style is { } style)
        {
            string[] known = [.. options.Styles.Select(known => known.Name)];
            int at = Array.IndexOf(known, style);
            if (at < 0)
            {
                throw new ArgumentException(
                    $"The model knows no style '{style}'. It knows {(known.Length == 0 ? "none" : string.Join(", ", known))}.");
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
