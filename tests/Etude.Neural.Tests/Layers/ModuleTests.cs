using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Layers;

public sealed class ModuleTests
{
    [Fact]
    public void Counts_and_names_what_it_holds()
    {
        var outer = new Outer();
        Assert.Equal(["inner.0.weight", "inner.1.weight", "scale"], outer.State.Select(parameter => parameter.Name));
        Assert.Equal(["inner.0.weight", "inner.1.weight"], outer.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(12, outer.ParameterCount);
    }

    [Fact]
    public void A_shared_parameter_appears_once()
    {
        var tied = new Tied();
        Assert.Equal(["embedding.weight", "bias"], tied.State.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Refuses_a_name_twice_and_a_module_in_two_places()
    {
        Assert.Throws<ArgumentException>(() => new Twice());
        var linear = new Linear(1, 1, new RandomSource(1));
        _ = new Holder(linear);
        Assert.Throws<ArgumentException>(() => new Holder(linear));
    }

    private sealed class Outer : Module
    {
        public Outer()
        {
            Register("inner.0", new Linear(2, 3, new RandomSource(1), bias: false));
            Register("inner.1", new Linear(2, 3, new RandomSource(1), bias: false));
            Register("scale", new Parameter([1], trainable: false));
        }
    }

    private sealed class Tied : Module
    {
        public Tied()
        {
            var embedding = Register("embedding", new Embedding(3, 2, new RandomSource(1)));
            Register("output", embedding.Weight);
            Register("bias", new Parameter([3]));
        }
    }

    private sealed class Twice : Module
    {
        public Twice()
        {
            Register("weight", new Parameter([1]));
            Register("weight", new Parameter([1]));
        }
    }

    private sealed class Holder : Module
    {
        public Holder(Linear linear) => Register("linear", linear);
    }
}
