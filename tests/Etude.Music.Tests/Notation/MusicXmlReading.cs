using System.Globalization;
using System.Xml.Linq;

namespace Etude.Music.Tests.Notation;

/// <summary>
/// Reads MusicXML as a player of it would, and insists that it is whole: in every bar each voice fills the bar exactly,
/// each tie that begins ends in the same pitch at once, each tuplet and each beam that begins ends.
/// </summary>
internal sealed class MusicXmlReading
{
    public sealed record ReadNote(double Onset, double End, int Pitch, int Staff, int Voice, XElement Element);

    public XElement Root { get; }

    /// <summary>The notes with ties joined, onsets and ends in quarter notes.</summary>
    public List<ReadNote> Notes { get; } = [];

    /// <summary>The length of each bar in quarter notes.</summary>
    public List<double> Bars { get; } = [];

    public MusicXmlReading(string text)
    {
        Root = XDocument.Parse(text).Root!;
        int divisions = Number(Root.Descendants("divisions").Single());
        var tied = new Dictionary<(int Pitch, int Voice), (int Onset, int End, XElement First)>();
        int start = 0;
        foreach (var bar in Root.Descendants("measure"))
        {
            int length = ReadBar(bar, start, divisions, tied);
            Bars.Add((double)length / divisions);
            start += length;
        }
        Assert.Empty(tied);
    }

    public IEnumerable<(double Onset, int Pitch)> Onsets => Notes.Select(note => (note.Onset, note.Pitch)).Order();

    public static int Number(XElement element) => int.Parse(element.Value, CultureInfo.InvariantCulture);

    private int ReadBar(XElement bar, int start, int divisions, Dictionary<(int Pitch, int Voice), (int Onset, int End, XElement First)> tied)
    {
        string place = $"bar {bar.Attribute("number")!.Value}";
        var lengths = new Dictionary<int, int>();
        var beams = new Dictionary<(int Voice, int Level), bool>();
        var tuplets = new Dictionary<int, (double Written, int Sounding)>();
        int at = 0, chordStart = 0;
        foreach (var element in bar.Elements())
        {
            if (element.Name == "backup") at -= Number(element.Element("duration")!);
            if (element.Name != "note" && element.Name != "forward") continue;
            int duration = Number(element.Element("duration")!), voice = Number(element.Element("voice")!);
            Assert.True(duration > 0, place);
            bool isInChord = element.Element("chord") is not null;
            if (!isInChord)
            {
                chordStart = at;
                at += duration;
                lengths[voice] = lengths.GetValueOrDefault(voice) + duration;
                if (element.Name == "note")
                {
                    CheckValue(element, duration, divisions, place);
                    CheckBeams(element, voice, beams, place);
                    CheckTuplet(element, voice, duration, tuplets, place);
                }
            }
            if (element.Element("pitch") is { } pitch) Take(element, pitch, start + chordStart, start + chordStart + duration, voice, divisions, tied, place);
        }
        Assert.True(lengths.Values.Distinct().Count() == 1, $"{place}: voices last {string.Join(", ", lengths)}");
        Assert.DoesNotContain(beams, beam => beam.Value);
        Assert.Empty(tuplets);
        Assert.Equal(lengths.Values.First(), at);
        return at;
    }

    private void Take(XElement element, XElement pitch, int onset, int end, int voice, int divisions,
        Dictionary<(int Pitch, int Voice), (int Onset, int End, XElement First)> tied, string place)
    {
        int key = "C D EF G A B".IndexOf(pitch.Element("step")!.Value, StringComparison.Ordinal)
            + 12 * (Number(pitch.Element("octave")!) + 1) + (pitch.Element("alter") is { } alter ? Number(alter) : 0);
        var ties = element.Elements("tie").Select(tie => tie.Attribute("type")!.Value).ToList();
        var (first, firstElement) = (onset, element);
        if (ties.Contains("stop"))
        {
            Assert.True(tied.Remove((key, voice), out var begun) && begun.End == onset, $"{place}: a tie to {key} ends that did not begin");
            (first, firstElement) = (begun.Onset, begun.First);
        }
        if (ties.Contains("start")) tied.Add((key, voice), (first, end, firstElement));
        else Notes.Add(new ReadNote((double)first / divisions, (double)end / divisions, key, Number(element.Element("staff")!), voice, firstElement));
    }

    // The printed value, with dots and tuplet, is the duration.
    private static void CheckValue(XElement note, int duration, int divisions, string place)
    {
        if (note.Element("rest")?.Attribute("measure") is not null) return;
        string[] types = ["64th", "32nd", "16th", "eighth", "quarter", "half", "whole", "breve"];
        double value = divisions / 16.0 * (1 << Array.IndexOf(types, note.Element("type")!.Value));
        if (note.Element("dot") is not null) value *= 1.5;
        if (note.Element("time-modification") is { } tuplet)
            value = value * Number(tuplet.Element("normal-notes")!) / Number(tuplet.Element("actual-notes")!);
        Assert.True(Math.Abs(value - duration) < 0.01, $"{place}: written {value}, lasts {duration}");
    }

    private static void CheckBeams(XElement note, int voice, Dictionary<(int Voice, int Level), bool> open, string place)
    {
        var beams = note.Elements("beam").ToDictionary(beam => int.Parse(beam.Attribute("number")!.Value, CultureInfo.InvariantCulture), beam => beam.Value);
        for (int level = 1; level <= 4; level++)
        {
            bool isOpen = open.GetValueOrDefault((voice, level));
            string? beam = beams.GetValueOrDefault(level);
            Assert.True(isOpen == beam is "continue" or "end", $"{place}: beam {level} is {(isOpen ? "open" : "closed")}, then {beam ?? "none"}");
            open[(voice, level)] = beam is "begin" or "continue";
        }
    }

    private static void CheckTuplet(XElement note, int voice, int duration, Dictionary<int, (double Written, int Sounding)> open, string place)
    {
        var marks = note.Descendants("tuplet").Select(tuplet => tuplet.Attribute("type")!.Value).ToList();
        if (marks.Contains("start")) Assert.True(open.TryAdd(voice, (0, 0)), $"{place}: a tuplet in a tuplet");
        Assert.Equal(note.Element("time-modification") is not null, open.ContainsKey(voice));
        if (marks.Contains("stop")) Assert.True(open.Remove(voice), $"{place}: a tuplet ends that did not begin");
    }
}
