using System.CommandLine;
using LlmRabbitHoles.Alice.Abilities;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Reading;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures what the model can do.</summary>
internal sealed class EvalCommand : RabbitCommand
{
    private const int FailuresShown = 5;
    private readonly ModelOptions _model = new();

    private readonly Option<string[]> _abilities = new("--ability")
    {
        Description = "Only these. May be given more than once.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _cases = NumberOption.Create<int>("--cases", "N",
        "Cases of each ability at most, and as many natural ones. Default: all.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<int?> _seed = NumberOption.Create<int>("--seed", "S",
        $"Chooses the cases. Default: {EvaluationOptions.PublishedSeed}, that of the published figures; models are chosen by " +
        $"{EvaluationOptions.SelectionSeed}.", _ => true, "a whole number");

    private readonly Option<string?> _format = ChoiceOption.Create("--format",
        "table for people, json for programs. Default: table.", "table", "json");

    private readonly Option<bool> _failures = new("--failures")
    {
        Description =
            $"Show the first {FailuresShown} failed cases of each ability with question and answer; on stderr with --format json.",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Write the JSON into this file too.", HelpName = "FILE" };

    public EvalCommand() : base(
        "eval",
        "Measure what the model can do, on cases that she has never seen: in natural wordings that no lesson holds, and in those of " +
        "training with new values. All of it takes about ten minutes on two cores; --cases 20 gives a rough picture in one or two.",
        "./rabbit eval",
        "./rabbit eval --ability facts tools --cases 50 --failures",
        "./rabbit eval --model data/models/alice-chat --format json --out out/evaluation.json")
    {
        _model.AddTo(this);
        foreach (Option option in new Option[] { _abilities, _cases, _seed, _format, _failures, _out }) Add(option);
        _abilities.CompletionSources.Add([.. Evaluation.Names]);
        _abilities.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !Evaluation.Names.Contains(token.Value)) is { Value: var word })
                result.AddError($"--ability is '{word}'; it must be one of {string.Join(", ", Evaluation.Names)}.");
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new EvaluationOptions
        {
            Seed = parsed.GetValue(_seed) ?? EvaluationOptions.PublishedSeed,
            Cases = parsed.GetValue(_cases),
            Abilities = parsed.GetValue(_abilities) ?? [],
        };
        if (parsed.GetValue(_out) is { } wanted) OutputFile.Resolve(wanted);   // before the work, which takes minutes
        var (model, _) = _model.Load(parsed);
        using var owned = model;
        var scores = EvaluationDisplay.Show(progress => Evaluation.Run(model, options, progress, cancellationToken));
        var json = JsonOutput.Text(EvaluationJson.From(model, options, scores));
        if (parsed.GetValue(_out) is { } file) Write(file, json);
        var isJson = parsed.GetValue(_format) == "json";
        if (isJson) Terminal.Out.WriteLine(json);
        else EvaluationTable.Write(Terminal.Result, scores);
        if (parsed.GetValue(_failures)) FailureList.Write(isJson ? Terminal.Error : Terminal.Out, scores, FailuresShown);
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>Written aside and renamed: the file is the old one or the new one, never half of it.</summary>
    private static void Write(string file, string json)
    {
        AsideFile.WriteAllText(file, json + "\n");
    }
}
