using Etude.Evaluation.Benchmark;
using Etude.Music.Tests;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class FrameLikelihoodTests
{
    private static FramePiece Piece(params int[][] frames) =>
        new([.. frames.Select(keys => keys.Aggregate(UInt128.Zero, (frame, key) => frame | (UInt128.One << key)))]);

    [Fact]
    public void Nats_divide_by_all_frames_but_the_first_of_each_piece()
    {
        // A coin for each of 88 keys, in 2 + 1 + 0 predicted frames.
        var coin = new Coin();
        Assert.Equal(88 * Math.Log(2), FrameLikelihood.NatsPerFrame(coin, [Piece([], [1], []), Piece([2], []), Piece([5])]), 12);
        Assert.Equal(double.NaN, FrameLikelihood.NatsPerFrame(coin, [Piece([1])]));
    }

    [Fact]
    public void Marginal_floor_counts_keys()
    {
        // Key 3 sounds in 2 of 4 training frames: (2 + 1) / (4 + 2); each of the 87 others never: 1 / 6.
        KeyFloor floor = KeyFloor.Marginal([Piece([3], [], [3], [])]);
        double expected = -Math.Log(0.5) - 87 * Math.Log(5 / 6.0);
        Assert.Equal(expected, floor.NegativeLogLikelihood(Piece([], [3])), 12);
        Assert.Equal(expected - Math.Log(1 / 6.0) + Math.Log(5 / 6.0), floor.NegativeLogLikelihood(Piece([], [3, 87])), 12);
    }

    [Fact]
    public void Last_frame_floor_counts_what_follows_sound_and_silence()
    {
        // Key 3 after sound: sounds in 2 of 3; after silence: in 1 of 1. The other 87 after silence: in 0 of 4.
        KeyFloor floor = KeyFloor.LastFrame([Piece([3], [3], [3], [], [3])]);
        double others = -87 * Math.Log(5 / 6.0);
        Assert.Equal(others - Math.Log(3 / 5.0), floor.NegativeLogLikelihood(Piece([3], [3])), 12);
        Assert.Equal(others - Math.Log(2 / 3.0), floor.NegativeLogLikelihood(Piece([], [3])), 12);
    }

    [Theory]
    [InlineData("jsb", 11.09, 10.49)]
    [InlineData("nottingham", 10.26, 5.15)]
    [InlineData("piano_midi_de", 11.05, 8.26)]
    [InlineData("musedata", 11.51, 8.56)]
    public void Floors_of_the_published_sets_are_reproduced(string name, double marginal, double lastFrame)
    {
        FrameSet set = FrameSet.Read(SharedData.Require($"polyphonic-benchmark/{name}.json"));
        Assert.Equal(marginal, FrameLikelihood.NatsPerFrame(KeyFloor.Marginal(set.Train), set.Test), 0.02);
        Assert.Equal(lastFrame, FrameLikelihood.NatsPerFrame(KeyFloor.LastFrame(set.Train), set.Test), 0.02);
    }

    [Fact]
    public void The_clean_chorales_share_no_soprano_with_training()
    {
        FrameSet jsb = FrameSet.Read(SharedData.Require("polyphonic-benchmark/jsb.json"));
        var clean = FrameLikelihood.CleanTest(jsb);
        Assert.Equal(49, clean.Length);
        var trained = jsb.Train.Select(Soprano).ToHashSet();
        Assert.DoesNotContain(clean, piece => trained.Contains(Soprano(piece)));
        Assert.Contains(jsb.Test, piece => trained.Contains(Soprano(piece)));
        Assert.Throws<ArgumentException>(() => FrameLikelihood.CleanTest(jsb with { Test = jsb.Valid }));
    }

    [Fact]
    public void A_file_of_another_form_is_refused_with_its_name()
    {
        string path = Path.GetTempFileName();
        try
        {
            foreach (string text in new[] { "[1, 2]", "{\"train\": []}", "no json", "{\"train\": [], \"valid\": [], \"test\": [[[20]]]}" })
            {
                File.WriteAllText(path, text);
                Assert.Contains(path, Assert.Throws<InvalidDataException>(() => FrameSet.Read(path)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Soprano(FramePiece piece) =>
        string.Join(' ', piece.Frames.Select(frame => 127 - UInt128.LeadingZeroCount(frame)));

    private sealed class Coin : IFrameModel
    {
        public string Name => "coin";

        public long ParameterCount => 0;

        public double NegativeLogLikelihood(FramePiece piece) => piece.PredictedFrames * 88 * Math.Log(2);
    }
}
