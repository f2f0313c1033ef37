namespace Etude.Neural.Tests;

/// <summary>
/// Tests that measure allocation or set the number of threads: no other test may run meanwhile, for all share one pool of
/// buffers and one of threads.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
