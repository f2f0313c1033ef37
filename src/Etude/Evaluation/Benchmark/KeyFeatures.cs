using System.Numerics;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// What one key of one frame is predicted from: everything is seen from the key (what sounds so many semitones above or
/// below it), so that one network serves all keys. Nothing later than the frame is seen, and of the frame itself only
/// the keys above the key, where they may be.
/// </summary>
/// <remarks>Holds the place in a piece: not for several threads.</remarks>
internal sealed class KeyFeatures
{
    private const int Reach = 15, Window = 2 * Reach + 1, Frames = 12, Above = 24, LongestRun = 32, LatestPlaces = 32, VoiceMove = 7;
    private static readonly int[] Periods = [16, 8, 4, 12, 6, 3];
    private static readonly int[] Lags = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
    private static readonly int[] Ages = [1, 2, 3, 4, 6, 8, 12, 16, 32];
    private static readonly int[] Runs = [1, 2, 3, 4, 6, 9, 16, LongestRun];
    private static readonly int[] ContextLengths = [1, 2, 3, 4, 6, 8, 16];
    private static readonly int[] MovedContextLengths = [2, 4, 8];
    private static readonly int[] VoiceLags = [1, 2, 3, 4];
    private static readonly float[] Fading = [0.9f, 0.97f, 0.995f];

    private readonly bool _seesAbove, _remembers;
    private readonly double[][] _histograms = [.. Fading.Select(_ => new double[12])];
    private readonly float[] _similarity = new float[Lags.Length];
    private readonly ContextMemory _memory = new(ContextLengths, LatestPlaces), _movedMemory = new(MovedContextLengths, LatestPlaces);
    private readonly CorpusContexts? _corpus;
    private readonly ContextMemory[] _corpusMemories = [];
    private int _self;
    private UInt128[] _frames = [];
    private UInt128[] _shapes = []; // each frame moved down until its lowest key is key 0
    private int[] _lowest = [];
    private int _time;
    private UInt128 _copied, _copiedMoved;
    private int _run, _movedRun;
    private UInt128 _uneasy, _settled;
    private bool _isSettled;

    /// <summary>Chooses what is seen.</summary>
    /// <param name="seesAbove">Whether keys of the frame above the key are seen.</param>
    /// <param name="remembers">Whether earlier passages of the piece are searched for what followed a like context.</param>
    /// <param name="corpus">The training pieces, where they are searched for what followed the same frames.</param>
    public KeyFeatures(bool seesAbove, bool remembers, CorpusContexts? corpus = null)
    {
        (_seesAbove, _remembers, _corpus) = (seesAbove, remembers, corpus);
        if (corpus is not null) _corpusMemories = CorpusContexts.NewMemories();
        Count = Window * Frames + FramePiece.Keys + 12 + Periods.Sum() + 2 * (Ages.Length + 1) + 12 * Fading.Length + 10 + 6
            + (seesAbove ? Above + 8 + 12 + VoiceLags.Length * (Window + 1) + 2 * VoiceMove + 1 + 8 + 8 : 0)
            + (remembers ? 3 * Lags.Length + 2 * (2 * (Runs.Length + 1) + 2 * Reach + 1) + (seesAbove ? 2 : 1) * (_memory.Count + _movedMemory.Count) + (seesAbove ? 6 : 0) : 0)
            + (seesAbove ? 2 : 1) * _corpusMemories.Sum(memory => memory.Count);
    }

    /// <summary>How many numbers a key is described by.</summary>
    public int Count { get; }

    /// <summary>Turns to a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="self">Its number among the training pieces, so that it is not found there; -1 where it is none of them.</param>
    public void BeginPiece(FramePiece piece, int self = -1)
    {
        _self = self;
        _frames = [.. piece.Frames];
        _lowest = [.. _frames.Select(frame => frame == 0 ? 0 : (int)UInt128.TrailingZeroCount(frame))];
        _shapes = [.. _frames.Select((frame, i) => frame >> _lowest[i])];
        foreach (double[] histogram in _histograms) Array.Clear(histogram);
        _time = 0;
    }

    /// <summary>Turns to a frame, at least the second, of the piece; those before it are seen.</summary>
    public void BeginFrame(int time)
    {
        if (time <= _time) throw new ArgumentOutOfRangeException(nameof(time), "Frames come in their order.");
        for (; _time < time; _time++) Fade(_frames[_time]);
        _isSettled = false;
        UInt128 last = _frames[time - 1];
        _uneasy = last | last << 1 | last >> 1 | last << 2 | last >> 2;
        for (int lag = 2; lag <= Math.Min(8, time); lag++) _uneasy |= _frames[time - lag];
        _corpus?.Recall(_frames, _time, _self, _corpusMemories);
        if (!_remembers) return;
        Recall();
        for (int i = 0; i < Lags.Length; i++) _similarity[i] = Similarity(Lags[i]);
        _uneasy |= (_run > 0 ? _copied : 0) | (_movedRun > 1 ? _copiedMoved : 0);
    }

