using LlmRabbitHoles.Alice;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Texts over which attention is measured.</summary>
/// <param name="Name">Where they come from.</param>
/// <param name="Texts">The model reads each alone.</param>
internal sealed record MeasuredTexts(string Name, IReadOnlyList<MeasuredText> Texts)
{
    private const double CorpusScale = 0.05;
    private const int MostTexts = 64, ShortestTokens = 128;

    /// <summary>All of them end to end.</summary>
    public IReadOnlyList<int> Ids { get; } = [.. Texts.SelectMany(text => text.Ids)];

    /// <summary>A file in windows; each token but the first of a window counts.</summary>
    public static MeasuredTexts Of(FileInfo file, LanguageModel model, int window)
    {
        int[] ids = model.Tokenizer.Encode(TextFile.Read(file.ToString()), addSpecialTokens: false);
        return new MeasuredTexts(
            file.Name, [.. ids.Chunk(window).Where(part => part.Length > 1).Take(MostTexts).Select(part => new MeasuredText(part, 1))]);
    }

    /// <summary>The longest documents that Alice's training leaves out: of a chat the last answer counts. A model without a chat format
    /// reads plain documents, whose tokens all count but the first.</summary>
    public static MeasuredTexts OfCorpus(LanguageModel model)
    {
        var phase = model.HasChatTemplate ? CorpusPhase.Chat : CorpusPhase.Base;
        var documents = CorpusBuilder.Build(new CorpusOptions { Phase = phase, Scale = CorpusScale }).Validation;
        var kind = model.HasChatTemplate ? "chats, of which the last answer counts," : "documents";
        return new MeasuredTexts($"the longest {kind} that Alice's training leaves out",
            [.. documents.Select(document => Read(document, model)).OfType<MeasuredText>()
                .Where(text => text.Ids.Length >= ShortestTokens && text.Ids.Length <= model.Config.ContextLength)
                .OrderByDescending(text => text.Ids.Length).Take(MostTexts)]);
    }

    private static MeasuredText? Read(Document document, LanguageModel model)
    {
        if (!document.IsChat) return new MeasuredText(model.Tokenizer.Encode(document.Text, addSpecialTokens: false), 1);
        if (document.Messages is not [.., { Role: "assistant" } answer]) return null;
        var prompt = model.EncodeChat([.. document.Messages.SkipLast(1)]);
        return new MeasuredText([.. prompt, .. model.Tokenizer.Encode(answer.Content, addSpecialTokens: false)], prompt.Length);
    }
}

/// <summary>One text.</summary>
/// <param name="Ids">Its tokens.</param>
/// <param name="First">The first whose loss counts, 1 or more.</param>
internal sealed record MeasuredText(int[] Ids, int First);
