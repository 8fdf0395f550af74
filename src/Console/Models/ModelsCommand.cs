using System.CommandLine;
using System.Globalization;
using LlmRabbitHoles.Hub;
using Spectre.Console;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Lists the models on this machine, and removes pulled ones.</summary>
internal sealed class ModelsCommand : RabbitCommand
{
    private readonly Option<string?> _remove = new("--remove")
    {
        Description = "Removes a pulled model from the cache, which other programs share.",
        HelpName = "OWNER/NAME",
    };

    private readonly Option<string?> _revision = new("--revision")
    {
        Description = "With --remove: only this branch, tag or commit, with what no other revision uses.",
        HelpName = "R",
    };

    private readonly FormatOption _format = new();

    public ModelsCommand() : base("models", "List the models on this machine: the repository's own and those that were pulled.",
        "./rabbit models",
        "./rabbit models --format json",
        "./rabbit models --remove HuggingFaceTB/SmolLM2-135M-Instruct")
    {
        Add(_remove);
        Add(_revision);
        _format.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_revision) is not null && result.GetResult(_remove) is null) result.AddError("--revision needs --remove.");
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var cache = HubCache.Of(HubEnvironment.Current);
        if (parsed.GetValue(_remove) is { } name) Remove(cache, name, parsed.GetValue(_revision), _format.IsJson(parsed));
        else List(new ModelsJson(cache.Folder, [.. OwnModels.All(), .. cache.Models().Select(ModelJson.Of)]), _format.IsJson(parsed));
        return Task.FromResult(ExitCode.Done);
    }

    private static void Remove(HubCache cache, string text, string? revision, bool isJson)
    {
        var name = ModelName.Parse(text);
        var freed = cache.Remove(name, revision);
        if (isJson) JsonOutput.Write(new RemovalJson($"{name}", revision, freed));
        else Terminal.Out.WriteLine($"{name}{(revision is null ? "" : $" at {revision}")}: {freed} bytes freed");
    }

    private static void List(ModelsJson models, bool isJson)
    {
        if (isJson)
        {
            JsonOutput.Write(models);
            return;
        }
        var table = new Table().Border(TableBorder.Minimal)
            .AddColumns("model", "revision", "size", "format", "last used", "path");
        table.Columns[2].RightAligned();
        foreach (var model in models.Models)
        {
            string[] cells =
            [
                model.Name, model.Revision, $"{model.Bytes / 1e6:0.0} MB", model.Format,
                model.LastUsed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), model.Path,
            ];
            table.AddRow([.. cells.Select(cell => new Spectre.Console.Text(cell))]);
        }
        Terminal.Result.Write(table);
    }
}
