using Etude.Models.Rolls;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Tests.Models.Rolls;

public sealed class StepNetworkTests
{
    private const int Width = 5, Steps = 6;

    public static TheoryData<RollNetworkOptions> Networks =>
    [
        new RollLstmOptions { Units = [7, 4] },
        new EncoderDecoderOptions { Units = [7, 4], Hidden = 3 },
        new EncoderDecoderOptions { Units = [7, 4], Attention = true },
    ];

    [Theory, MemberData(nameof(Networks))]
    public void Composing_step_by_step_gives_the_logits_of_training_over_whole_windows(RollNetworkOptions options)
    {
        var network = (StepNetwork)options.Build(Width, Steps, new RandomSource(3));
        Tensor window = Window(network);
        using var tape = new Tape(training: false);
        float[] expected = network.Forward(tape, window, Feeding.Truth).Logits.Data.ToArray();

        // The step before the first target ends the past and is the first to be read.
        using StepReader reader = network.Begin(window.Data[..(network.FirstTarget * Width)], noise: null);
        var logits = new float[Width];
        for (int step = 0; step < network.Targets; step++)
        {
            reader.Next(window.Data.Slice((network.FirstTarget - 1 + step) * Width, Width), logits);
            for (int i = 0; i < Width; i++) Assert.Equal(expected[(step * Width) + i], logits[i], 1e-4f);
        }
    }

    [Theory, MemberData(nameof(Networks))]
    public void Without_forcing_it_reads_what_it_said(RollNetworkOptions options)
    {
        var network = (StepNetwork)options.Build(Width, Steps, new RandomSource(3));
        Tensor window = Window(network);
        using var tape = new Tape(training: false);
        var feeding = new Feeding(0, 0.5f, new RandomSource(1));
        float[] expected = network.Forward(tape, window, feeding).Logits.Data.ToArray();

        using StepReader reader = network.Begin(window.Data[..(network.FirstTarget * Width)], noise: null);
        float[] step = window.Data.Slice((network.FirstTarget - 1) * Width, Width).ToArray();
        var logits = new float[Width];
        for (int target = 0; target < network.Targets; target++)
        {
            reader.Next(step, logits);
            for (int i = 0; i < Width; i++)
            {
                Assert.Equal(expected[(target * Width) + i], logits[i], 1e-4f);
                step[i] = logits[i] > 0 ? 1 : 0;
            }
        }
    }

    [Fact]
    public void A_decoder_that_sees_the_answer_is_given_it()
    {
        var options = new EncoderDecoderOptions { Units = [7], SeesAnswer = true };
        RollNetwork network = options.Build(Width, Steps, new RandomSource(3));
        using var tape = new Tape(training: false);
        Tensor window = Window(network);
        float[] before = network.Forward(tape, window, Feeding.Truth).Logits.Data.ToArray();
        window.Data[(2 * Steps * Width) - 1] = 1 - window.Data[(2 * Steps * Width) - 1]; // the last cell of the last target
        float[] after = network.Forward(tape, window, Feeding.Truth).Logits.Data.ToArray();
        Assert.NotEqual(before[^Width..], after[^Width..]);
        Assert.Equal(before[..^Width], after[..^Width]);
    }

    private static Tensor Window(RollNetwork network)
    {
        var random = new RandomSource(9);
        var window = new Tensor([1, network.Window, Width]);
        foreach (ref float cell in window.Data) cell = random.NextSingle() < 0.4f ? 1 : 0;
        return window;
    }
}
