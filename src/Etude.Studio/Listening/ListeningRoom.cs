using System.Collections.Immutable;
using System.Text.Json;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Listening;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Studio.Compositions;
using Etude.Studio.Hosting;
using Etude.Studio.Storage;

namespace Etude.Studio.Listening;

/// <summary>
/// Blind listening tests: the kept pieces of each model, and music by people. A test is a folder with copies of the
/// passages it plays, so that it stays what it was while the library changes.
/// </summary>
internal sealed class ListeningRoom
{
    private const string Human = "People";
    private const int PiecesOfASet = 12;
    private const int PiecesAtLeast = 2;
    private const int QuestionsAimedAt = 16;
    private static readonly Second Longest = new(30);

    private readonly IPieceStore store;
    private readonly PieceFiles files;
    private readonly StudioOptions options;
    private readonly string folder;
    private readonly Lock gate = new();

    public ListeningRoom(IPieceStore store, PieceFiles files, StudioOptions options)
    {
        (this.store, this.files, this.options) = (store, files, options);
        folder = Path.Combine(options.Data, "listening");
        Directory.CreateDirectory(folder);
    }

    public ListeningStateView State(string listener)
    {
        string? reason = Missing(Library(), Directory.Exists(options.Human));
        string? latest = Directory.EnumerateDirectories(folder).Where(test => File.Exists(Path.Combine(test, "test.json"))).MaxBy(Directory.GetCreationTimeUtc);
        return new ListeningStateView(reason is null, reason, latest is null ? null : View(Path.GetFileName(latest), listener));
    }

    /// <summary>Draws a new test from the library as it is now.</summary>
    /// <exception cref="StudioFault">There are not enough pieces.</exception>
    public ListeningTestView Begin(string listener)
    {
        ILookup<string, Piece> library = Library();
        if (Missing(library, Directory.Exists(options.Human)) is { } reason) throw new StudioFault(StatusCodes.Status409Conflict, "Too few pieces", reason);
        string id = Identifier.New();
        string growing = Path.Combine(folder, "." + id);
        Directory.CreateDirectory(growing);
        List<(string Name, bool IsHuman, List<Score> Passages)> sources = [.. library.Where(set => set.Count() >= PiecesAtLeast)
            .Select(set => (set.Key, false, set.Take(PiecesOfASet).Select(piece => PassageOf(files.Read(piece), new Second(piece.ComposedFromSeconds))).ToList()))];
        if (Directory.Exists(options.Human)) sources.Add((Human, true, HumanPassages()));
        // Where one set is played without dynamics, all are: only the notes shall tell.
        bool isFlat = sources.Any(set => set.Passages.All(passage => passage.NotesInOrder().DistinctBy(note => note.Velocity).Count() == 1));
        int number = 0;
        ImmutableArray<ListeningSet> sets = [.. sources.Select(set => new ListeningSet(set.Name, set.IsHuman, [.. set.Passages.Select(passage => Write(passage))]))];
        int pairs = sets.Length * (sets.Length - 1) / 2;
        Drawing drawing = new(sets, Math.Max(2, QuestionsAimedAt / 2 / pairs), Math.Max(2, QuestionsAimedAt / 2 / sets.Length), Random.Shared.Next());
        File.WriteAllText(Path.Combine(growing, "test.json"), JsonSerializer.Serialize(drawing, StudioJson.Options));
        Directory.Move(growing, Path.Combine(folder, id));
        return View(id, listener);

        string Write(Score passage)
        {
            string name = FormattableString.Invariant($"{number++}.mid");
            MidiFile.Write(isFlat ? Flat(passage) : passage, Path.Combine(growing, name));
            return name;
        }
    }

    /// <summary>A passage of a question; nothing in it names its maker.</summary>
    public WireScore Passage(string id, int question, bool isSecond)
    {
        (string test, ListeningTest drawn) = Open(id);
        if (question < 0 || question >= drawn.Questions.Length) throw StudioFault.NotFound("There is no such question.");
        string name = (isSecond ? drawn.Questions[question].Second : drawn.Questions[question].First) ?? throw StudioFault.NotFound("This question has one passage only.");
        return WireScore.From(MidiFile.Read(Path.Combine(test, name)).Score);
    }

