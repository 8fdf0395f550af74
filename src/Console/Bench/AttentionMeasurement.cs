using System.Diagnostics;
using LlmRabbitHoles.Attending;
using LlmRabbitHoles.Attending.Sparse;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Tracing;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Measures ways to attend on the queries, keys and values of a model's own layers, and the model with each of them.</summary>
/// <param name="model">Stays the caller's.</param>
/// <param name="texts">Not learned by the model; together at least as long as the longest length.</param>
/// <param name="repetitions">The best of so many times: others use the machine too.</param>
internal sealed class AttentionMeasurement(LanguageModel model, MeasuredTexts texts, int repetitions)
{
    public AttentionJson Run(IReadOnlyList<int> lengths, CancellationToken cancellationToken)
    {
        using var noGradients = no_grad();
        using var kinds = new AttentionKinds(model.Config, model.Device);
        var rows = ProgressBar.Show("attending", progress => Rows(kinds, lengths, progress, cancellationToken));
        var full = Loss(model, kinds.Full.Kernel, cancellationToken);
        var losses = ProgressBar.Show("losses", progress => kinds.All.Where(kind => kind.IsCausal).Index().Select(kind =>
        {
            progress.Report(kind.Index / (double)kinds.All.Count);
            var loss = Loss(model, kind.Item.Kernel, cancellationToken);
            return new AttentionLossJson(kind.Item.Name, kind.Item.Setting, Round(loss), Round(loss - full));
        }).ToArray());
        return new AttentionJson(lengths, texts.Name, texts.Texts.Count, texts.Texts.Sum(text => text.Ids.Length - text.First),
            double.Round(texts.Texts.Average(text => text.Ids.Length)), rows, losses,
            [.. Heads(full, cancellationToken)], [.. Latents(full, cancellationToken)]);
    }

    private List<AttentionRowJson> Rows(
        AttentionKinds kinds, IReadOnlyList<int> lengths, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var rows = new List<AttentionRowJson>();
        foreach (var length in lengths)
        {
            using var scope = NewDisposeScope();
            var layers = Layers(length);
            var causal = new ForwardPass { Mask = SparseAttention.Mask(new LocalPattern(length), length, model.Device).to(model.Dtype) };
            var (masked, open) = (Attend(PlainAttention.Default, layers, causal), Attend(PlainAttention.Default, layers, new()));
            var fullTime = 0.0;
            foreach (var kind in kinds.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var kindScope = NewDisposeScope();
                var pass = kind.IsCausal ? causal : new ForwardPass();
                var error = Error(Attend(kind.Kernel, layers, pass), kind.IsCausal ? masked : open);
                var time = Time(kind.Kernel, layers, pass);
                if (kind == kinds.Full) fullTime = time;
                var (q, k, v) = layers[0];
                var peak = model.Device.type == DeviceType.CPU
                    ? PeakMemory.Of(() => kind.Kernel.Attend(q, k, v, 0, pass).Dispose()) : null;
                rows.Add(new AttentionRowJson(kind.Name, kind.Setting, kind.Paper, kind.IsCausal, length, double.Round(error, 6),
                    kind.Scores is { } scores ? Round(scores(length) / ((double)length * length)) : null,
                    Round(kind.Operations(length) / kinds.Full.Operations(length)), double.Round(time, 3), Round(time / fullTime), peak));
                progress.Report(rows.Count / (double)(kinds.All.Count * lengths.Count));
            }
        }
        return rows;
    }

    /// <summary>The queries, keys and values of each layer for the first tokens of the text.</summary>
    private (Tensor Q, Tensor K, Tensor V)[] Layers(int length)
    {
        using var trace = new ActivationTrace("layers.*.self_attn.q", "layers.*.self_attn.k", "layers.*.self_attn.v");
        using (Forward(model, texts.Ids.Take(length), new ForwardPass { Trace = trace }))
        {
            return [.. Enumerable.Range(0, model.Config.Layers).Select(layer => (Of(layer, 'q'), Of(layer, 'k'), Of(layer, 'v')))];
        }

        Tensor Of(int layer, char part) => trace[$"layers.{layer}.self_attn.{part}"].contiguous().clone();
    }

