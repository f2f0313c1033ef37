namespace Etude.Neural.Layers;

/// <summary>
/// A part of a network: owns parameters and other modules, each under a name that is unique within it. The names of all
/// parameters together are the keys under which a checkpoint keeps them.
/// </summary>
public abstract class Module
{
    private readonly List<(string Name, Parameter? Parameter, Module? Module)> _members = [];
    private Module? _parent;
    private string _name = "";

    /// <summary>Every parameter and running statistic of this module and those inside it, in order of registration, each once.</summary>
    public IReadOnlyList<Parameter> State
    {
        get
        {
            var found = new List<Parameter>();
            Collect(found, []);
            return found;
        }
    }

    /// <summary>What an optimizer may change: the part of <see cref="State"/> that requires a gradient.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. State.Where(parameter => parameter.RequiresGradient)];

    /// <summary>The number of trainable values.</summary>
    public long ParameterCount => Parameters.Sum(parameter => (long)parameter.Length);

    /// <summary>Takes a parameter in under a name without dots. Call it in the constructor.</summary>
    /// <returns>The parameter.</returns>
    protected Parameter Register(string name, Parameter parameter)
    {
        Reserve(name);
        _members.Add((name, parameter, null));
        parameter.BelongTo(this, name);
        return parameter;
    }

    /// <summary>Takes a module in under a name; dots in it part levels, as in <c>lstm.0</c>. Call it in the constructor.</summary>
    /// <returns>The module.</returns>
    protected T Register<T>(string name, T module) where T : Module
    {
        Reserve(name);
        if (module._parent is not null) throw new ArgumentException($"The module \"{name}\" belongs to another one already.", nameof(module));
        _members.Add((name, null, module));
        (module._parent, module._name) = (this, name);
        return module;
    }

    internal string PathOf(string name) => _parent is null ? name : _parent.PathOf($"{_name}.{name}");

    private void Reserve(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_members.Exists(member => member.Name == name)) throw new ArgumentException($"The name \"{name}\" is taken.", nameof(name));
    }

    private void Collect(List<Parameter> found, HashSet<Parameter> seen)
    {
        foreach (var (_, parameter, module) in _members)
        {
            if (parameter is not null && seen.Add(parameter)) found.Add(parameter);
            module?.Collect(found, seen);
        }
    }
}
