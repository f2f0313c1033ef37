using System.Diagnostics;
using System.Runtime.InteropServices;
using Etude.Models.Rolls;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Composing;

/// <summary>One piece in the making, step by step of a roll.</summary>
internal sealed class StepComposition
{
    private const int StepsPerReport = 16;
    private const int ChordTicks = 480;

    private readonly RollModel _model;
    private readonly StepNetwork _network;
    private readonly ComposeOptions _options;
    private readonly RollDrawing _drawing;
    private readonly IProgress<CompositionProgress>? _progress;
    private readonly RollFrame _frame;
    private readonly RollGuard _guard;
    private readonly RandomSource _random;
    private readonly List<float> _cells; // [steps, width]
    private readonly HashSet<Note> _reported = [];
    private readonly int _primed;
    private double _nats;

    public StepComposition(RollModel model, StepNetwork network, ComposeOptions options, IProgress<CompositionProgress>? progress)
    {
        (_model, _network, _options, _progress) = (model, network, options, progress);
        _drawing = options.Rolls ?? new RollDrawing();
        _frame = new RollFrame(model.Representation.Grid, options);
        _random = new RandomSource(options.Seed);
        _guard = new RollGuard(model.Representation, _frame.StepsPerQuarter, _random);
        _cells = [.. Primer()];
        _primed = _cells.Count / network.Width;
    }

    public Composition Run(CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        int width = _network.Width;
        var step = new float[width];
        var logits = new float[width];
        for (int i = 0; i < _primed; i++) _guard.Add(CollectionsMarshal.AsSpan(_cells).Slice(i * width, width));
        Score primer = Decode();
        foreach (Note note in primer.NotesInOrder()) _reported.Add(note);
        StepReader reader = Begin();
        if (_primed > 0) _cells.CopyTo((_primed - 1) * width, step, 0, width);
        for (int done = 0; done < _frame.Steps; done++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (done > 0 && done % _network.Horizon == 0)
            {
                reader.Dispose();
                reader = Begin();
            }
            reader.Next(step, logits);
            Draw(logits, step);
            if (IsOfClasses) logits[0] = float.NegativeInfinity; // no cell: the class of a silent step
            if (_options.Guard) _guard.Steer(step, logits);
            _guard.Add(step);
            _cells.AddRange(step);
            if ((done + 1) % StepsPerReport == 0) Report((done + 1.0) / _frame.Steps);
        }
        reader.Dispose();
        Report(1);
        return new Composition
        {
            Score = Decode() with { Texts = Provenance.Of(_model, _options) },
            ComposedFrom = primer.End,
            Options = _options,
            Model = _model.Recipe.Name,
            ModelHash = _model.Hash,
            GuardInterventions = _guard.Interventions,
            SampledTokens = _frame.Steps,
            NatsPerToken = _nats / _frame.Steps,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    private bool IsOfClasses => _model.Recipe.Objective.Loss == ObjectiveKind.CrossEntropy;

    private StepReader Begin()
    {
        int past = Math.Min(_cells.Count / _network.Width, _network.Horizon) * _network.Width;
        return _network.Begin(CollectionsMarshal.AsSpan(_cells)[^past..], _drawing.NormalStates ? _random : null);
    }

    private float[] Primer()
    {
        Score? primer = _options.Primer;
        if (!_drawing.Chord.IsEmpty)
        {
            if (primer is not null) throw new ArgumentException("The options Primer and Rolls.Chord both say how to begin: give one of them.");
            primer = Score.Piano(_drawing.Chord.Select(pitch => new Note(Tick.Zero, new Tick(ChordTicks), (byte)pitch, 80)));
        }
        if (primer is null) return [];
        Roll roll = _model.Representation.Encode(primer).Roll;
        if (roll.Count == 0) throw new ArgumentException("The primer holds no piano note to continue from: choose another file or passage.");
        var cells = new float[roll.Steps * roll.Width];
        roll.CopyTo(0, cells);
        return cells;
    }

    private void Draw(float[] logits, Span<float> cells)
    {
        cells.Clear();
        if (IsOfClasses)
        {
            float[] candidates = [.. logits];
            int drawn = Sampler.Draw(candidates, _options, _random.NextDouble());
            _nats += LogSum(logits) - logits[drawn];
            if (drawn > 0) cells[drawn] = 1;
            return;
        }
        bool threshold = (_drawing.Draw ?? (_model.Recipe.Objective.Loss == ObjectiveKind.Focal ? RollDraw.Threshold : RollDraw.Toss)) == RollDraw.Threshold
            || _options.Temperature == 0;
        float most = logits.Max(), least = Least(logits);
        for (int i = 0; i < cells.Length; i++)
        {
            double toss = _random.NextDouble();
            float share = Sigmoid(_options.Temperature == 0 ? logits[i] : logits[i] / _options.Temperature);
            bool isLikely = logits[i] >= least && Sigmoid(logits[i]) >= _options.MinP * Sigmoid(most);
            if (isLikely && (threshold ? share > (_drawing.Threshold ?? _model.Threshold) : toss < share)) cells[i] = 1;
            _nats -= Math.Log(Math.Max(cells[i] > 0 ? Sigmoid(logits[i]) : Sigmoid(-logits[i]), 1e-30));
        }
    }

    // The logit of the last cell that top-k allows.
    private float Least(float[] logits) =>
        _options.TopK > 0 && _options.TopK < logits.Length ? logits.OrderDescending().ElementAt(_options.TopK - 1) : float.NegativeInfinity;

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    private static double LogSum(float[] logits)
    {
        float most = logits.Max();
        return most + Math.Log(logits.Sum(logit => Math.Exp(logit - most)));
    }

    private Score Decode()
    {
        int width = _network.Width;
        return _model.Representation.Decode(Roll.FromCells(CollectionsMarshal.AsSpan(_cells), width), _frame.Decoding);
    }

    // A note is settled once it has ended; at the end all are.
    private void Report(double share)
    {
        if (_progress is null) return;
        Score score = Decode();
        Tick end = score.End;
        var settled = score.NotesInOrder().Where(note => share >= 1 || note.End < end).Where(_reported.Add);
        _progress.Report(new CompositionProgress([.. settled], score.TicksPerQuarter, share));
    }
}
