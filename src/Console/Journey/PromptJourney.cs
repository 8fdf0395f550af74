using System.Diagnostics;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Sampling;
using LlmRabbitHoles.Tokenization;
using Microsoft.ML.Tokenizers;
using Spectre.Console;
using TorchSharp;

namespace LlmRabbitHoles.CommandLine;

/// <summary>One message on its way through the model: each step with what it made, how long it took, and one sentence on why.</summary>
/// <param name="model">Lent, not owned.</param>
/// <param name="load">How long loading it took.</param>
/// <param name="console">Where it is told.</param>
internal sealed class PromptJourney(LanguageModel model, TimeSpan load, IAnsiConsole console)
{
    private const int MaxTokens = 64;

    /// <summary>As many as a short question has, so that the first prefill is not also the first product of its size.</summary>
    private const int WarmUpTokens = 12;

    /// <summary>After so many the code of a decode is compiled.</summary>
    private const int WarmUpSteps = 8;

    private readonly Narrator _narrator = new(console);
    private readonly ModelRunner _runner = new(model);

    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Travel(string? message, CancellationToken cancellation)
    {
        if (!model.HasTokenizer)
            throw new WorkFailedException($"The model in '{model.Folder}' has no tokenizer.json, so no message can travel through it. " +
                "Try ./rabbit generate --tokens 1,2,3.");
        var tokenizer = model.Tokenizer;
        WarmUp(tokenizer);
        Introduce();
        var text = Format(message);
        var ids = Tokenize(tokenizer, text);
        Embed(tokenizer, ids);
        using var cache = model.CreateCache(Math.Min(ids.Length + MaxTokens, model.Config.ContextLength));
        var prefill = Prefill(ids, cache);
        ShowCandidates(tokenizer, prefill);
        var reason = Decode(tokenizer, ids, cache, cancellation);
        Farewell();
        return reason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>What runs first in a process also compiles and loads code, which is no step of a message's journey.</summary>
    private void WarmUp(Tokenizer tokenizer)
    {
        var length = Math.Min(WarmUpTokens + WarmUpSteps, model.Config.ContextLength);
        using var cache = model.CreateCache(length);
        _runner.Prefill(new int[Math.Max(1, length - WarmUpSteps)], cache).Top(1);
        while (cache.Length < length) _runner.Decode(0, cache).Top(1);
        if (model.HasChatTemplate) model.ChatTemplate.Render([new ChatMessage("user", "a")]);
        tokenizer.Encode("a");
    }

    private void Introduce()
    {
        var config = model.Config;
        _narrator.Title($"What happens when you send a message to {model.Name}?",
            $"{Magnitude(model.ParameterCount)} parameters, {config.Layers} layers of {config.HiddenSize} numbers, " +
            $"{config.VocabularySize} tokens, on {DeviceName.Of(model.Device)}, loaded in {load.TotalMilliseconds:0} ms");
    }

    private string Format(string? message)
    {
        if (!model.HasChatTemplate)
        {
            message ??= "The capital of France is";
            _narrator.Step("Your text", null, "This model has no chat format: it continues what you write.");
            _narrator.Quote(message);
            return message;
        }
        message ??= "What is the capital of France?";
        var watch = Stopwatch.StartNew();
        var text = model.ChatTemplate.Render([new ChatMessage("user", message)]);
        _narrator.Step(
            "Message to text", watch.Elapsed,
            "The chat template marks who speaks and whose turn comes next. To the model, a chat is one long text.");
        _narrator.Quote(text);
        return text;
    }

    private int[] Tokenize(Tokenizer tokenizer, string text)
    {
        var watch = Stopwatch.StartNew();
        var ids = tokenizer.Encode(text, addSpecialTokens: !model.HasChatTemplate);
        _narrator.Step(
            "Text to tokens", watch.Elapsed,
            $"The tokenizer cuts the text into {ids.Length} pieces that it knows by number. From here on there are only numbers.");
        console.Write("   ");
        ColouredTokens.Write(console, tokenizer, ids);
        _narrator.Line(string.Join(' ', ids));
        return ids;
    }

    private void Embed(Tokenizer tokenizer, int[] ids)
    {
        var watch = Stopwatch.StartNew();
        using var noGradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var rows = model.Decoder.Embeddings.index_select(0, torch.tensor(ids.Select(id => (long)id).ToArray(), device: model.Device));
        var elapsed = watch.Elapsed;
        _narrator.Step(
            "Tokens to vectors", elapsed,
            $"Each number looks up its row in a table that was learned: {ids.Length} vectors of {model.Config.HiddenSize} numbers.");
        foreach (var i in Enumerable.Range(0, ids.Length).TakeLast(2))
        {
            var first = rows[i].narrow(0, 0, 6).to(torch.ScalarType.Float32).cpu().data<float>().ToArray();
            _narrator.Line($"\"{ColouredTokens.Visible(tokenizer.Piece(ids[i]))}\" = " +
                $"[{string.Join(", ", first.Select(x => x.ToString("0.000;-0.000")))}, ...]");
        }
    }

    private ForwardResult Prefill(int[] ids, IKeyValueCache cache)
    {
        var step = _runner.Prefill(ids, cache);
        _narrator.Step(
            "Prefill", step.Elapsed,
            $"All {ids.Length} tokens pass the {model.Config.Layers} layers at once, each looking back at those before it.");
        _narrator.Line($"{step.Tokens / step.Elapsed.TotalSeconds:0} tokens/s; their keys and values stay in the cache: " +
            $"{cache.UsedBytes / 1024.0:0.0} KiB");
        return step;
    }

    private void ShowCandidates(Tokenizer tokenizer, ForwardResult prefill)
    {
        var watch = Stopwatch.StartNew();
        var top = prefill.Top(5);
        _narrator.Step(
            "The first token", watch.Elapsed,
            $"The last vector becomes a score for each of the {model.Config.VocabularySize} tokens, and softmax makes them probabilities.");
        CandidateBars.Write(console, top, tokenizer.Piece, indent: "   ");
    }

    /// <summary>
    /// Greedy, so that every reader sees the same journey. The last token of the prompt is read again, which is a decode like the others.
    /// </summary>
    private StopReason Decode(Tokenizer tokenizer, int[] ids, IKeyValueCache cache, CancellationToken cancellation)
    {
        _narrator.Step(
            "Decode", null, "The likeliest token is appended, passes the layers alone (the cache has the rest), and gives the next one.");
        console.Write("   ");
        cache.Truncate(ids.Length - 1);
        var options = new GenerationOptions { MaxTokens = MaxTokens, Sampling = SamplingOptions.Greedy };
        var stream = new TextGenerator(model).Stream(ids, options, cache, cancellation);
        var last = 0;
        foreach (var token in stream)
        {
            console.Write(new Text(token.Text ?? "", new Style(Color.Green)));
            last = token.Id;
        }
        console.WriteLine();
        return Stop(tokenizer, stream.Result, last);
    }

    private StopReason Stop(Tokenizer tokenizer, GenerationResult result, int last)
    {
        var (reason, written, timings) = (result.StopReason, result.Tokens.Count, result.Timings);
        if (timings.DecodedTokens > 0)
            _narrator.Line($"{timings.DecodedTokens} tokens in {timings.Decode.TotalMilliseconds:0.0} ms: " +
                $"{timings.TimePerOutputToken.TotalMilliseconds:0.0} ms each, {timings.DecodeTokensPerSecond:0} tokens/s");
        _narrator.Step($"Stop: {reason.ToWireName()}", null, reason switch
        {
            StopReason.EndTurn => $"The model itself chose {tokenizer.Piece(last)}, the token that ends its turn.",
            StopReason.Cancelled => "You stopped it.",
            _ => $"{written} tokens were allowed, and the model did not end its turn before.",
        });
        return reason;
    }

    private void Farewell() => _narrator.Next(
        ("./rabbit \"Your own question?\"", "the same journey with your words"),
        ("./rabbit chat", "talk with her"),
        ("./rabbit logits --prompt \"The capital of France is\"", "what she finds likely"),
        ("./rabbit run notebooks", "run every rabbit hole; begin reading with notebooks/"),
        ("./rabbit --help", "all commands"));

    private static string Magnitude(long count) => count switch
    {
        >= 1_000_000_000 => $"{count / 1e9:0.0} billion",
        >= 1_000_000 => $"{count / 1e6:0.0} million",
        _ => $"{count:N0}",
    };
}
