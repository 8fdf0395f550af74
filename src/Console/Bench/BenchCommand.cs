using System.CommandLine;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measurements of the engine, whose results are recorded in bench/results.</summary>
internal sealed class BenchCommand : RabbitCommand
{
    public BenchCommand() : base("bench", "Measure the engine; check first that what is measured gives the right tokens.",
        "./rabbit bench scheduler --requests 500 --seed 3",
        "./rabbit bench batching --batch 1,4,16 --format json",
        "./rabbit bench quantization")
    {
        Add(new BenchSchedulerCommand());
        Add(new BenchBatchingCommand());
        Add(new BenchQuantizationCommand());
        Add(new BenchSpeculationCommand());
        Add(new BenchCachesCommand());
        Add(new BenchAttentionCommand());
        Add(new BenchConstraintsCommand());
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) => throw new UsageException(
        $"Say what to measure: {string.Join(", or ", Subcommands.Select(command => $"./rabbit bench {command.Name}"))}.");
}