    /// <summary>
    /// Whether a key is unlikely to sound by a rule of thumb that sees only earlier frames: it and its neighbours have been
    /// silent, and nothing is remembered that would have it sound.
    /// </summary>
    public bool IsEasy(int key) => !Has(_uneasy, key);

    /// <summary>Describes a key of the frame.</summary>
    /// <param name="key">0 to 87.</param>
    /// <param name="frame">The frame itself, of which only the keys above are looked at, and these only where they may be.</param>
    /// <param name="features"><see cref="Count"/> numbers, all written.</param>
    public void Fill(int key, UInt128 frame, Span<float> features)
    {
        if (!_isSettled || _settled != frame) Settle(frame);
        features.Clear();
        int at = 0;
        for (int lag = 1; lag <= Frames; lag++, at += Window)
        {
            if (lag > _time) continue;
            for (uint bits = Around(_frames[_time - lag], key); bits != 0; bits &= bits - 1) features[at + BitOperations.TrailingZeroCount(bits)] = 1;
        }
        features[at + key] = 1;
        at += FramePiece.Keys;
        features[at + key % 12] = 1;
        at += 12;
        foreach (int period in Periods)
        {
            features[at + _time % period] = 1;
            at += period;
        }
        features[at + Bucket(Ages, SinceSounded(key))] = 1;
        at += Ages.Length + 1;
        if (Has(_frames[_time - 1], key)) features[at + Bucket(Ages, SoundingFor(key))] = 1;
        at += Ages.Length + 1;
        foreach (double[] histogram in _histograms)
        {
            for (int i = 0; i < 12; i++) features[at++] = (float)histogram[(key + i) % 12];
        }
        features[at + Math.Min(9, (int)UInt128.PopCount(_frames[_time - 1]))] = 1;
        at += 10;
        features[at + Math.Min(5, BitOperations.Log2((uint)_time))] = 1;
        at += 6;

        UInt128 above = frame >> key >> 1;
        if (_seesAbove) at = FillVoices(key, above, features, FillAbove(above, features, at));
        if (_remembers) at = FillMemory(key, above, features, at);
        foreach (ContextMemory memory in _corpusMemories) at = memory.Fill(key, _seesAbove, features, at);
    }

    private void Settle(UInt128 frame)
    {
        (_settled, _isSettled) = (frame, true);
        foreach (ContextMemory memory in _corpusMemories) memory.Settle(frame);
        if (!_remembers) return;
        _memory.Settle(frame);
        _movedMemory.Settle(frame);
    }

    private static int FillAbove(UInt128 above, Span<float> features, int at)
    {
        for (uint bits = (uint)(ulong)(above & ((1u << Above) - 1)); bits != 0; bits &= bits - 1) features[at + BitOperations.TrailingZeroCount(bits)] = 1;
        at += Above;
        features[at + Math.Min(7, (int)UInt128.PopCount(above))] = 1;
        at += 8;
        for (UInt128 bits = above; bits != 0; bits &= bits - 1) features[at + (int)(UInt128.TrailingZeroCount(bits) + 1) % 12] = 1;
        return at + 12;
    }

    // Counted from the top, voices keep their places: where was the voice that comes next, and how did the one above it move?
    private int FillVoices(int key, UInt128 above, Span<float> features, int at)
    {
        int voice = (int)UInt128.PopCount(above);
        foreach (int lag in VoiceLags)
        {
            int before = lag > _time ? -1 : VoiceOf(_frames[_time - lag], voice);
            int offset = before - key + Reach;
            features[at + (before < 0 || offset is < 0 or >= Window ? Window : offset)] = 1;
            at += Window + 1;
        }
        UInt128 last = _frames[_time - 1];
        int nearest = voice > 0 ? VoiceOf(last, voice - 1) : -1;
        if (nearest >= 0)
        {
            int move = key + 1 + (int)UInt128.TrailingZeroCount(above) - nearest;
            features[at + Math.Clamp(move, -VoiceMove, VoiceMove) + VoiceMove] = 1;
        }
        at += 2 * VoiceMove + 1;
        UInt128 below = last & ((UInt128.One << (key + 1)) - 1);
        features[at + Math.Min(7, (int)UInt128.PopCount(below))] = 1;
        at += 8;
        features[at + Math.Clamp((int)UInt128.PopCount(last) - voice + 2, 0, 7)] = 1;
        return at + 8;
    }

    // The key of the voice so many below the highest, or -1.
    private static int VoiceOf(UInt128 frame, int voice)
    {
        for (; voice > 0 && frame != 0; voice--) frame ^= UInt128.One << Highest(frame);
        return frame == 0 ? -1 : Highest(frame);
    }

    private static int Highest(UInt128 frame) => 127 - (int)UInt128.LeadingZeroCount(frame);