    public ListeningTestView Answer(string id, string listener, ListeningAnswerRequest answer, DateTimeOffset now)
    {
        (string test, ListeningTest drawn) = Open(id);
        bool ofPair = answer.Choice is ListeningChoice.First or ListeningChoice.Second or ListeningChoice.Neither;
        if (answer.Question < 0 || answer.Question >= drawn.Questions.Length || drawn.Questions[answer.Question].IsPair != ofPair)
            throw StudioFault.Invalid("The question does not ask that.");
        lock (gate) ListeningAnswers.Append(AnswersOf(test), new ListeningAnswer(answer.Question, listener, answer.Choice, now));
        return View(id, listener);
    }

    public IReadOnlyList<ListeningResultView> Results(string id)
    {
        (string test, ListeningTest drawn) = Open(id);
        ImmutableArray<ListeningAnswer> answers;
        lock (gate) answers = ListeningAnswers.Read(AnswersOf(test));
        return [.. ListeningResults.Of(drawn, answers).Select(result => new ListeningResultView(
            result.Set, result.IsHuman, result.Rank, RangeOf(result.Strength) ?? new(0, 0, 0), result.Comparisons, RangeOf(result.TakenForHuman), result.SingleHearings))];
    }

    private static ListeningResultView.Range? RangeOf(Interval interval) =>
        double.IsFinite(interval.Estimate) ? new(interval.Estimate, Finite(interval.Low, interval.Estimate), Finite(interval.High, interval.Estimate)) : null;

    private static double Finite(double value, double otherwise) => double.IsFinite(value) ? value : otherwise;

    private static string? Missing(ILookup<string, Piece> library, bool hasHuman)
    {
        int sets = library.Count(set => set.Count() >= PiecesAtLeast) + (hasHuman ? 1 : 0);
        return sets >= 2 ? null
            : hasHuman ? $"Compose and keep at least {PiecesAtLeast} pieces first: they are what you will hear."
            : $"Keep at least {PiecesAtLeast} pieces of two models first, or name a folder of human music with --human.";
    }

    private ILookup<string, Piece> Library() =>
        store.Search(new PieceQuery(Take: 2000)).Pieces.Where(files.Has).ToLookup(piece => piece.Model);

    private List<Score> HumanPassages()
    {
        Corpus corpus = Corpus.Prepare(options.Human, new CorpusOptions { Split = new SplitOptions() }, CorpusCache.None);
        // Evenly over the folder, so that a large one is not heard by its first letter only.
        int step = Math.Max(1, corpus.Pieces.Length / PiecesOfASet);
        return [.. corpus.Pieces.Where((_, place) => place % step == 0).Take(PiecesOfASet).Select(piece => PassageOf(piece.Score, Second.Zero))];
    }

    private static Score PassageOf(Score score, Second from)
    {
        TempoMap time = new(score);
        Tick start = time.ToTick(from), end = Tick.Min(time.ToTick(from + Longest), score.End);
        return (start < end ? score.Slice(start, end) : score) with { Texts = [] };
    }

    private static Score Flat(Score score) => score with
    {
        Tracks = [.. score.Tracks.Select(track => track with { Pedals = [], Notes = [.. track.Notes.Select(note => note with { Velocity = 80 })] })],
    };

    private ListeningTestView View(string id, string listener)
    {
        (string test, ListeningTest drawn) = Open(id);
        HashSet<int> answered;
        lock (gate) answered = [.. ListeningAnswers.Read(AnswersOf(test)).Where(answer => answer.Listener == listener).Select(answer => answer.Question)];
        ListeningQuestion? next = drawn.Questions.FirstOrDefault(question => !answered.Contains(question.Number));
        return new ListeningTestView(id, drawn.Questions.Length, answered.Count, next is null ? null : new(next.Number, next.IsPair));
    }

    private (string Folder, ListeningTest Test) Open(string id)
    {
        string test = Path.Combine(folder, id), description = Path.Combine(test, "test.json");
        if (!Identifier.IsValid(id) || !File.Exists(description)) throw StudioFault.NotFound("There is no such listening test.");
        Drawing drawing = JsonSerializer.Deserialize<Drawing>(File.ReadAllText(description), StudioJson.Options)!;
        return (test, ListeningTest.Draw(drawing.Sets, drawing.PairsEach, drawing.SinglesEach, drawing.Seed));
    }

    private static string AnswersOf(string test) => Path.Combine(test, "answers.jsonl");

    // What ListeningTest.Draw makes the same test of again.
    private sealed record Drawing(ImmutableArray<ListeningSet> Sets, int PairsEach, int SinglesEach, int Seed);
}
