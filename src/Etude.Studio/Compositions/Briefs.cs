using System.ComponentModel.DataAnnotations;
using Etude.Composing;
using Etude.Music.Scores;
using Etude.Studio.Hosting;
using Etude.Studio.Primers;
using Etude.Studio.Storage;

namespace Etude.Studio.Compositions;

/// <summary>Turns what a visitor asked for into what a model is told: checks it, and finds the music that it names.</summary>
internal sealed class Briefs(IPieceStore store, PieceFiles files, PrimerFiles primers, StudioOptions options)
{
    private const double WindowBars = 4; // of the models with a latent; a piece between two has as many windows as its length holds

    /// <exception cref="StudioFault">A field is out of its range.</exception>
    public void Check(CompositionRequest request)
    {
        List<ValidationResult> faults = [];
        Validate(request);
        if (request.Latent is { } latent) Validate(latent);
        if (request.Steering is { } steering) Validate(steering);
        if (faults.Count > 0) throw StudioFault.Invalid(string.Join(" ", faults.Select(fault => fault.ErrorMessage)));
        if (request.Bars < 1 || request.Bars > options.Bars) throw StudioFault.Invalid($"The length must be 1 to {options.Bars} bars.");
        _ = request.Steering?.ToSteering();
        if (request.Primer is { } primer) Check(primer);
        if (request.Gap is { } gap)
        {
            if (request.Primer is not null) throw StudioFault.Invalid("A piece is continued or filled: give a primer or a gap.");
            Check(new PrimerPassage { Id = gap.Id, FromSeconds = gap.FromSeconds, ToSeconds = gap.ToSeconds });
        }
        if (request.Latent?.Slides.Any(slide => slide.Component < 1 || !float.IsFinite(slide.Deviations) || Math.Abs(slide.Deviations) > 10) == true)
            throw StudioFault.Invalid("A slide names a component, from 1, and moves it by at most 10 deviations.");
        if (request.Latent?.Towards is { } towards)
        {
            Check(towards);
            if (request.Primer is null) throw StudioFault.Invalid("The way to another piece needs a primer to set out from.");
        }

        void Validate(object part) => Validator.TryValidateObject(part, new ValidationContext(part), faults, validateAllProperties: true);
    }

    /// <exception cref="StudioFault">The music that leads is not there, empty, or too long.</exception>
    public ComposeOptions Of(CompositionRequest request) => new()
    {
        Seed = request.Seed!.Value,
        Bars = request.Bars,
        Temperature = request.Temperature,
        TopK = request.TopK,
        TopP = request.TopP,
        MinP = request.MinP,
        Repetition = request.Repetition,
        Guard = request.Guard,
        QuartersPerMinute = request.QuartersPerMinute,
        Primer = request.Primer is { } passage ? Lead(passage) : null,
        Gap = request.Gap is { } gap ? Hole(gap) : null,
        Steering = request.Steering?.ToSteering() ?? Steering.None,
        Expression = request.Expression,
        Latent = request.Latent is not { } latent ? null : new LatentChoice
        {
            Source = latent.Source,
            Slides = [.. latent.Slides],
            Towards = latent.Towards is { } towards ? Lead(towards) : null,
            Share = latent.Share,
            Steps = Math.Clamp((int)Math.Round(request.Bars / WindowBars), 2, 100),
        },
    };

    private static void Check(PrimerPassage passage)
    {
        if (!Identifier.IsValid(passage.Id)) throw StudioFault.Invalid("The primer's id is not one.");
        if (!double.IsFinite(passage.FromSeconds) || passage.FromSeconds < 0 || passage.ToSeconds <= passage.FromSeconds || passage.ToSeconds > 1e6)
            throw StudioFault.Invalid("The passage must begin at 0 or later and end after its beginning.");
    }

    private Score Source(string id) => primers.Find(id)?.Music
        ?? (store.Find(id) is { } piece ? files.Read(piece) : null)
        ?? throw StudioFault.NotFound("The music to continue from is no longer there.");

    // Whole bars: the one that the stretch begins in, to the one that it ends in.
    private Gap Hole(GapRequest gap)
    {
        Score score = Source(gap.Id);
        score = score with { Tracks = [.. score.Tracks.Where(track => !track.IsDrums && track.Notes.Length > 0)], Texts = [] };
        TempoMap time = new(score);
        BarMap bars = new(score);
        Tick from = time.ToTick(new Second(gap.FromSeconds)), to = Tick.Min(time.ToTick(new Second(gap.ToSeconds)), score.End);
        if (to <= from) throw StudioFault.Invalid("The stretch to compose anew lies after the last note.");
        // A bar line is met to the millisecond only: what reaches less than a tenth into a bar means the line.
        Bar first = bars.At(from), last = bars.At(to);
        if ((from - first.Onset).Value > first.Duration.Value * 9 / 10) first = bars[first.Number + 1];
        if (last.Number > first.Number && (to - last.Onset).Value < last.Duration.Value / 10) last = bars[last.Number - 1];
        return new Gap(score, first.Number, last.Number) { Hand = gap.Hand };
    }

    private Score Lead(PrimerPassage passage)
    {
        Score source = Source(passage.Id);
        TempoMap map = new(source);
        Tick from = map.ToTick(new Second(passage.FromSeconds));
        Tick to = passage.ToSeconds is { } end ? Tick.Min(map.ToTick(new Second(end)), source.End) : source.End;
        Score lead = from < to ? source.Slice(from, to) : source with { Tracks = [] };
        lead = lead with { Tracks = [.. lead.Tracks.Where(track => !track.IsDrums && track.Notes.Length > 0)], Texts = [] };
        if (lead.NoteCount == 0) throw StudioFault.Invalid("No note begins in the passage that was chosen.");
        if (lead.NoteCount > options.LeadNotes)
            throw StudioFault.Invalid(FormattableString.Invariant($"The passage has {lead.NoteCount:N0} notes, and up to {options.LeadNotes:N0} can lead. Choose a shorter one."));
        return lead;
    }
}
