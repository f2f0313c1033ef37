namespace Etude.Neural.Optimizers;

/// <summary>The learning rate as a pure function of the number of steps (or epochs) done, so that nothing about it needs saving.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The rate of the next step when <paramref name="step"/> steps are done: 0 at the first.</summary>
    public abstract float At(int step);
}
