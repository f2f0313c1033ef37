using Etude.Music.Scores;
using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

public sealed class RendererTests(PianoFixture piano) : IClassFixture<PianoFixture>
{
    // 480 ticks to the quarter note at 120 to the minute: 960 ticks are a second.
    private static Note Note(double start, double seconds, byte pitch, byte velocity = 90) =>
        new(new((int)(start * 960)), new((int)(seconds * 960)), pitch, velocity);

    private StereoAudio Render(params Note[] notes) => Renderer.Render(Score.Piano(notes), piano.Font, PianoFixture.Dry);

    [Fact]
    public void Silence_before_the_first_note_and_sound_at_once()
    {
        var audio = Render(Note(0.5, 0.5, 60));
        Assert.DoesNotContain(audio.Left.Take(22050), sample => sample != 0);
        Assert.True(Spectrum.Level(audio, 0.5, 0.51) > -50);
    }

    [Fact]
    public void Damper_ends_a_note_and_pedal_holds_it()
    {
        var score = Score.Piano([Note(0, 0.5, 60)]);
        var held = score with { Tracks = [score.Tracks[0] with { Pedals = [new Pedal(new(240), new(1680))] }] };
        var damped = Renderer.Render(score, piano.Font, PianoFixture.Dry);
        var pedalled = Renderer.Render(held, piano.Font, PianoFixture.Dry);
        double before = Spectrum.Level(damped, 0.4, 0.5);
        Assert.True(damped.Seconds < 1.5);
        Assert.True(Spectrum.Level(damped, 0.9, 1) < before - 40);
        Assert.InRange(Spectrum.Level(pedalled, 1.4, 1.5), before - 12, before);
        Assert.True(Spectrum.Level(pedalled, 2.4, 2.5) < before - 40);
    }

    [Fact]
    public void Pedal_of_one_hand_holds_the_other()
    {
        var left = new Track { Notes = [Note(0, 0.5, 48)], Pedals = [new Pedal(Tick.Zero, new(1920))] };
        var right = new Track { Notes = [Note(0, 0.5, 72)] };
        var notes = SoundingNote.Of(new Score { Tracks = [left, right] });
        Assert.All(notes, note => Assert.Equal(2, note.Release, 6));
    }

    [Fact]
    public void A_key_struck_again_ends_what_it_sounded()
    {
        var notes = SoundingNote.Of(Score.Piano([Note(0, 3, 60), Note(1, 1, 60), Note(1, 0.5, 64)]));
        Assert.Equal([(0.0, 1.0), (1.0, 2.0), (1.0, 1.5)], notes.Select(note => (Math.Round(note.Start, 6), Math.Round(note.Release, 6))));
    }

    [Fact]
    public void Two_parts_striking_one_key_strike_it_once()
    {
        var notes = SoundingNote.Of(new Score { Tracks = [new Track { Notes = [Note(0, 1, 60, 50)] }, new Track { Notes = [Note(0, 2, 60, 40)] }] });
        var only = Assert.Single(notes);
        Assert.Equal((2.0, (byte)50), (Math.Round(only.Release, 6), only.Velocity));
    }

    [Fact]
    public void Follows_the_tempo_map()
    {
        var score = Score.Piano([Note(0, 0.1, 60), Note(2, 0.1, 60)]) with
        {
            Tempos = [Tempo.Default, new Tempo(new(960), 1_000_000)],
        };
        Assert.Equal([0, 3], SoundingNote.Of(score).Select(note => Math.Round(note.Start, 6)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-6)]
    public void Peak_is_brought_to_the_level_asked(double decibels)
    {
        var audio = Renderer.Render(Score.Piano([Note(0, 0.2, 40), Note(0, 0.2, 47), Note(0, 0.2, 52)]), piano.Font,
            new RenderOptions { PeakDecibels = decibels });
        Assert.Equal(decibels, 20 * Math.Log10(audio.Peak()), 0.01);
        Assert.DoesNotContain(audio.Left, sample => !float.IsFinite(sample));
    }

    [Fact]
    public void Room_rings_on_after_the_last_note()
    {
        Note[] notes = [Note(0, 0.2, 60)];
        var dry = Renderer.Render(Score.Piano(notes), piano.Font, new RenderOptions { Reverb = 0 });
        var wet = Renderer.Render(Score.Piano(notes), piano.Font, new RenderOptions { Reverb = 0.3 });
        Assert.True(wet.Seconds > dry.Seconds + 0.2);
        Assert.True(Spectrum.Level(wet, 0.7, 0.8) > -60);
        Assert.True(Math.Abs(wet.Left[^1]) < 1e-4);
    }

    [Fact]
    public void An_empty_score_is_no_sound() => Assert.Equal(0, Render().Length);

    [Fact]
    public void Rate_changes_the_number_of_samples_and_not_the_pitch()
    {
        var audio = Renderer.Render(Score.Piano([Note(0, 2, 69)]), piano.Font, PianoFixture.Dry with { SampleRate = 32_000 });
        Assert.Equal(440, Spectrum.Peak(audio.Left.AsSpan(1000, 1 << 15), 32_000, 440), 0.5);
    }

    [Fact]
    public void A_hundred_notes_do_not_pass_the_limit_of_voices()
    {
        var notes = Enumerable.Range(21, 88).Select(pitch => Note(0, 0.2, (byte)pitch, 127)).ToArray();
        var full = Renderer.Render(Score.Piano(notes), piano.Font, PianoFixture.Dry);
        var few = Renderer.Render(Score.Piano(notes), piano.Font, PianoFixture.Dry with { MaximumVoices = 8 });
        Assert.True(Spectrum.Level(few, 0, 0.2) < Spectrum.Level(full, 0, 0.2) - 3);
    }

    [Fact]
    public void Too_long_a_piece_is_refused_with_the_mend()
    {
        var error = Assert.Throws<ArgumentException>(() => Renderer.Render(Score.Piano([Note(0, 100_000, 60)]), piano.Font));
        Assert.Contains("MaximumSeconds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_progress_and_stops_when_asked()
    {
        var reports = new List<double>();
        var score = Score.Piano([Note(0, 3, 60)]);
        Renderer.Render(score, piano.Font, progress: new Immediate(reports.Add));
        Assert.True(reports.Count >= 3);
        Assert.Equal(reports.Order(), reports);
        Assert.Equal(1, reports[^1]);

        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            Renderer.Render(score, piano.Font, progress: new Immediate(_ => source.Cancel()), cancellation: source.Token));
    }

    [Fact]
    public void Drums_are_silent_on_a_piano()
    {
        var score = new Score { Tracks = [new Track { IsDrums = true, Notes = [Note(0, 0.5, 36)] }] };
        Assert.Equal(0, Renderer.Render(score, piano.Font).Peak());
    }

    private sealed class Immediate(Action<double> action) : IProgress<double>
    {
        public void Report(double value) => action(value);
    }
}
