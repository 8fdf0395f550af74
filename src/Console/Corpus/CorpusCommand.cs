using System.CommandLine;
using LlmRabbitHoles.Alice;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Builds the text that Alice learns from.</summary>
internal sealed class CorpusCommand : RabbitCommand
{
    private readonly Option<string> _out =
        new("--out") { Description = "Where it goes; an earlier corpus there is replaced.", HelpName = "DIR", Required = true };

    private readonly Option<string?> _phase = ChoiceOption.Create("--phase",
        "Plain text (base), conversations (chat) or both (mixed). Default: mixed.", "mixed", "base", "chat");

    private readonly Option<int?> _seed =
        NumberOption.Create<int>("--seed", "S", "Seed of every generator. Default: 1.", _ => true, "a whole number");

    private readonly Option<double?> _scale = NumberOption.Create<double>("--scale", "X",
        "Size; 1 is about 40 million characters of plain text and three times as many of chats. Default: 1.", x => x is > 0 and <= 10,
        "above 0 and at most 10");

    public CorpusCommand() : base("corpus", "Build the text that Alice learns from, out of seeded generators and open text.",
        "./rabbit corpus --out out/corpus",
        "./rabbit corpus --out out/small --scale 0.05 --seed 2")
    {
        Add(_out);
        Add(_phase);
        Add(_seed);
        Add(_scale);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = new CorpusOptions { Seed = parsed.GetValue(_seed)
            ?? 1, Scale = parsed.GetValue(_scale) ?? 1, Phase = Phase(parsed.GetValue(_phase)) };
        Terminal.Error.WriteLine("building the corpus ...");
        var corpus = CorpusBuilder.Build(options);
        cancellationToken.ThrowIfCancellationRequested();
        CorpusFolder.Write(corpus, parsed.GetRequiredValue(_out));
        Terminal.Out.WriteLine($"{corpus.Train.Count} documents to learn from, {corpus.Validation.Count} kept for validation, " +
            $"{corpus.Evaluation.Count} questions of the evaluation left out; sha256 {corpus.Hash}");
        return Task.FromResult(ExitCode.Done);
    }

    private static CorpusPhase Phase(string? name) => name switch
    {
        "base" => CorpusPhase.Base,
        "chat" => CorpusPhase.Chat,
        _ => CorpusPhase.Mixed,
    };
}
