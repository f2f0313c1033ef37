using System.Diagnostics;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Composing;

/// <summary>
/// A piece in another style, at the level that a model of tokens allows: its rhythm stays, every onset and duration, and its
/// bass; the other pitches are drawn from the model, which has read what it made so far, each near the one it replaces. A duration
/// or pitch that the vocabulary does not hold becomes the nearest that it does.
/// </summary>
/// <remarks>The bass is the lowest of the notes that begin together, where it lies below middle C.</remarks>
internal sealed class Restyling : IDisposable
{
    private const int MiddleC = 60;
    private const int Reach = 12; // semitones from the pitch that is replaced

    private readonly TokenModel _model;
    private readonly ComposeOptions _options;
    private readonly RandomSource _random;
    private readonly Tape _tape = new(training: false);
    private readonly float[] _candidates;
    private readonly bool[] _allowed;
    private readonly (string Kind, int Pitch)?[] _notes; // by token: what two tokens that differ in their pitch alone share, and the pitch
    private double _nats;
    private int _drawn;

    public Restyling(TokenModel model, ComposeOptions options)
    {
        (_model, _options, _random) = (model, options, new RandomSource(options.Seed));
        TokenRepresentation representation = model.Representation;
        _candidates = new float[model.Network.Classes];
        _allowed = new bool[representation.Vocabulary.Count];
        _notes = [.. representation.Vocabulary.Texts.Select((text, token) => representation.NotesBegun(token) == 1 ? Pitched(text) : null)];
        if (_notes.All(note => note is null) || representation.Vocabulary.Texts.Any(text => text.StartsWith("off ", StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The tokens of '{representation.Scheme}' do not each say a note: take a model of note-duration or bars.");
        }
    }

    public void Dispose() => _tape.Dispose();

    public Composition Run(Score piece, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        TokenReader reader = _model.Representation.Read(DecodeOptions.From(piece));
        var memory = _model.Network.CreateMemory(batch: 1);
        Tick? lastOnset = null;
        int token = _model.Network.Boundary;
        foreach (int original in _model.Representation.Encode(piece).Tokens)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> logits = _model.Network.Forward(_tape, [token], memory).Data;
            token = original;
            if (_notes[original] is { } note)
            {
                bool isBass = lastOnset != reader.Now && note.Pitch < MiddleC;
                lastOnset = reader.Now;
                if (!isBass) token = Draw(logits, original, note, reader);
            }
            _tape.Reset();
            reader.Add(token);
        }
        return new Composition
        {
            Score = reader.ToScore() with { Texts = Provenance.Of(_model, _options with { Primer = piece }) },
            ComposedFrom = Tick.Zero,
            Options = _options,
            Model = _model.Recipe.Name,
            ModelHash = _model.Hash,
            GuardInterventions = 0,
            SampledTokens = _drawn,
            NatsPerToken = _nats / Math.Max(1, _drawn),
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    // A token like the original but for the pitch; the original where none is allowed.
    private int Draw(ReadOnlySpan<float> logits, int original, (string Kind, int Pitch) note, TokenReader reader)
    {
        reader.AllowedNext(_allowed);
        Array.Fill(_candidates, float.NegativeInfinity);
        bool any = false;
        for (int token = 0; token < _notes.Length; token++)
        {
            if (!_allowed[token] || _notes[token] is not { } other || other.Kind != note.Kind || Math.Abs(other.Pitch - note.Pitch) > Reach) continue;
            _candidates[token] = logits[token];
            any = true;
        }
        if (!any) return original;
        var kept = _candidates.AsSpan().ToArray();
        int drawn = Sampler.Draw(_candidates, _options, _random.NextDouble());
        _nats += Math.Log(kept.Sum(logit => Math.Exp(logit - kept.Max()))) + kept.Max() - kept[drawn];
        _drawn++;
        return drawn;
    }

    // "note 60 12" is a note 12 of pitch 60, "pitch 60" a pitch.
    private static (string Kind, int Pitch)? Pitched(string text)
    {
        string[] words = text.Split(' ');
        return words.Length > 1 && int.TryParse(words[1], out int pitch) ? (string.Join(' ', words.Where((_, place) => place != 1)), pitch) : null;
    }
}
