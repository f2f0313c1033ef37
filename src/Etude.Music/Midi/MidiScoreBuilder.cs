using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Etude.Music.Scores;

namespace Etude.Music.Midi;

/// <summary>Gathers what all tracks of a file say into one score.</summary>
internal sealed class MidiScoreBuilder(MidiDivision division, bool isSequential)
{
    private readonly List<(int Channel, Track Track)> tracks = [];
    private readonly List<Tempo> tempos = [];
    private readonly List<Meter> meters = [];
    private readonly List<KeySignature> keys = [];
    private readonly List<string> texts = [];
    private readonly Dictionary<int, List<(Tick Tick, bool IsDown)>> pedals = []; // by port and channel
    private readonly List<(int Channel, Tick Tick, bool IsDown)> pedalsOfTrack = [];
    private string? trackName;
    private int port;
    private int trackCount;
    private int endTick;

    public int TicksPerQuarter => division.TicksPerQuarter;

    /// <summary>Where the next track begins: 0, but in format 2 where the last one ended.</summary>
    public int StartTick => isSequential ? endTick : 0;

    public void BeginTrack()
    {
        trackName = null;
        port = 0;
        trackCount++;
        if (!isSequential) return;
        // A sequence starts from the defaults and counts its own bars.
        tempos.Add(Tempo.Default with { Onset = new(StartTick) });
        meters.Add(Meter.Default with { Onset = new(StartTick) });
    }

    public void SetTrackName(ReadOnlySpan<byte> data) => trackName ??= Decode(data);

    public void SetPort(int value) => port = value;

    public void AddText(int tick, ReadOnlySpan<byte> data)
    {
        if (tick == StartTick) texts.Add(Decode(data));
    }

    public void AddPedal(int channel, int tick, bool isDown) => pedalsOfTrack.Add((channel, new(tick), isDown));

    public bool TryAddTempo(int tick, int microsecondsPerQuarter)
    {
        if (microsecondsPerQuarter > 0) tempos.Add(new(new(tick), microsecondsPerQuarter));
        return microsecondsPerQuarter > 0;
    }

    public bool TryAddMeter(int tick, int numerator, int denominatorPower)
    {
        bool exists = numerator > 0 && denominatorPower <= 6;
        if (exists) meters.Add(new(new(tick), numerator, 1 << denominatorPower));
        return exists;
    }

    public bool TryAddKey(int tick, int sharps, int mode)
    {
        bool exists = sharps is >= -7 and <= 7 && mode <= 1;
        if (exists) keys.Add(new(new(tick), sharps, mode == 1));
        return exists;
    }

    public void EndTrack(MidiNotes notes, int tick)
    {
        int trackBefore = tracks.Count;
        foreach ((int channel, Track track) in notes.Finish(trackName ?? "", tick))
        {
            tracks.Add((port << 4 | channel, track));
        }
        if (trackCount == 1 && tracks.Count == trackBefore && trackName is { Length: > 0 }) texts.Insert(0, trackName);

        foreach ((int channel, Tick at, bool isDown) in pedalsOfTrack)
        {
            var ofChannel = PedalsOf(port << 4 | channel);
            ofChannel.Add((at, isDown));
            if (isSequential && isDown) ofChannel.Add((new(tick), false));
        }
        pedalsOfTrack.Clear();
        endTick = Math.Max(endTick, tick);
        if (isSequential) notes.ForgetPrograms();
    }

    public Score Build()
    {
        if (division.FixedMicrosecondsPerQuarter > 0)
        {
            tempos.Clear();
            tempos.Add(new(Tick.Zero, division.FixedMicrosecondsPerQuarter));
        }
        var spans = pedals.ToDictionary(entry => entry.Key, entry => SpansOf(entry.Value));
        return new()
        {
            TicksPerQuarter = division.TicksPerQuarter,
            Tracks = [.. tracks.Select(entry => spans.TryGetValue(entry.Channel, out var ofChannel)
                ? entry.Track with { Pedals = ofChannel }
                : entry.Track)],
            Tempos = InOrder(tempos.Prepend(Tempo.Default), tempo => tempo.Onset),
            Meters = InOrder(meters.Prepend(Meter.Default), meter => meter.Onset),
            KeySignatures = InOrder(keys, key => key.Onset),
            Texts = [.. texts],
        };
    }

    private List<(Tick Tick, bool IsDown)> PedalsOf(int channel)
    {
        if (!pedals.TryGetValue(channel, out var ofChannel)) pedals[channel] = ofChannel = [];
        return ofChannel;
    }

    private ImmutableArray<Pedal> SpansOf(List<(Tick Tick, bool IsDown)> events)
    {
        var spans = ImmutableArray.CreateBuilder<Pedal>();
        Tick? down = null;
        foreach ((Tick tick, bool isDown) in events.OrderBy(entry => entry.Tick).Append((new(endTick), false)))
        {
            if (isDown) down ??= tick;
            else if (down is { } onset)
            {
                if (tick > onset) spans.Add(new(onset, tick - onset));
                down = null;
            }
        }
        return spans.ToImmutable();
    }

    private static ImmutableArray<T> InOrder<T>(IEnumerable<T> items, Func<T, Tick> onset) =>
        Score.LastOfEach(items.OrderBy(onset), onset);

    private static string Decode(ReadOnlySpan<byte> data) =>
        (Utf8.IsValid(data) ? Encoding.UTF8 : Encoding.Latin1).GetString(data);
}
