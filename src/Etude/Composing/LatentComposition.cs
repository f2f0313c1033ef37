using System.Diagnostics;
using System.Runtime.InteropServices;
using Etude.Models.Rolls;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Composing;

/// <summary>One piece made of latents, window by window of a roll.</summary>
internal sealed class LatentComposition(RollModel model, LatentNetwork network, ComposeOptions options)
{
    private const double Nearness = 0.7; // the correlation of a chance latent with the one before it
    private const float Threshold = 0.5f;
    private const float ShareOfLikeliest = 0.8f; // the threshold of a window that would be silent, by its likeliest cell

    private readonly LatentChoice _choice = options.Latent ?? new LatentChoice();
    private readonly RollFrame _frame = new(model.Representation.Grid, options);
    private readonly RandomSource _random = new(options.Seed);
    private RollGuard? _guard;
    private int _lowered;

    public Composition Run(CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        int width = network.Width, size = network.Steps * width;
        float[][] latents = [.. Latents().Select(Slid)];
        if (options.Guard) _guard = new RollGuard(model.Representation, _frame.StepsPerQuarter, _random);
        var roll = new List<float>();
        using var tape = new Tape(training: false);
        double nats = 0;
        foreach (float[] latent in latents)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> logits = network.Decode(tape, new Tensor([1, network.Latent], latent)).Data;
            nats += AddCells(roll, logits[..size]);
            tape.Reset();
        }
        var cells = Roll.FromCells(CollectionsMarshal.AsSpan(roll), width);
        return new Composition
        {
            Score = model.Representation.Decode(cells, _frame.Decoding) with { Texts = Provenance.Of(model, options) },
            ComposedFrom = Tick.Zero,
            Options = options,
            Model = model.Recipe.Name,
            ModelHash = model.Hash,
            GuardInterventions = _lowered + (_guard?.Interventions ?? 0),
            SampledTokens = cells.Steps,
            NatsPerToken = nats / cells.Steps,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    private IEnumerable<float[]> Latents()
    {
        if (_choice.Towards is { } towards)
        {
            float[] from = Encode(options.Primer ?? throw new ArgumentException("Latent.Towards needs a Primer to set out from.")).First();
            float[] to = Encode(towards).First();
            return _choice.Share is { } share
                ? [Mix(from, to, share)]
                : Enumerable.Range(0, _choice.Steps).Select(step => Mix(from, to, step / (_choice.Steps - 1f)));
        }
        int windows = (_frame.Steps + network.Steps - 1) / network.Steps;
        return (_choice.Source ?? (options.Primer is null ? LatentSource.Chance : LatentSource.Piece)) switch
        {
            LatentSource.Piece => Encode(options.Primer ?? throw new ArgumentException("Latent.Source Piece needs a Primer.")).Take(windows),
            LatentSource.Average => Enumerable.Repeat(Space.Mean.Select(value => (float)value).ToArray(), windows),
            _ => Chance(windows),
        };
    }

    private LatentSpace Space => model.Latents
        ?? throw new InvalidOperationException($"{model.Recipe.Name} holds no {LatentSpace.FileName}: it was saved before its first epoch ended.");

    private IEnumerable<float[]> Encode(Score score)
    {
        Roll roll = model.Representation.Encode(score).Roll;
        if (roll.Count == 0) throw new ArgumentException("The piece holds no piano note to encode: choose another file or passage.");
        using var tape = new Tape(training: false);
        for (int start = 0; start < roll.Steps; start += network.Steps)
        {
            var window = new Tensor([1, network.Steps, network.Width]);
            roll.CopyTo(start, window.Data);
            float[] latent = network.Encode(tape, window).Data.ToArray();
            tape.Reset();
            yield return latent;
        }
    }

    private IEnumerable<float[]> Chance(int windows)
    {
        double[] along = new double[Space.Axes.Count];
        for (int window = 0; window < windows; window++)
        {
            double kept = window == 0 ? 0 : Nearness;
            float[] latent = [.. Space.Mean.Select(value => (float)value)];
            for (int axis = 0; axis < along.Length; axis++)
            {
                along[axis] = (kept * along[axis]) + (Math.Sqrt(1 - (kept * kept)) * _random.NextNormal() * options.Temperature);
                Shift(latent, Space.Axes[axis], along[axis]);
            }
            yield return latent;
        }
    }

    private float[] Slid(float[] latent)
    {
        foreach (LatentSlide slide in _choice.Slides)
        {
            if (slide.Component < 1 || slide.Component > network.Latent)
            {
                throw new ArgumentException($"Latent.Slides names component {slide.Component}: {model.Recipe.Name} has 1 to {network.Latent}.");
            }
            Shift(latent, Space.Axes[slide.Component - 1], slide.Deviations);
        }
        return latent;
    }

    private static void Shift(float[] latent, LatentAxis axis, double deviations)
    {
        for (int i = 0; i < latent.Length; i++) latent[i] += (float)(deviations * axis.Deviation * axis.Direction[i]);
    }

    private static float[] Mix(float[] from, float[] to, float share) =>
        [.. from.Zip(to, (a, b) => ((1 - share) * a) + (share * b))];

    // The report found the outputs of its autoencoders low: with the guard a window that would be silent gets a lower threshold.
    private double AddCells(List<float> roll, ReadOnlySpan<float> logits)
    {
        float threshold = Threshold;
        float most = 0;
        foreach (float logit in logits) most = Math.Max(most, 1 / (1 + MathF.Exp(-logit)));
        if (options.Guard && most <= threshold)
        {
            threshold = ShareOfLikeliest * most;
            _lowered++;
        }
        double nats = 0;
        var step = new float[network.Width];
        for (int start = 0; start < logits.Length; start += step.Length)
        {
            ReadOnlySpan<float> of = logits.Slice(start, step.Length);
            for (int i = 0; i < step.Length; i++) step[i] = 1 / (1 + MathF.Exp(-of[i])) > threshold ? 1 : 0;
            _guard?.Steer(step, of);
            _guard?.Add(step);
            roll.AddRange(step);
            for (int i = 0; i < step.Length; i++)
            {
                nats -= Math.Log(Math.Max(1 / (1 + Math.Exp(step[i] > 0 ? -of[i] : of[i])), 1e-30));
            }
        }
        return nats;
    }
}
