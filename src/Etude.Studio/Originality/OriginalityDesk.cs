using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Originality;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Studio.Compositions;
using Etude.Studio.Hosting;
using Etude.Studio.Models;
using Etude.Studio.Storage;

namespace Etude.Studio.Originality;

/// <summary>
/// Compares pieces with what their models learned from: passage by passage where the run's music is at hand (its index is
/// built when it is first wanted), else by the small index of runs that the model's copy guard heeds. One comparison at a
/// time; the last index stays.
/// </summary>
internal sealed class OriginalityDesk(PieceFiles files, StudioOptions options) : IDisposable
{
    /// <summary>The index of the passages of a run's training music, in the run's folder.</summary>
    public const string IndexFile = "passages.index";

    private readonly SemaphoreSlim turn = new(1);
    private (string Model, CorpusIndex? Passages, CorpusRuns? Runs)? last;

    /// <exception cref="StudioFault">What the model learned from is not at hand.</exception>
    public async Task<OriginalityView> CompareAsync(Piece piece, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Compare(piece, cancellation), cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private OriginalityView Compare(Piece piece, CancellationToken cancellation)
    {
        string model = piece.Model.Split('/')[0];
        if (last?.Model != model) last = Open(model, cancellation);
        Score score = files.Read(piece);
        return last.Value.Passages is { } passages ? OriginalityView.From(OriginalityReport.Of(score, passages), passages.PieceNames.Length)
            : OriginalityView.From(score.NoteCount, last.Value.Runs!, score);
    }

    private (string Model, CorpusIndex? Passages, CorpusRuns? Runs) Open(string model, CancellationToken cancellation)
    {
        string? run = Directory.Exists(options.Runs) ? Directory.EnumerateDirectories(options.Runs).FirstOrDefault(folder => Path.GetFileName(folder) == model) : null;
        if (run is not null && Passages(run, cancellation) is { } passages) return (model, passages, null);
        string? folder = run ?? (model == ModelShelf.BuiltIn ? Composer.BuiltInModel : null);
        if (folder is not null && Path.Combine(folder, CorpusRuns.FileName) is var runs && File.Exists(runs)) return (model, null, CorpusRuns.Load(runs));
        throw StudioFault.NotFound("The music that this model learned from is not at hand to compare with.");
    }

    private CorpusIndex? Passages(string run, CancellationToken cancellation)
    {
        string path = Path.Combine(run, IndexFile);
        if (File.Exists(path)) return CorpusIndex.Load(path);
        if (!File.Exists(Path.Combine(run, CorpusList.FileName))) return null;
        CorpusList list = CorpusList.Read(run);
        if (!Directory.Exists(list.Folder)) return null;
        HashSet<string> learned = [.. list.Training];
        Corpus corpus = Corpus.Prepare(
            list.Folder, Recipe.Load(Path.Combine(run, "recipe.json")).ResolveCorpus(), CorpusCache.At(Path.Combine(options.Data, "cache", "corpora")), cancellation: cancellation);
        CorpusIndex index = CorpusIndex.Build(corpus.Pieces.Where(piece => learned.Contains(piece.Name)).Select(piece => (piece.Name, piece.Score)));
        index.Save(path);
        return index;
    }
}
