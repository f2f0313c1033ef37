using System.Runtime.InteropServices;
using Etude.Music.Scores;

namespace Etude.Music.Midi;

/// <summary>Pairs the note-ons and note-offs of one MIDI track, first in first out, and sorts the notes into parts.</summary>
/// <remarks>Reused from track to track: <see cref="Finish"/> leaves it empty at a cost that follows what was in use.</remarks>
internal sealed class MidiNotes(MidiRepairs repairs)
{
    private const int None = -1;

    // Open notes of a channel and pitch are a chain through PlayedNote.Next, oldest first.
    private readonly int[] oldestOpen = Filled(16 * 128);
    private readonly int[] newestOpen = new int[16 * 128];
    private readonly int[] partOfProgram = Filled(16 * 128);
    private readonly int[] program = new int[16];
    private readonly List<(int Channel, int Program, int NoteCount)> parts = [];
    private PlayedNote[] notes = new PlayedNote[256];
    private int count;

    /// <summary>Sets the program of notes to come on a channel, in this track and the next.</summary>
    public void SetProgram(int channel, int value) => program[channel] = value;

    public void Begin(int channel, int pitch, int velocity, int tick, int offset)
    {
        if (count == notes.Length) Array.Resize(ref notes, 2 * count);
        int key = channel << 7 | pitch;
        if (oldestOpen[key] == None) oldestOpen[key] = count;
        else notes[newestOpen[key]].Next = count;
        newestOpen[key] = count;
        notes[count++] = new()
        {
            Onset = tick,
            Next = None,
            Offset = offset,
            Part = (short)PartOf(channel),
            Channel = (byte)channel,
            Pitch = (byte)pitch,
            Velocity = (byte)velocity,
        };
    }

    /// <summary>Ends the oldest open note of a pitch; without one, does nothing (a second note-off is harmless).</summary>
    public void End(int channel, int pitch, int tick)
    {
        int key = channel << 7 | pitch;
        int index = oldestOpen[key];
        if (index == None) return;
        ref PlayedNote note = ref notes[index];
        oldestOpen[key] = note.Next;
        Close(ref note, tick);
    }

    public void EndAll(int channel, int tick)
    {
        for (int pitch = 0; pitch < 128; pitch++)
        {
            while (oldestOpen[channel << 7 | pitch] != None) End(channel, pitch, tick);
        }
    }

    /// <summary>Ends the track: closes what is open, hands over the parts in order of appearance, and starts afresh.</summary>
    public IEnumerable<(int Channel, Track Track)> Finish(string name, int endTick)
    {
        var notesOfPart = new Note[parts.Count][];
        var filled = new int[parts.Count];
        for (int part = 0; part < parts.Count; part++) notesOfPart[part] = new Note[parts[part].NoteCount];
        for (int i = 0; i < count; i++)
        {
            ref PlayedNote note = ref notes[i];
            if (note.Duration == 0)
            {
                oldestOpen[note.Channel << 7 | note.Pitch] = None;
                repairs.Add(MidiFault.NoteNeverEnded, note.Offset, "a note is never ended", "it ends with its track");
                note.Duration = Math.Max(1, endTick - note.Onset);
            }
            notesOfPart[note.Part][filled[note.Part]++] =
                new(new(note.Onset), new(note.Duration), note.Pitch, note.Velocity);
        }
        count = 0;

        var tracks = new (int, Track)[parts.Count];
        for (int part = 0; part < parts.Count; part++)
        {
            (int channel, int programOfPart, _) = parts[part];
            partOfProgram[channel << 7 | programOfPart] = None;
            SortWithinOnsets(notesOfPart[part]);
            tracks[part] = (channel, new Track
            {
                Name = name,
                Program = programOfPart,
                IsDrums = channel == MidiBytes.DrumChannel,
                Notes = ImmutableCollectionsMarshal.AsImmutableArray(notesOfPart[part]),
            });
        }
        parts.Clear();
        return tracks;
    }

    /// <summary>Forgets the programs that earlier tracks set.</summary>
    public void ForgetPrograms() => program.AsSpan().Clear();

    private int PartOf(int channel)
    {
        ref int part = ref partOfProgram[channel << 7 | program[channel]];
        if (part == None)
        {
            part = parts.Count;
            parts.Add((channel, program[channel], 0));
        }
        CollectionsMarshal.AsSpan(parts)[part].NoteCount++;
        return part;
    }

    private void Close(ref PlayedNote note, int tick)
    {
        note.Duration = tick - note.Onset;
        if (note.Duration > 0) return;
        note.Duration = 1;
        repairs.Add(MidiFault.NoteWithoutLength, note.Offset, "a note ends at the tick where it begins", "it gets one tick");
    }

    // Time only goes forward within a track, so notes are out of order only among those of one onset.
    private static void SortWithinOnsets(Span<Note> notes)
    {
        for (int i = 1; i < notes.Length; i++)
        {
            if (notes[i].Onset != notes[i - 1].Onset || notes[i].CompareTo(notes[i - 1]) >= 0) continue;
            int first = i - 1, end = i + 1;
            while (first > 0 && notes[first - 1].Onset == notes[i].Onset) first--;
            while (end < notes.Length && notes[end].Onset == notes[i].Onset) end++;
            notes[first..end].Sort();
            i = end - 1;
        }
    }

    private static int[] Filled(int length)
    {
        var array = new int[length];
        Array.Fill(array, None);
        return array;
    }

    private struct PlayedNote
    {
        public int Onset;
        public int Duration; // 0 while open
        public int Next;
        public int Offset;
        public short Part;
        public byte Channel;
        public byte Pitch;
        public byte Velocity;
    }
}