    private int FillMemory(int key, UInt128 above, Span<float> features, int at)
    {
        for (int i = 0; i < Lags.Length; i++, at += 3)
        {
            if (Lags[i] > _time) continue;
            float sounds = Has(_frames[_time - Lags[i]], key) ? 1 : 0;
            (features[at], features[at + 1], features[at + 2]) = (sounds, sounds * _similarity[i], _similarity[i]);
        }
        at = FillCopy(key, _run, _copied, features, at);
        at = FillCopy(key, _movedRun, _copiedMoved, features, at);
        at = _memory.Fill(key, _seesAbove, features, at);
        at = _movedMemory.Fill(key, _seesAbove, features, at);
        if (!_seesAbove) return at;
        // Whether the frame has followed the memory so far: nothing yet, as remembered, or otherwise.
        at = FillAgreement(_run, _copied >> key >> 1, above, features, at);
        return FillAgreement(_movedRun, _copiedMoved >> key >> 1, above, features, at);
    }

    private static int FillCopy(int key, int run, UInt128 copied, Span<float> features, int at)
    {
        if (run > 0)
        {
            features[at + (Has(copied, key) ? Runs.Length + 1 : 0) + Bucket(Runs, run)] = 1;
            int around = at + 2 * (Runs.Length + 1);
            for (uint bits = Around(copied, key); bits != 0; bits &= bits - 1) features[around + BitOperations.TrailingZeroCount(bits)] = 1;
        }
        return at + 2 * (Runs.Length + 1) + 2 * Reach + 1;
    }

    private static int FillAgreement(int run, UInt128 remembered, UInt128 above, Span<float> features, int at)
    {
        if (run > 0) features[at + (remembered != above ? 2 : above == 0 ? 0 : 1)] = 1;
        return at + 3;
    }

    // Looks at every earlier frame that equals the last one, in its own key or moved, and how far back both agree.
    private void Recall()
    {
        (_run, _movedRun, _copied, _copiedMoved) = (0, 0, 0, 0);
        _memory.Clear();
        _movedMemory.Clear();
        UInt128 shape = _shapes[_time - 1];
        if (shape == 0) return;
        for (int place = _time - 1; place >= 1; place--)
        {
            if (_shapes[place - 1] != shape) continue;
            int moved = _lowest[_time - 1] - _lowest[place - 1], run = 1;
            while (run < LongestRun && run < place && Same(place - 1 - run, _time - 1 - run, moved)) run++;
            UInt128 follower = moved >= 0 ? _frames[place] << moved : _frames[place] >> -moved;
            follower &= (UInt128.One << FramePiece.Keys) - 1;
            if (moved == 0)
            {
                if (run > _run) (_run, _copied) = (run, follower);
                _memory.Add(follower, run);
            }
            else
            {
                if (run > _movedRun) (_movedRun, _copiedMoved) = (run, follower);
                _movedMemory.Add(follower, run);
            }
        }
    }

    private bool Same(int earlier, int later, int moved) =>
        _shapes[earlier] == _shapes[later] && (_shapes[later] == 0 || _lowest[later] - _lowest[earlier] == moved);

    private float Similarity(int lag)
    {
        int common = 0, either = 0;
        for (int i = 1; i <= 8 && _time - i - lag >= 0; i++)
        {
            UInt128 a = _frames[_time - i], b = _frames[_time - i - lag];
            common += (int)UInt128.PopCount(a & b);
            either += (int)UInt128.PopCount(a | b);
        }
        return either == 0 ? 0 : (float)common / either;
    }

    private void Fade(UInt128 frame)
    {
        for (int i = 0; i < Fading.Length; i++)
        {
            for (int pitchClass = 0; pitchClass < 12; pitchClass++) _histograms[i][pitchClass] *= Fading[i];
            for (UInt128 bits = frame; bits != 0; bits &= bits - 1)
            {
                _histograms[i][(int)UInt128.TrailingZeroCount(bits) % 12] += 1 - Fading[i];
            }
        }
    }

    private int SinceSounded(int key)
    {
        int frames = 1;
        while (frames <= Ages[^1] && frames <= _time && !Has(_frames[_time - frames], key)) frames++;
        return frames;
    }

    private int SoundingFor(int key)
    {
        int frames = 0;
        while (frames <= Ages[^1] && frames < _time && Has(_frames[_time - 1 - frames], key)) frames++;
        return frames;
    }

    private static int Bucket(int[] limits, int value)
    {
        int bucket = 0;
        while (bucket < limits.Length && value > limits[bucket]) bucket++;
        return bucket;
    }

    // The keys from 15 below to 15 above, the lowest first.
    private static uint Around(UInt128 frame, int key) =>
        (uint)(ulong)(key >= Reach ? frame >> (key - Reach) : frame << (Reach - key)) & ((1u << Window) - 1);

    private static bool Has(UInt128 frame, int key) => ((ulong)(frame >> key) & 1) == 1;
}
