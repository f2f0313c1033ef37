using System.Collections.Immutable;
using System.Diagnostics;
using Etude.Composing.Directors;
using Etude.Evaluation.Originality;
using Etude.Models;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Composing;

/// <summary>One piece in the making, token by token.</summary>
internal sealed class TokenComposition : IDisposable
{
    private const int TokensPerReport = 8;
    private const int TokensPerReading = 256;
    private const int AgreeingTokens = 4; // from which on a passage is thought to return
    private const int MostTokensPerBar = 1024; // a model that never moves on in time must come to an end

    private readonly TokenModel _model;
    private readonly ComposeOptions _options;
    private readonly IProgress<CompositionProgress>? _progress;
    private readonly Director _director;
    private readonly CollapseGuard _guard;
    private readonly CopyGuard? _copyGuard;
    private readonly RandomSource _random;
    private readonly Tape _tape = new(training: false) { WeightsStay = true };
    private readonly NetworkMemory _memory;
    private readonly float[] _logits;
    private readonly float[] _candidates;
    private readonly bool[] _allowed;
    private double _nats;
    private int _sampled;
    private int _copiesRefused;
    private int _reported;

    public TokenComposition(TokenModel model, ComposeOptions options, IProgress<CompositionProgress>? progress)
    {
        (_model, _options, _progress) = (model, options, progress);
        _director = DirectorOf(model, options);
        _guard = new CollapseGuard(model.Representation) { IsWholePiece = options.Gap is null };
        if (options.CopyGuard && model.CorpusRuns is { } runs) _copyGuard = new CopyGuard(runs, _director.Reader.TicksPerQuarter);
        _random = new RandomSource(options.Seed);
        _memory = model.Network.CreateMemory(batch: 1);
        _logits = new float[model.Network.Classes];
        _candidates = new float[model.Network.Classes];
        _allowed = new bool[model.Representation.Vocabulary.Count];
    }

    private TokenReader Reader => _director.Reader;

    public void Dispose() => _tape.Dispose();

    public Composition Run(CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        ReadOpening(cancellation);
        _director.Begin();
        while (!_director.IsDone && _sampled < MostTokensPerBar * _options.Bars)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_director.Forced is int forced)
            {
                Go(forced);
                continue;
            }
            int drawn = Draw();
            if (_director.Accepts(drawn)) Go(drawn);
            if (_progress is not null && _sampled % TokensPerReport == 0) Report(_director.NewNotes(), _director.Now, _director.Share);
        }
        ImmutableArray<Note> notes = _director.NewNotes();
        Score score = _director.Finish();
        Report(notes, Tick.Max(score.End, _director.Now) + new Tick(1), 1);
        return new Composition
        {
            Score = score with { Texts = Provenance.Of(_model, _options) },
            ComposedFrom = _director.From,
            Options = _options,
            Model = _model.Recipe.Name,
            ModelHash = _model.Hash,
            GuardInterventions = _guard.Interventions,
            CopiesRefused = _copiesRefused,
            SampledTokens = _sampled,
            NatsPerToken = _nats / Math.Max(_sampled, 1),
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    private static Director DirectorOf(TokenModel model, ComposeOptions options)
    {
        if (model.Representation is not SheetRepresentation sheet)
        {
            return new OpenDirector(model.Representation, model.Representation.Read(Frames.Of(options)), options);
        }
        return options.Gap is null ? new SheetContinuation(sheet, sheet.Read(Frames.Of(options)), options) : SheetFilling.For(sheet, options);
    }

    // Many tokens at once: a long primer is read before anyone notices.
    private void ReadOpening(CancellationToken cancellation)
    {
        foreach (int token in _director.Opening) Hear(token);
        int[] opening = [_model.Network.Boundary, .. _director.Opening];
        int unseen = Math.Max(0, opening.Length - 1 - (_model.Network.Reach ?? opening.Length));
        _model.Network.Remember(opening.AsSpan(0, unseen), _memory);
        for (int start = unseen; start < opening.Length; start += TokensPerReading)
        {
            cancellation.ThrowIfCancellationRequested();
            Predict(opening.AsSpan(start, Math.Min(TokensPerReading, opening.Length - start)));
        }
    }

    private void Go(int token)
    {
        Hear(token);
        Predict([token]);
        _director.Follow(token);
    }

    private void Hear(int token)
    {
        Tick now = Reader.Now;
        Reader.Add(token);
        _guard.Add(token, now);
        if (_copyGuard is not null && _model.Representation.PitchOf(token) is { } pitch) _copyGuard.Push(NoteHere(pitch));
    }

    private Note NoteHere(byte pitch) => new(Reader.Now, new Tick(1), pitch, 1);

    private void Predict(ReadOnlySpan<int> tokens)
    {
        _model.Network.After(_tape, tokens, _memory).Data.CopyTo(_logits);
        _tape.Reset();
    }

    private int Draw()
    {
        // A model learns the boundary, not the end that stands in its place in the grammar.
        if (_model.Representation.EndToken is int end) _logits[end] = _logits[_model.Network.Boundary];
        _logits[_model.Network.Boundary] = float.NegativeInfinity;
        _logits.CopyTo(_candidates, 0);
        Reader.AllowedNext(_allowed);
        for (int token = 0; token < _allowed.Length; token++)
        {
            if (!_allowed[token]) _candidates[token] = float.NegativeInfinity;
        }
        if (TokenNetwork.Recollect(_memory) is { Agreeing: >= AgreeingTokens } passage) _candidates[passage.Follower] += _options.Repetition;
        _director.Narrow(_candidates);
        if (_options.Guard) _guard.Forbid(_candidates, Reader);
        int drawn = DrawOriginal();
        _nats += LogSum(_logits) - _logits[drawn];
        _sampled++;
        return drawn;
    }

    // Draws until the token begins no note that would copy too much, or nothing else is left.
    private int DrawOriginal()
    {
        ComposeOptions options = _options;
        if (_options.LastTemperature is { } last)
        {
            options = _options with { Temperature = _options.Temperature + ((last - _options.Temperature) * (float)_director.Share) };
        }
        while (true)
        {
            float[] left = [.. _candidates]; // the sampler overwrites them
            int drawn = Sampler.Draw(left, options, _random.NextDouble());
            if (_copyGuard is null || _model.Representation.PitchOf(drawn) is not { } pitch || _copyGuard.Allows(NoteHere(pitch))) return drawn;
            _candidates[drawn] = float.NegativeInfinity;
            if (_candidates.All(float.IsNegativeInfinity)) return drawn;
            _copiesRefused++;
        }
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
    private void Report(ImmutableArray<Note> notes, Tick now, double share)
    {
        if (_progress is null) return;
        int settled = _reported;
        while (settled < notes.Length && notes[settled].Onset < now) settled++;
        if (settled == _reported && share < 1) return;
        _progress.Report(new CompositionProgress(notes[Math.Min(_reported, settled)..settled], Reader.TicksPerQuarter, share));
        _reported = settled;
    }
}
