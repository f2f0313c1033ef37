using Etude.Composing;
using Etude.Music.Scores;
using Etude.Studio.Compositions;
using Etude.Studio.Hosting;
using Etude.Studio.Models;

namespace Etude.Studio.Sketches;

/// <summary>
/// Music that answers a slider while it moves: decoded at once, heard, and forgotten. Composing has turns of its own, so
/// sketches share the turnstile with the pieces.
/// </summary>
internal sealed class SketchDesk(IModelShelf models, Briefs briefs, Turnstile turnstile) : IDisposable
{
    /// <summary>The longest sketch: a slider that is waited for is no slider.</summary>
    public const int MostBars = 32;

    private const int AtOnce = 4;

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <exception cref="StudioFault">The request is not one for a sketch.</exception>
    public async Task<Score> DecodeAsync(CompositionRequest request, CancellationToken cancellation)
    {
        briefs.Check(request);
        if (request.Bars > MostBars) throw StudioFault.Invalid($"A sketch has 1 to {MostBars} bars.");
        string model = request.Model ?? throw StudioFault.Invalid("A sketch names a model that has sliders.");
        if (models.List().FirstOrDefault(known => known.Name == model)?.Sliders is null) throw StudioFault.Invalid($"There is no model named {model} that has sliders.");
        ComposeOptions options = briefs.Of(request with { Seed = request.Seed ?? 0 });
        await places.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Decode(model, options, cancellation), cancellation);
        }
        catch (ArgumentException fault)
        {
            throw StudioFault.Invalid(fault.Message);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private Score Decode(string model, ComposeOptions options, CancellationToken cancellation)
    {
        using Turnstile.Turn turn = turnstile.Enter(cancellation);
        return models.Compose(model, options, new Progress<CompositionProgress>(), cancellation).Score;
    }
}
