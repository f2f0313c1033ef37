using Etude.Evaluation.Benchmark;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class FrameModelTests
{
    [Fact]
    public void Seeing_few_of_the_easy_keys_leaves_probabilities_right()
    {
        // Two keys that sound by chance alone, one of them rarely: nothing beats the entropy of 0.3 and of 0.03.
        FrameSet set = Chance(0.3, 0.03);
        double entropy = Entropy(0.3) + Entropy(0.03);
        KeyModel model = KeyModel.Train(set, new KeyModelOptions { Rounds = 6, FramesPerRound = 9000, FirstWidth = 16, SecondWidth = 8, Dropout = 0, EasyShare = 0.1, BatchKeys = 256, Remembers = false });
        Assert.InRange(FrameLikelihood.NatsPerFrame(model, set.Test), entropy - 0.03, entropy + 0.1);
    }

    [Theory]
    [InlineData(SequenceCore.Lstm, false)]
    [InlineData(SequenceCore.Gru, false)]
    [InlineData(SequenceCore.Tcn, false)]
    [InlineData(SequenceCore.Lstm, true)]
    [InlineData(SequenceCore.Gru, true)]
    [InlineData(SequenceCore.Tcn, true)]
    public void Sequence_models_learn_a_tune(SequenceCore core, bool withAll)
    {
        FrameSet set = Tunes();
        SequenceModel model = SequenceModel.Train(set, new SequenceModelOptions
        {
            Core = core,
            Units = 24,
            Blocks = 3,
            Taps = 2,
            Epochs = 30,
            LearningRate = 0.01f,
            Dropout = 0,
            InputDropout = 0,
            StretchFrames = 32,
            Embedding = withAll ? 24 : 0,
            Skip = withAll,
            WeightDropout = withAll ? 0.1f : 0,
        });
        double floor = FrameLikelihood.NatsPerFrame(KeyFloor.LastFrame(set.Train), set.Test);
        double learned = FrameLikelihood.NatsPerFrame(model, set.Test);
        Assert.True(learned < floor / (withAll ? 3 : 5), $"{core}: {learned}, floor {floor}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Key_models_learn_a_tune(bool joint)
    {
        FrameSet set = Tunes();
        KeyModel model = KeyModel.Train(set, new KeyModelOptions { Joint = joint, Rounds = 4, FramesPerRound = 2000, FirstWidth = 32, SecondWidth = 16, BatchKeys = 256, Dropout = 0, InputDropout = 0 });
        double floor = FrameLikelihood.NatsPerFrame(KeyFloor.LastFrame(set.Train), set.Test);
        double learned = FrameLikelihood.NatsPerFrame(model, set.Test);
        Assert.True(learned < floor / 5, $"{learned}, floor {floor}");
    }

    [Fact]
    public void Joint_models_see_that_two_keys_go_together()
    {
        // A coin decides whether both of two keys sound: ln 2 a frame jointly, twice that independently.
        var random = new Random(1);
        FramePiece Piece(int frames) => new([.. Enumerable.Range(0, frames).Select(_ => random.Next(2) == 0 ? UInt128.Zero : (UInt128)0b1001 << 40)]);
        var set = new FrameSet("coin", [.. Enumerable.Range(0, 20).Select(_ => Piece(200))], [Piece(400)], [Piece(2000)]);
        var options = new KeyModelOptions { Rounds = 6, FramesPerRound = 3000, FirstWidth = 16, SecondWidth = 8, BatchKeys = 256, LearningRate = 0.01f, Dropout = 0, Remembers = false };
        Assert.Equal(Math.Log(2), FrameLikelihood.NatsPerFrame(KeyModel.Train(set, options), set.Test), 0.08);
        Assert.Equal(2 * Math.Log(2), FrameLikelihood.NatsPerFrame(KeyModel.Train(set, options with { Joint = false }), set.Test), 0.08);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_chances_of_all_frames_that_may_follow_add_up_to_one(bool joint)
    {
        // Four keys in training, two silent ones on either side: 256 frames may follow. What saw ahead would not add up.
        var random = new Random(2);
        FramePiece Piece() => new([.. Enumerable.Range(0, 60).Select(_ => (UInt128)random.Next(16) << 40)]);
        var set = new FrameSet("few keys", [.. Enumerable.Range(0, 8).Select(_ => Piece())], [Piece()], [Piece()]);
        KeyModel model = KeyModel.Train(set, new KeyModelOptions
        {
            Joint = joint,
            KnowsCorpus = true,
            Rounds = 2,
            FramesPerRound = 400,
            FirstWidth = 16,
            SecondWidth = 8,
            BatchKeys = 128,
        });
        FramePiece past = new([.. set.Test[0].Frames.Take(40)]);
        double before = model.NegativeLogLikelihood(past), sum = 0;
        for (int frame = 0; frame < 256; frame++)
        {
            sum += Math.Exp(before - model.NegativeLogLikelihood(new FramePiece([.. past.Frames, (UInt128)frame << 38])));
        }
        Assert.Equal(1, sum, 0.001); // a key beyond training's keeps a chance of one in a million
    }

    [Fact]
    public void The_same_seed_trains_the_same_model()
    {
        FrameSet set = Tunes();
        var options = new KeyModelOptions { Rounds = 1, FramesPerRound = 300, BatchKeys = 128 };
        Assert.Equal(
            FrameLikelihood.NatsPerFrame(KeyModel.Train(set, options), set.Test),
            FrameLikelihood.NatsPerFrame(KeyModel.Train(set, options), set.Test));
    }

    private static double Entropy(double p) => -p * Math.Log(p) - (1 - p) * Math.Log(1 - p);

    private static FrameSet Chance(params double[] chances)
    {
        var random = new Random(1);
        FramePiece Piece(int frames) => new([.. Enumerable.Range(0, frames).Select(_ =>
            chances.Select((chance, i) => random.NextDouble() < chance ? UInt128.One << (40 + 20 * i) : 0).Aggregate((a, b) => a | b))]);
        return new FrameSet("chance", [.. Enumerable.Range(0, 30).Select(_ => Piece(300))], [Piece(1000)], [Piece(4000)]);
    }

    /// <summary>Broken chords that go up and down from some key in a fixed round.</summary>
    private static FrameSet Tunes()
    {
        var random = new Random(1);
        FramePiece Piece()
        {
            int[] tune = [0, 4, 7, 12, 7, 4];
            int start = random.Next(6), key = 30 + random.Next(4);
            return new([.. Enumerable.Range(0, 40).Select(i => UInt128.One << (key + tune[(start + i) % 6]))]);
        }
        return new FrameSet("tunes", [.. Enumerable.Range(0, 60).Select(_ => Piece())], [.. Enumerable.Range(0, 10).Select(_ => Piece())], [.. Enumerable.Range(0, 10).Select(_ => Piece())]);
    }
}
