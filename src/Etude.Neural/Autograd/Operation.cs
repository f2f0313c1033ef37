namespace Etude.Neural.Autograd;

/// <summary>
/// One recorded step of a computation: it remembers its inputs and result, and turns the gradient of the result into
/// gradients of the inputs. Objects are reused from step to step by the tape that made them, so every field that
/// <see cref="Backward"/> reads must be set each time one is recorded.
/// </summary>
public abstract class Operation
{
    /// <summary>
    /// Adds to the gradient of each input that requires one. Called once per recording, after all uses of the result
    /// have added theirs.
    /// </summary>
    public abstract void Backward();
}
