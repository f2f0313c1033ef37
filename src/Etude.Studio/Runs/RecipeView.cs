namespace Etude.Studio.Runs;

/// <summary>A recipe as a visitor chooses it.</summary>
/// <param name="Name">What a request names it by.</param>
/// <param name="Description">What it trains, in a sentence or two.</param>
/// <param name="Epochs">How many passes over the music it makes.</param>
internal sealed record RecipeView(string Name, string Description, int Epochs);
