using System.Diagnostics;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Generation;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Reads texts token by token through each kind of cache: what it costs, and by how much what the model predicts
/// differs.</summary>
/// <param name="model">Stays the caller's.</param>
/// <param name="texts">Ids of each, from 17 to the context; each is read alone.</param>
internal sealed class CacheMeasurement(LanguageModel model, IReadOnlyList<int[]> texts)
{
    /// <summary>Tokens of each text that are read at once.</summary>
    public const int Prompt = 16;

    public IReadOnlyList<CacheRowJson> Run(IProgress<double> progress, CancellationToken cancellationToken)
    {
        (string Name, CacheKind Kind)[] kinds =
        [
            ("contiguous", CacheKind.Contiguous), ("paged, 16", new PagedKind()), ("paged, 64", new PagedKind(64)),
            ("offloaded", new OffloadedKind()), ("int8", new QuantizedKind(8)), ("int4", new QuantizedKind(4)),
            ("sinks and a window of 128", new SlidingKind(128)), ("sinks and a window of 32", new SlidingKind(32)),
        ];
        var rows = new List<CacheRowJson>();
        int[]? whole = null;
        var wholeLoss = 0.0;
        foreach (var (name, kind) in kinds)
        {
            var (loss, likeliest, seconds, cache) = Read(kind, cancellationToken);
            if (whole is null) (whole, wholeLoss) = (likeliest, loss);
            rows.Add(new(
                name, cache.Used, cache.Reserved, Math.Round(loss, 5), Math.Round(loss - wholeLoss, 5),
                Math.Round((double)likeliest.Zip(whole).Count(pair => pair.First == pair.Second) / whole.Length, 4),
                Math.Round(whole.Length / seconds, 1), cache.Report));
            progress.Report((double)rows.Count / kinds.Length);
        }
        return rows;
    }

    private (double Loss, int[] Likeliest, double Seconds, (long Used, long Reserved, OffloadJson? Report) Cache) Read(
        CacheKind kind, CancellationToken cancellationToken)
    {
        var runner = new ModelRunner(model);
        var (total, likeliest, watch) = (0.0, new List<int>(), new Stopwatch());
        (long Used, long Reserved, OffloadJson? Report) most = default;
        foreach (var text in texts)
        {
            using var cache = model.CreateCache(text.Length, kind: kind);
            var logits = runner.Prefill(text[..Prompt], cache).Logits;
            foreach (var token in text[Prompt..])
            {
                cancellationToken.ThrowIfCancellationRequested();
                total += Surprise(logits, token);
                likeliest.Add(System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(logits));
                watch.Start();
                logits = runner.Decode(token, cache).Logits;
                watch.Stop();
            }
            if (cache.UsedBytes > most.Used) most = (cache.UsedBytes, cache.ReservedBytes, Moved(cache));
        }
        return (total / likeliest.Count, [.. likeliest], watch.Elapsed.TotalSeconds, most);
    }

    private static OffloadJson? Moved(IKeyValueCache cache) => cache is not OffloadedCache { Report: var moved } ? null : new(
        moved.BytesToHost + moved.BytesToDevice + moved.BytesToFile + moved.BytesFromFile, Math.Round(moved.Waited.TotalMilliseconds, 1));

    private static double Surprise(float[] logits, int token)
    {
        var highest = System.Numerics.Tensors.TensorPrimitives.Max<float>(logits);
        return Math.Log(logits.Sum(logit => Math.Exp(logit - highest))) - (logits[token] - highest);
    }
}

/// <summary>What <c>bench caches --format json</c> prints.</summary>
/// <param name="Tokens">Of all texts, each of which is read alone.</param>
/// <param name="Longest">Of the longest text.</param>
/// <param name="Rows">One for each kind; the first is the plain one.</param>
/// <param name="Run">Where, when and how.</param>
internal sealed record CachesJson(int Tokens, int Longest, IReadOnlyList<CacheRowJson> Rows, BenchRun Run);

/// <summary>One kind of cache.</summary>
/// <param name="Name">What it is.</param>
/// <param name="UsedBytes">Of the tokens held at the end of the longest text.</param>
/// <param name="ReservedBytes">On the device for it.</param>
/// <param name="Loss">Nats a token.</param>
/// <param name="AddedLoss">Over the plain cache's.</param>
/// <param name="Top1Agreement">How often the likeliest token is the plain cache's.</param>
/// <param name="TokensPerSecond">Read one at a time.</param>
/// <param name="Offloaded">What was moved for the longest text; null where nothing is.</param>
internal sealed record CacheRowJson(
    string Name, long UsedBytes, long ReservedBytes, double Loss, double AddedLoss, double Top1Agreement, double TokensPerSecond,
    OffloadJson? Offloaded);

/// <summary>What an offloaded cache moved.</summary>
/// <param name="BytesMoved">Between device, host memory and file.</param>
/// <param name="WaitedMs">Milliseconds that forwards waited for it.</param>
internal sealed record OffloadJson(long BytesMoved, double WaitedMs);
