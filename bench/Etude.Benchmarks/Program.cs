using BenchmarkDotNet.Running;
using Etude.Benchmarks.Comparisons;

// compare [--rounds N] [--midi FOLDER] [TASK...]: whole tasks beside other programs; else BenchmarkDotNet's own options.
if (args is ["compare", .. var options]) return Comparison.Run(options);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