    private static Tensor[] Attend(IAttentionKernel kernel, (Tensor Q, Tensor K, Tensor V)[] layers, ForwardPass pass) =>
        [.. layers.Select((layer, index) => kernel.Attend(layer.Q, layer.K, layer.V, index, pass))];

    private static double Error(Tensor[] found, Tensor[] wanted)
    {
        var (far, size) = (0.0, 0.0);
        foreach (var (one, other) in found.Zip(wanted))
        {
            far += (one - other).to(ScalarType.Float64).square().sum().item<double>();
            size += other.to(ScalarType.Float64).square().sum().item<double>();
        }
        return Math.Sqrt(far / size);
    }

    private double Time(IAttentionKernel kernel, (Tensor Q, Tensor K, Tensor V)[] layers, ForwardPass pass)
    {
        var best = double.MaxValue;
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            using var scope = NewDisposeScope();
            var watch = Stopwatch.StartNew();
            var results = Attend(kernel, layers, pass);
            if (model.Device.type == DeviceType.CUDA) cuda.synchronize();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        return best;
    }

    private IEnumerable<HeadsJson> Heads(double full, CancellationToken cancellationToken)
    {
        for (var heads = model.Config.KeyValueHeads; heads >= 1; heads--)
        {
            if (model.Config.KeyValueHeads % heads != 0) continue;
            using var pooled = PooledHeads.Pool(model, heads);
            var loss = Loss(pooled, null, cancellationToken);
            var kind = heads == model.Config.Heads ? "multi-head" : heads == 1 ? "multi-query" : "grouped-query";
            yield return new HeadsJson(kind, heads, PlainBytes(pooled), Round(loss), Round(loss - full));
        }
    }

    private IEnumerable<LatentJson> Latents(double full, CancellationToken cancellationToken)
    {
        if (model.Config.QueryKeyNorm != QueryKeyNorm.None) yield break;    // such keys have no latent
        var most = LatentCache.FullRank(model.Config);
        foreach (var rank in new[] { most, 3 * most / 4, most / 2, 3 * most / 8, most / 4, most / 8 }.Where(rank => rank > 0).Distinct())
        {
            var loss = Loss(model, null, cancellationToken, length => new LatentCache(model, rank, length));
            using var one = new LatentCache(model, rank, capacity: 1);
            yield return new LatentJson(
                rank, one.ReservedBytes, Round(one.ReservedBytes / (double)PlainBytes(model)), Round(loss), Round(loss - full));
        }
    }

    private static long PlainBytes(LanguageModel model)
    {
        using var one = model.CreateCache(capacity: 1);
        return one.ReservedBytes;
    }

    /// <returns>Nats a token over all that count.</returns>
    private double Loss(
        LanguageModel one, IAttentionKernel? kernel, CancellationToken cancellationToken, Func<int, IKeyValueCache>? cache = null)
    {
        var (total, count) = (0.0, 0);
        foreach (var (ids, first) in texts.Texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var held = cache?.Invoke(ids.Length) ?? NoCache.Instance;
            var logits = Forward(one, ids, new ForwardPass { Attention = kernel, Cache = held })[0];
            var targets = tensor(ids.Skip(first).Select(id => (long)id).ToArray(), device: one.Device);
            total += nn.functional.cross_entropy(
                logits.narrow(0, first - 1, ids.Length - first).to(ScalarType.Float32), targets, reduction: nn.Reduction.Sum).item<float>();
            count += ids.Length - first;
        }
        return total / count;
    }

    private static Tensor Forward(LanguageModel model, IEnumerable<int> tokens, ForwardPass pass) => model.Decoder.call(
        tensor(tokens.Select(id => (long)id).ToArray(), device: model.Device).unsqueeze(0), pass);

    private static double Round(double value) => double.Round(value, 4);
}
