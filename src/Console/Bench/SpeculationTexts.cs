using LlmRabbitHoles.Alice.Abilities;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What texts of one kind begin with.</summary>
/// <param name="Name">chat, tools, prose.</param>
/// <param name="Prompts">Ids of each beginning.</param>
/// <param name="Ends">Whether the model's end tokens end a text; otherwise each gets all of its tokens.</param>
internal sealed record SpeculationTexts(string Name, IReadOnlyList<int[]> Prompts, bool Ends)
{
    private const int Count = 12, ProseTokens = 24;

    /// <summary>Questions and tasks for tools, where the model can chat, and pieces of a text.</summary>
    /// <param name="model">The model that will write.</param>
    /// <param name="file">A UTF-8 text; null: Alice's corpus.</param>
    /// <exception cref="WorkFailedException">The text is too short.</exception>
    public static IReadOnlyList<SpeculationTexts> For(LanguageModel model, string? file)
    {
        var text = CalibrationText.Of(file, model.Tokenizer, model.Config.ContextLength, 4000);
        int[][] pieces = [.. text.HeldOut.Where(ids => ids.Length >= ProseTokens).Take(Count).Select(ids => ids[..ProseTokens])];
        if (pieces.Length == 0) throw new WorkFailedException($"The text has no {ProseTokens} tokens in a row. Give a longer one.");
        var prose = new SpeculationTexts("prose", pieces, Ends: false);
        return model.HasChatTemplate ? [Asked("chat", "facts", model), Asked("tools", "tools", model), prose] : [prose];
    }

    private static SpeculationTexts Asked(string name, string ability, LanguageModel model)
    {
        var cases = AbilityList.All.Single(one => one.Name == ability).Cases(EvaluationOptions.PublishedSeed);
        // Evenly spread, so that all topics have their share.
        var chosen = Enumerable.Range(0, Count).Select(i => cases[i * cases.Count / Count]);
        return new(name, [.. chosen.Select(one => model.EncodeChat(one.Messages, one.Tools))], Ends: true);
    }
}
