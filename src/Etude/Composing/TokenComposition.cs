using System.Collections.Immutable;
using System.Diagnostics;
using Etude.Models;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Composing;

/// <summary>One piece in the making, token by token.</summary>
internal sealed class TokenComposition : IDisposable
{
    private const double DefaultQuartersPerMinute = 100;
    private const int TokensPerReport = 8;
    private const int MostTokensPerBar = 1024; // a model that never moves on in time must come to an end

    private readonly TokenModel _model;
    private readonly ComposeOptions _options;
    private readonly IProgress<CompositionProgress>? _progress;
    private readonly TokenReader _reader;
    private readonly CollapseGuard _guard;
    private readonly RandomSource _random;
    private readonly Tape _tape = new(training: false);
    private readonly NetworkMemory _memory;
    private readonly float[] _logits;
    private readonly float[] _candidates;
    private readonly bool[] _allowed;
    private double _nats;
    private int _sampled;
    private int _reported;

    public TokenComposition(TokenModel model, ComposeOptions options, IProgress<CompositionProgress>? progress)
    {
        (_model, _options, _progress) = (model, options, progress);
        _reader = model.Representation.Read(FrameOf(options));
        _guard = new CollapseGuard(model.Representation);
        _random = new RandomSource(options.Seed);
        _memory = model.Network.CreateMemory(batch: 1);
        _logits = new float[model.Network.Classes];
        _candidates = new float[model.Network.Classes];
        _allowed = new bool[model.Representation.Vocabulary.Count];
    }

    public void Dispose() => _tape.Dispose();

    public Composition Run(CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        Predict(_model.Network.Boundary);
        foreach (int token in PrimerTokens())
        {
            cancellation.ThrowIfCancellationRequested();
            Read(token);
        }
        Score primer = _reader.ToScore();
        (Tick from, _reported) = (primer.End, primer.NoteCount);
        var extent = new Extent(_reader, primer, _options);
        while (extent.ShareAt(_reader) < 1 && !_reader.HasEnded && _sampled < MostTokensPerBar * _options.Bars)
        {
            cancellation.ThrowIfCancellationRequested();
            Read(Draw());
            if (_sampled % TokensPerReport == 0) Report(_reader.ToScore(), _reader.Now, extent.ShareAt(_reader));
        }
        Score score = extent.Cut(_reader.ToScore());
        Report(score, score.End + new Tick(1), 1);
        return new Composition
        {
            Score = score with { Texts = Provenance.Of(_model, _options) },
            ComposedFrom = from,
            Options = _options,
            Model = _model.Recipe.Name,
            ModelHash = _model.Hash,
            GuardInterventions = _guard.Interventions,
            SampledTokens = _sampled,
            NatsPerToken = _nats / Math.Max(_sampled, 1),
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    // The tempo and meter that the tokens do not say.
    private static DecodeOptions FrameOf(ComposeOptions options)
    {
        DecodeOptions frame = options.Primer is { } primer ? DecodeOptions.From(primer) : DecodeOptions.Default;
        return options.QuartersPerMinute is null && options.Primer is not null
            ? frame
            : frame with { Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, options.QuartersPerMinute ?? DefaultQuartersPerMinute)] };
    }

    private ImmutableArray<int> PrimerTokens()
    {
        if (_options.Primer is not { } primer) return [];
        ImmutableArray<int> tokens = _model.Representation.Encode(primer).Tokens;
        return tokens.Any(token => _model.Representation.NotesBegun(token) > 0)
            ? tokens
            : throw new ArgumentException("The primer holds no piano note to continue from: choose another file or passage.");
    }

    private void Read(int token)
    {
        Tick now = _reader.Now;
        _reader.Add(token);
        _guard.Add(token, now);
        Predict(token);
    }

    private void Predict(int token)
    {
        _model.Network.Forward(_tape, [token], _memory).Data.CopyTo(_logits);
        _tape.Reset();
    }

    private int Draw()
    {
        _logits[_model.Network.Boundary] = float.NegativeInfinity; // the length asked for is kept
        _logits.CopyTo(_candidates, 0);
        _reader.AllowedNext(_allowed);
        for (int token = 0; token < _allowed.Length; token++)
        {
            if (!_allowed[token]) _candidates[token] = float.NegativeInfinity;
        }
        if (_options.Guard) _guard.Forbid(_candidates, _reader);
        int drawn = Sampler.Draw(_candidates, _options, _random.NextDouble());
        _nats += LogSum(_logits) - _logits[drawn];
        _sampled++;
        return drawn;
    }

    private static double LogSum(ReadOnlySpan<float> logits)
    {
        float most = float.NegativeInfinity;
        foreach (float logit in logits) most = Math.Max(most, logit);
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp(logit - most);
        return most + Math.Log(sum);
    }

    // Notes that begin before now can no longer change; later ones may still be joined by lower pitches.
    private void Report(Score score, Tick now, double share)
    {
        if (_progress is null) return;
        ImmutableArray<Note> notes = score.NotesInOrder();
        int settled = _reported;
        while (settled < notes.Length && notes[settled].Onset < now) settled++;
        if (settled == _reported && share < 1) return;
        _progress.Report(new CompositionProgress(notes[Math.Min(_reported, settled)..settled], score.TicksPerQuarter, share));
        _reported = settled;
    }
}
