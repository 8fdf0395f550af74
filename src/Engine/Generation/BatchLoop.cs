using System.Diagnostics;
using LlmRabbitHoles.Caching;

namespace LlmRabbitHoles.Generation;

/// <summary>Runs several generations in the same forwards; a generation that has ended leaves its row empty.</summary>
internal sealed class BatchLoop
{
    private readonly ModelRunner _runner;
    private readonly LanguageModel _model;
    private readonly WrittenSequence[] _sequences;
    private readonly CacheKind? _kind;

    /// <exception cref="PromptException">There is no prompt, or one of them cannot be read.</exception>
    public BatchLoop(ModelRunner runner, LanguageModel model, IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        if (prompts.Count == 0) throw new PromptException("There is no prompt. Give at least one.");
        (_runner, _model, _kind) = (runner, model, options?.Cache);
        _sequences = [.. prompts.Select(prompt => new WrittenSequence(model, prompt, options))];
    }

    /// <summary>Runs all of them to their ends. The timings are those of the batch: each row counts the whole forward's time.</summary>
    public IReadOnlyList<GenerationResult> Run(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (prefill, firstToken) = (TimeSpan.Zero, TimeSpan.Zero);
        var decoded = new int[_sequences.Length];
        var capacity = _sequences.Max(sequence => sequence.Prompt.Count + sequence.Limit);
        using var cache = _model.CreateCache(capacity, _sequences.Length, _kind);
        try
        {
            var step = _runner.Forward([.. _sequences.Select(sequence => sequence.Prompt)], cache, cancellationToken);
            Take(step, cancellationToken);
            (prefill, firstToken) = (step[0].Elapsed, watch.Elapsed);
            while (_sequences.Any(sequence => sequence.StopReason is null))
            {
                step = _runner.Forward([.. _sequences.Select(Next)], cache, cancellationToken);
                foreach (var (row, _) in _sequences.Index().Where(sequence => sequence.Item.StopReason is null)) decoded[row]++;
                Take(step, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            foreach (var sequence in _sequences) sequence.Cancel();
        }
        var decode = watch.Elapsed - firstToken;
        return [.. _sequences.Select((sequence, row) =>
            sequence.Result(new Timings(prefill, firstToken, decode, sequence.Prompt.Count, decoded[row])))];
    }

    private static int[] Next(WrittenSequence sequence) => sequence.StopReason is null ? [sequence.LastToken] : [];

    private void Take(IReadOnlyList<ForwardResult> step, CancellationToken cancellationToken)
    {
        foreach (var (sequence, result) in _sequences.Zip(step).Where(row => row.First.StopReason is null))
            sequence.Take(result.Logits, cancellationToken.IsCancellationRequested);
    }
}
