using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Etude.Benchmarks.Comparisons;

// compare [--rounds N] [--midi FOLDER] [TASK...]: whole tasks beside other programs; else BenchmarkDotNet's own options.
if (args is ["compare", .. var options]) return Comparison.Run(options);

// BenchmarkDotNet builds a project of its own, which a busy machine does not do in its two minutes.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
