using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>A network that predicts each step of a roll from those before it.</summary>
public abstract class StepNetwork : RollNetwork
{
    private readonly LstmStack _layers;

    private protected StepNetwork(int width, int steps, string name, RecurrentOptions options, RandomSource random) : base(width, steps) =>
        _layers = Register(name, new LstmStack(width, options, random));

    /// <summary>How many steps may be predicted after one <see cref="Begin"/>; then begin anew. No end by default.</summary>
    public virtual int Horizon => int.MaxValue;

    /// <summary>Channels of the recurrent result.</summary>
    private protected int Outputs => _layers.Outputs;

    /// <summary>Takes in the past, all but its last step, which is the first to be given to <see cref="StepReader.Next"/>.</summary>
    /// <param name="past">[steps, width]; may be empty.</param>
    /// <param name="noise">Where the states begin: normal numbers from here, or zeros where null.</param>
    public virtual StepReader Begin(ReadOnlySpan<float> past, RandomSource? noise)
    {
        StepReader reader = Reader(noise, Head);
        for (int i = 0; i + 1 < past.Length / Width; i++) reader.Skip(past.Slice(i * Width, Width));
        return reader;
    }

    /// <summary>From the recurrent result, [batch, time, outputs], to logits.</summary>
    private protected abstract Tensor Head(Tape tape, Tensor x);

    private protected StepReader Reader(RandomSource? noise, Func<Tape, Tensor, Tensor> head)
    {
        LstmState[] states = _layers.CreateStates(1);
        if (noise is not null)
        {
            foreach (LstmState state in states)
            {
                foreach (ref float value in state.Hidden.Data) value = noise.NextNormal();
                foreach (ref float value in state.Cell.Data) value = noise.NextNormal();
            }
        }
        return new StepReader(_layers, states, head);
    }

    private protected Tensor Run(Tape tape, Tensor x, ref LstmState[]? states) => _layers.Forward(tape, x, ref states);

    /// <summary>
    /// Predicts a step after each of <paramref name="truth"/>, [batch, time, width], reading it or, by the tosses of
    /// <paramref name="feeding"/>, what was predicted. Steps that read the truth in a row are computed at once.
    /// </summary>
    private protected Tensor Predict(Tape tape, Tensor truth, Feeding feeding, LstmState[]? states, Func<Tape, Tensor, Tensor> head)
    {
        int batch = truth.Shape[0], time = truth.Shape[1];
        if (feeding.Forcing >= 1) return head(tape, _layers.Forward(tape, truth, ref states));
        var parts = new List<Tensor>();
        Tensor? own = null; // [batch, width]: read instead of the truth at the stretch's first step
        for (int start = 0; start < time;)
        {
            int end = start + 1;
            while (end < time && feeding.TossTruth()) end++;
            Tensor stretch = tape.Allocate([batch, end - start, Width]);
            for (int lane = 0; lane < batch; lane++)
            {
                Span<float> cells = stretch.Data.Slice(lane * (end - start) * Width, (end - start) * Width);
                truth.Data.Slice(((lane * time) + start) * Width, cells.Length).CopyTo(cells);
                own?.Data.Slice(lane * Width, Width).CopyTo(cells);
            }
            Tensor logits = head(tape, _layers.Forward(tape, stretch, ref states));
            parts.Add(logits);
            own = tape.Allocate([batch, Width]);
            for (int lane = 0; lane < batch; lane++)
            {
                feeding.Read(logits.Data.Slice((((lane + 1) * (end - start)) - 1) * Width, Width), own.Data.Slice(lane * Width, Width));
            }
            start = end;
        }
        return tape.Concatenate([.. parts], axis: 1);
    }
}
