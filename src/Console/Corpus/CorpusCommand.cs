using System.CommandLine;
using LlmRabbitHoles.Alice;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Builds the text that Alice learns from.</summary>
internal sealed class CorpusCommand : RabbitCommand
{
    private readonly Option<string> _out =
        new("--out") { Description = "Where it goes; an earlier corpus there is replaced.", HelpName = "DIR" };

    private readonly Option<string?> _phase = ChoiceOption.Create("--phase",
        "Plain text (base), conversations (chat) or both (mixed). Default: mixed.", "mixed", "base", "chat");

    private readonly Option<int?> _seed =
        NumberOption.Create<int>("--seed", "S", "Seed of every generator. Default: 1.", _ => true, "a whole number");

    private readonly Option<double?> _scale = NumberOption.Create<double>("--scale", "X",
        "Size; 1 is about 40 million characters of plain text and three times as many of chats. Default: 1.", x => x is > 0 and <= 10,
        "above 0 and at most 10");

    private readonly Option<bool> _fetch = new("--fetch")
    {
        Description = "Remake the open text of data/corpus from Debian's wordnet-base and r-cran-janeaustenr.",
    };

    public CorpusCommand() : base("corpus", "Build the text that Alice learns from, out of seeded generators and open text.",
        "./rabbit corpus --out out/corpus",
        "./rabbit corpus --out out/small --scale 0.05 --seed 2",
        "./rabbit corpus --fetch")
    {
        Add(_out);
        Add(_phase);
        Add(_seed);
        Add(_scale);
        Add(_fetch);
        Validators.Add(result =>
        {
            if (result.GetResult(_out) is null && result.GetResult(_fetch) is null)
                result.AddError("Say where the corpus goes with --out DIR.");
        });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_fetch)) Fetch();
        if (parsed.GetValue(_out) is not { } folder) return Task.FromResult(ExitCode.Done);
        var options = new CorpusOptions
        {
            Seed = parsed.GetValue(_seed) ?? 1,
            Scale = parsed.GetValue(_scale) ?? 1,
            Phase = Phase(parsed.GetValue(_phase)),
        };
        Terminal.Error.WriteLine("building the corpus ...");
        var corpus = CorpusBuilder.Build(options);
        cancellationToken.ThrowIfCancellationRequested();
        CorpusFolder.Write(corpus, folder);
        Terminal.Out.WriteLine($"{corpus.Train.Count} documents to learn from, {corpus.Validation.Count} kept for validation, " +
            $"{corpus.Evaluation.Count} questions of the evaluation left out; sha256 {corpus.Hash}");
        return Task.FromResult(ExitCode.Done);
    }

    private static void Fetch()
    {
        var corpus = Path.Combine(Repository.Root, "data", "corpus");
        Terminal.Error.WriteLine("downloading wordnet-base and r-cran-janeaustenr ...");
        try
        {
            var (sentences, paragraphs) = OpenTextFetcher.Fetch(Path.Combine(Repository.Root, ".rabbit", "open-text"), corpus);
            Terminal.Out.WriteLine($"{corpus}: {sentences:N0} sentences and {paragraphs:N0} paragraphs. The next ./rabbit builds them in.");
        }
        catch (InvalidOperationException failed)
        {
            throw new WorkFailedException(failed.Message, failed);
        }
    }

    private static CorpusPhase Phase(string? name) => name switch
    {
        "base" => CorpusPhase.Base,
        "chat" => CorpusPhase.Chat,
        _ => CorpusPhase.Mixed,
    };
}
