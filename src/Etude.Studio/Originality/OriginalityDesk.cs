using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Originality;
using Etude.Recipes;
using Etude.Studio.Compositions;
using Etude.Studio.Hosting;
using Etude.Studio.Storage;

namespace Etude.Studio.Originality;

/// <summary>
/// Compares pieces with what their models learned from: by the index beside the model where it came with one, else by
/// one that is built from the run's music when it is first wanted. One comparison at a time; the last index stays.
/// </summary>
internal sealed class OriginalityDesk(PieceFiles files, StudioOptions options) : IDisposable
{
    /// <summary>The index of a model's training music, in the model's folder or its run's.</summary>
    public const string IndexFile = "corpus.index";

    private readonly SemaphoreSlim turn = new(1);
    private (string Model, CorpusIndex Index)? last;

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
        if (last?.Model != model) last = (model, Open(model, cancellation));
        CorpusIndex index = last.Value.Index;
        return OriginalityView.From(OriginalityReport.Of(files.Read(piece), index), index.PieceNames.Length);
    }

    private CorpusIndex Open(string model, CancellationToken cancellation)
    {
        StudioFault unknown = StudioFault.NotFound("The music that this model learned from is not at hand to compare with.");
        string folder = Directory.Exists(options.Runs)
            ? Directory.EnumerateDirectories(options.Runs).FirstOrDefault(run => Path.GetFileName(run) == model) ?? Composer.BuiltInModel
            : Composer.BuiltInModel;
        string path = Path.Combine(folder, IndexFile);
        if (File.Exists(path)) return CorpusIndex.Load(path);
        if (!File.Exists(Path.Combine(folder, CorpusList.FileName))) throw unknown;
        CorpusList list = CorpusList.Read(folder);
        if (!Directory.Exists(list.Folder)) throw unknown;
        HashSet<string> learned = [.. list.Training];
        Corpus corpus = Corpus.Prepare(
            list.Folder, Recipe.Load(Path.Combine(folder, "recipe.json")).ResolveCorpus(), CorpusCache.At(Path.Combine(options.Data, "cache", "corpora")), cancellation: cancellation);
        CorpusIndex index = CorpusIndex.Build(corpus.Pieces.Where(piece => learned.Contains(piece.Name)).Select(piece => (piece.Name, piece.Score)));
        index.Save(path);
        return index;
    }
}
