using System.CommandLine;
using LlmRabbitHoles.CommandLine.Options;
using LlmRabbitHoles.CommandLine.Output;
using LlmRabbitHoles.CommandLine.Training;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.CommandLine.Commands;

/// <summary>Trains Alice.</summary>
internal sealed class TrainCommand : RabbitCommand
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "Where the checkpoint goes, and what a resumed run needs.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int?> _steps = NumberOption.Create<int>("--steps", "N",
        "Optimizer steps in all. Default: the recipe's.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<int?> _seed = NumberOption.Create<int>("--seed", "S",
        "Decides first weights, corpus and order of texts. Default: 1.", _ => true, "a whole number");

    private readonly Option<double?> _scale = NumberOption.Create<double>("--scale", "X",
        "Size of the corpus; 1 is about 40 million characters. Default: 1.", x => x is > 0 and <= 10, "above 0 and at most 10");

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where the run in that folder stopped." };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where to compute. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    public TrainCommand() : base("train", "Train Alice from the corpus to a checkpoint. Ctrl-C stops after the current step and keeps it.",
        "./rabbit train --out out/alice",
        "./rabbit train --out out/alice --resume",
        "./rabbit train --out out/small --steps 200 --scale 0.05 --seed 2")
    {
        foreach (Option option in new Option[] { _out, _steps, _seed, _scale, _resume, _device }) Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var device = DeviceChoice.Parse(parsed.GetValue(_device));
        var seed = parsed.GetValue(_seed) ?? 1;
        var folder = parsed.GetRequiredValue(_out);
        TrainingDisplay.Say("Building the corpus.");
        var corpus = CorpusBuilder.Build(new CorpusOptions { Seed = seed, Scale = parsed.GetValue(_scale) ?? 1 });
        TrainingDisplay.Show(progress =>
            TrainingRun.Start(folder, Recipe(parsed, seed), corpus, parsed.GetValue(_resume), device, TrainingDisplay.Say, progress, cancellation));
        Terminal.Out.WriteLine(folder);
        return Task.FromResult(cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    private AliceRecipe Recipe(ParseResult parsed, int seed)
    {
        var recipe = new AliceRecipe();
        return recipe with { Training = recipe.Training with { Seed = seed, Steps = parsed.GetValue(_steps) ?? recipe.Training.Steps } };
    }
}
