using System.CommandLine;
using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Checkpoints;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Trains one model of Alice's family.</summary>
internal sealed class TrainCommand : RabbitCommand
{
    private static readonly string[] Phases = [.. Enum.GetNames<TrainingPhase>().Select(name => name.ToLowerInvariant())];

    private readonly Option<string?> _phase = ChoiceOption.Create("--phase",
        "base: random weights learn plain text. sft: a base model learns to chat. dpo: a chat model learns to prefer better answers. " +
        "draft: a small model for speculative decoding. Default: base.", Phases);

    private readonly Option<string?> _from = new("--from")
    {
        Description = "The model that sft and dpo start from, and that draft learns to guess. Default: " +
            "alice-base in data/models, for dpo alice-chat, for draft alice.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Where the checkpoint, the log, the loss curve and what a resumed run needs go. Default: out/ and the model's name.",
        HelpName = "DIR",
    };

    private readonly Option<int?> _steps = NumberOption.Create<int>("--steps", "N",
        "Optimizer steps in all. Default: the recipe's.", n => n >= 1, "a whole number of 1 or more");

    private readonly Option<int?> _seed = NumberOption.Create<int>("--seed", "S",
        "Decides first weights, corpus and order of texts. Default: 1.", _ => true, "a whole number");

    private readonly Option<double?> _scale = NumberOption.Create<double>("--scale", "X",
        "Size of the corpus; 1 is about 40 million characters of plain text and three times as many of chats. Default: 1.",
        x => x is > 0 and <= 10, "above 0 and at most 10");

    private readonly Option<double?> _rate = NumberOption.Create<double>("--learning-rate", "X",
        "The highest learning rate. Default: the recipe's.", x => x is > 0 and <= 1, "above 0 and at most 1");

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where the run in that folder stopped." };

    private readonly Option<string?> _device = ChoiceOption.Create("--device",
        "Where to compute. Default: RABBIT_DEVICE, else auto.", "cpu", "cuda", "auto");

    public TrainCommand() : base(
        "train", "Train a model of Alice's family from the corpus. Ctrl-C stops after the current step and keeps it.",
        "./rabbit train --phase base --out out/alice-base",
        "./rabbit train --phase sft --from out/alice-base --out out/alice-chat",
        "./rabbit train --phase dpo --from out/alice-chat --out out/alice",
        "./rabbit train --phase base --out out/alice-base --resume",
        "./rabbit train --out out/small --steps 200 --scale 0.05 --seed 2")
    {
        foreach (Option option in new Option[] { _phase, _from, _out, _steps, _seed, _scale, _rate, _resume, _device }) Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_from) is not null && Phase(result.GetValue(_phase)) == TrainingPhase.Base)
                result.AddError("--from does not apply to the phase base, which starts from random weights. " +
                    "Leave it out, or choose --phase sft, dpo or draft.");
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var device = DeviceChoice.Parse(parsed.GetValue(_device));
        var phase = Phase(parsed.GetValue(_phase));
        var folder = parsed.GetValue(_out) ?? $"out/{phase.Model()}";
        var run = new TrainingRun(phase, Recipe(parsed, phase), folder)
        {
            From = phase.StartsFrom() is { } parent ? parsed.GetValue(_from) ?? ModelFolder.Named(parent) : null,
            Scale = parsed.GetValue(_scale) ?? 1,
            Resume = parsed.GetValue(_resume),
            Device = device,
        };
        TrainingResult? result = null;
        TrainingDisplay.Show(progress => result = run.Start(TrainingDisplay.Say, progress, cancellationToken));
        LossCurve.Write(folder, phase.Model());
        TrainingDisplay.ShowSpeed(result!, device);
        Terminal.Out.WriteLine(folder);
        return Task.FromResult(cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done);
    }

    private static TrainingPhase Phase(string? word) =>
        word is null ? TrainingPhase.Base : Enum.Parse<TrainingPhase>(word, ignoreCase: true);

    private AliceRecipe Recipe(ParseResult parsed, TrainingPhase phase)
    {
        var recipe = AliceRecipe.For(phase);
        var training = recipe.Training with { Seed = parsed.GetValue(_seed) ?? recipe.Training.Seed };
        if (parsed.GetValue(_steps) is { } steps) training = training with { Steps = steps };
        if (parsed.GetValue(_rate) is { } rate) training = training with { PeakLearningRate = rate };
        return recipe with { Training = training };
    }
}
