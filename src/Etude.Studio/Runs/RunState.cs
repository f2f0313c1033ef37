namespace Etude.Studio.Runs;

internal enum RunState
{
    /// <summary>Another run is trained first.</summary>
    Waiting,

    /// <summary>The music is being read.</summary>
    Preparing,

    Training,

    /// <summary>Stopped by hand, or trained elsewhere; what it has is kept, and it can go on.</summary>
    Stopped,

    Done,
    Failed,
}
