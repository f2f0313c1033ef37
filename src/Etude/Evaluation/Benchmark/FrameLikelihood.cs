using System.Collections.Immutable;

namespace Etude.Evaluation.Benchmark;

/// <summary>The benchmark's published measure.</summary>
public static class FrameLikelihood
{
    /// <summary>
    /// Nats a frame: the <see cref="IFrameModel.NegativeLogLikelihood"/> of all pieces divided by all frames but each
    /// piece's first (the rule of Bai, Kolter and Koltun 2018, arXiv 1803.01271; lower is better). NaN without frames.
    /// </summary>
    public static double NatsPerFrame(IFrameModel model, IEnumerable<FramePiece> pieces)
    {
        ArgumentNullException.ThrowIfNull(model);
        double nats = 0;
        long frames = 0;
        foreach (FramePiece piece in pieces)
        {
            nats += model.NegativeLogLikelihood(piece);
            frames += piece.PredictedFrames;
        }
        return frames > 0 ? nats / frames : double.NaN;
    }

    /// <summary>The pieces of a set's test split, or for JSB only its 49 clean chorales.</summary>
    /// <exception cref="ArgumentException">The set is not JSB's: its test split has not 77 pieces.</exception>
    public static ImmutableArray<FramePiece> CleanTest(FrameSet jsb)
    {
        ArgumentNullException.ThrowIfNull(jsb);
        return jsb.Test.Length == 77
            ? [.. FrameSet.CleanJsbChorales.Select(chorale => jsb.Test[chorale])]
            : throw new ArgumentException($"{jsb.Name} has {jsb.Test.Length} test pieces; JSB's clean chorales are chosen from 77.", nameof(jsb));
    }
}
