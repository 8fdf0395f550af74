using System.CommandLine;
using LlmRabbitHoles.Hub;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Brings a model from the Hugging Face Hub.</summary>
internal sealed class PullCommand : RabbitCommand
{
    private readonly Argument<string> _name = new("OWNER/NAME") { Description = "The model, as the Hub calls it." };

    private readonly Option<string?> _revision =
        new("--revision") { Description = "A branch, a tag or a commit. Default: main.", HelpName = "R" };

    private readonly Option<string?> _file = new("--file")
    {
        Description = "Only this file, such as a GGUF file. Default: all that the engine reads.",
        HelpName = "FILE",
    };

    public PullCommand() : base("pull", "Bring a model from the Hugging Face Hub. A pull that was stopped goes on where it was.",
        "./rabbit pull HuggingFaceTB/SmolLM2-135M-Instruct",
        "./rabbit pull Qwen/Qwen3-0.6B-GGUF --file Qwen3-0.6B-Q8_0.gguf",
        "HF_TOKEN=hf_... ./rabbit pull meta-llama/Llama-3.2-1B --revision main",
        "HF_ENDPOINT=https://mirror.example HF_HOME=/big/disk ./rabbit pull HuggingFaceTB/SmolLM2-135M")
    {
        Add(_name);
        Add(_revision);
        Add(_file);
        RefuseUnknownOptions(_name);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = ModelName.Parse(parsed.GetRequiredValue(_name));
        var (revision, file) = (parsed.GetValue(_revision) ?? HubCache.MainRevision, parsed.GetValue(_file));
        var environment = HubEnvironment.Current;
        var cache = HubCache.Of(environment);
        var place = environment.IsOffline
            ? FindOffline(cache, name, revision, file)
            : ProgressBar.Show($"{name}", share => Run(environment, cache, name, revision, file, share, cancellationToken));
        Terminal.Out.WriteLine(place);
        return Task.FromResult(ExitCode.Done);
    }

    private static string Run(
        HubEnvironment environment, HubCache cache, RepositoryName name, string revision, string? file, IProgress<double> share,
        CancellationToken cancellationToken)
    {
        var pull = new Pull(environment.Endpoint(), cache, new PullDisplay(share))
        {
            Timeout = environment.Timeout, WithoutLinks = environment.WithoutLinks,
        };
        return pull.RunAsync(name, revision, file, cancellationToken).GetAwaiter().GetResult();
    }

    private static string FindOffline(HubCache cache, RepositoryName name, string revision, string? file)
    {
        var place = cache.FindSnapshot(name, revision) is { } snapshot ? Path.Combine(snapshot, file ?? "") : null;
        return place is not null && (file is null || File.Exists(place))
            ? place
            : throw new WorkFailedException(
                $"{file ?? $"{name}"} is not in the cache, and HF_HUB_OFFLINE forbids the network. Unset it to pull the model.");
    }
}
