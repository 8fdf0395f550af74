using System.CommandLine;
using LlmRabbitHoles.Generation.Speculation;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--speculative</c> and its settings: how tokens are guessed ahead.</summary>
internal sealed class SpeculationOptions
{
    private readonly Option<string?> _kind = ChoiceOption.Create("--speculative",
        "Guesses tokens ahead, with a smaller model (draft) or from the text so far (prompt). The text stays the same.", "draft", "prompt");

    private readonly Option<string?> _draft = new("--draft")
    {
        Description = "The folder of the smaller model, which must have the same tokens.",
        HelpName = "DIR",
    };

    private readonly Option<int?> _tokens = NumberOption.Create<int>("--draft-tokens", "N",
        "Tokens to guess at a time. Default: 4.", n => n is >= 1 and <= 64, "from 1 to 64");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _kind, _draft, _tokens }) command.Add(option);
    }

    /// <summary>The option that was given, or null.</summary>
    public Option? Given(ParseResult parsed) => parsed.GetValue(_kind) is null ? null : _kind;

    /// <exception cref="UsageException">The options do not fit together.</exception>
    public void Check(ParseResult parsed)
    {
        var (kind, hasDraft) = (parsed.GetValue(_kind), parsed.GetValue(_draft) is not null);
        if (kind == "draft" && !hasDraft) throw new UsageException("--speculative draft needs --draft DIR, the folder of a smaller model.");
        if (kind != "draft" && hasDraft) throw new UsageException("--draft needs --speculative draft.");
        if (kind is null && parsed.GetValue(_tokens) is not null) throw new UsageException("--draft-tokens needs --speculative.");
    }

    /// <summary>The draft model, loaded on the device of the other; null where none is asked for.</summary>
    public LanguageModel? LoadDraft(ParseResult parsed, string? device) =>
        parsed.GetValue(_draft) is { } folder ? LanguageModel.Load(ModelName.Resolve(folder), device) : null;

    /// <param name="parsed">The arguments.</param>
    /// <param name="draft">The draft model, where one is asked for.</param>
    public Speculator? For(ParseResult parsed, LanguageModel? draft)
    {
        Speculator? speculator = draft is not null ? new DraftModel(draft) : parsed.GetValue(_kind) == "prompt" ? new PromptLookup() : null;
        return speculator is null ? null : speculator with { Tokens = parsed.GetValue(_tokens) ?? speculator.Tokens };
    }
}
