namespace Etude.Evaluation.Benchmark;

/// <summary>
/// What needs no learning: each key sounds with the share it had in training, on its own or given whether it sounded in
/// the frame before. Every table of results carries both.
/// </summary>
public sealed class KeyFloor : IFrameModel
{
    private readonly double[] _sounding; // [after silence or after sound][key]
    private readonly bool _seesLastFrame;

    private KeyFloor(string name, double[] sounding, bool seesLastFrame) =>
        (Name, _sounding, _seesLastFrame) = (name, sounding, seesLastFrame);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long ParameterCount => _seesLastFrame ? 2 * FramePiece.Keys : FramePiece.Keys;

    /// <summary>Each key by its share of all training frames.</summary>
    public static KeyFloor Marginal(IEnumerable<FramePiece> train) => Fit("per-key marginal", train, seesLastFrame: false);

    /// <summary>Each key given the same key in the last frame.</summary>
    public static KeyFloor LastFrame(IEnumerable<FramePiece> train) => Fit("same key in the last frame", train, seesLastFrame: true);

    /// <summary>The share of frames in which each of the 88 keys sounds; never quite 0 or 1.</summary>
    internal static double[] Shares(IEnumerable<FramePiece> train) => Marginal(train)._sounding[..FramePiece.Keys];

    /// <inheritdoc/>
    public double NegativeLogLikelihood(FramePiece piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        double nats = 0;
        for (int frame = 1; frame < piece.Frames.Length; frame++)
        {
            for (int key = 0; key < FramePiece.Keys; key++)
            {
                double sounding = _sounding[Cell(piece.Frames[frame - 1], key)];
                nats -= Math.Log(Sounds(piece.Frames[frame], key) ? sounding : 1 - sounding);
            }
        }
        return nats;
    }

    private static KeyFloor Fit(string name, IEnumerable<FramePiece> train, bool seesLastFrame)
    {
        var floor = new KeyFloor(name, new double[2 * FramePiece.Keys], seesLastFrame);
        // One frame of sound and one of silence are added to each count, so that nothing is impossible.
        var sounding = new double[2 * FramePiece.Keys];
        var frames = new double[2 * FramePiece.Keys];
        Array.Fill(sounding, 1);
        Array.Fill(frames, 2);
        foreach (FramePiece piece in train)
        {
            for (int frame = seesLastFrame ? 1 : 0; frame < piece.Frames.Length; frame++)
            {
                for (int key = 0; key < FramePiece.Keys; key++)
                {
                    int cell = floor.Cell(frame > 0 ? piece.Frames[frame - 1] : 0, key);
                    frames[cell]++;
                    if (Sounds(piece.Frames[frame], key)) sounding[cell]++;
                }
            }
        }
        for (int cell = 0; cell < frames.Length; cell++) floor._sounding[cell] = sounding[cell] / frames[cell];
        return floor;
    }

    private int Cell(UInt128 lastFrame, int key) => _seesLastFrame && Sounds(lastFrame, key) ? FramePiece.Keys + key : key;

    private static bool Sounds(UInt128 frame, int key) => ((ulong)(frame >> key) & 1) == 1;
}
