using System.Diagnostics;
using LlmRabbitHoles.Caching;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.Generation;

/// <summary>One beam search from prompt to finished texts. Running texts all have the same length, one row of the cache each.</summary>
internal sealed class BeamLoop
{
    private readonly ModelRunner _runner;
    private readonly LanguageModel _model;
    private readonly IReadOnlyList<int> _prompt;
    private readonly BeamOptions _beams;
    private readonly GenerationOptions _options;
    private readonly CompleteOptions _settings;
    private readonly LogitPipeline _pipeline;
    private readonly int _limit;
    private IReadOnlyList<Path> _finished = [];
    private IReadOnlyList<Path> _running = [new([], 0, [])];

    /// <exception cref="PromptException">The prompt cannot be read.</exception>
    public BeamLoop(ModelRunner runner, LanguageModel model, IReadOnlyList<int> prompt, BeamOptions beams, GenerationOptions options)
    {
        if (options.Grammar is not null)
            throw new ArgumentException("A beam search keeps no grammar. Sample the text instead.", nameof(options));
        (_runner, _model, _prompt, _beams) = (runner, model, prompt, beams);
        _options = options with
        {
            Sampling = options.Sampling with { Temperature = 0, TopK = null, TopP = null, MinP = null, TypicalP = null },
        };
        _settings = _options.Over(model.Defaults);
        _pipeline = LogitPipeline.From(_settings.Sampling);
        _limit = new WrittenSequence(model, prompt, _options).Limit;
    }

    public IReadOnlyList<Beam> Run(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var (prefill, firstToken, length) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, HostCancellation.Token);
        using var cache = _model.CreateCache(_prompt.Count + _limit, kind: _options.Cache);
        try
        {
            var read = _runner.Prefill(_prompt, cache, either.Token);
            Extend([read], cache);
            (prefill, firstToken) = (read.Elapsed, watch.Elapsed);
            for (length = 1; length < _limit && !IsDone; length++)
                Extend(_runner.Forward([.. _running.Select(path => new[] { path.Tokens[^1] })], cache, either.Token), cache);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        var decode = length == 0 ? TimeSpan.Zero : watch.Elapsed - firstToken;
        var timings = new Timings(prefill, firstToken, decode, _prompt.Count, Math.Max(0, length - 1));
        return [.. Best(_finished.Concat(_running)).Select(path => BeamOf(path, timings, cancellationToken.IsCancellationRequested))];
    }

    private bool IsDone =>
        _running.Count == 0 || (_finished.Count == _beams.Width && Score(_running[0]) <= Score(_finished[^1]));

    /// <summary>Continues all running texts by a token, keeps the best of all continuations and gives each its row of the cache.</summary>
    private void Extend(IReadOnlyList<ForwardResult> read, IKeyValueCache cache)
    {
        var candidates = read.Index().SelectMany(row => Continuations(row.Index, row.Item.Logits))
            .OrderByDescending(candidate => candidate.Sum).Take(2 * _beams.Width);
        var (running, rows, finished) = (new List<Path>(), new List<int>(), _finished.ToList());
        foreach (var (rank, candidate) in candidates.Index())
        {
            var path = Continue(candidate, read[candidate.Row].Logits);
            if (!Ends(path))
            {
                running.Add(path);
                rows.Add(candidate.Row);
            }
            else if (rank < _beams.Width)
            {
                finished.Add(path);
            }
            if (running.Count == _beams.Width) break;
        }
        (_running, _finished) = (running, Best(finished));
        if (rows.Count > 0) cache.Reorder(rows);
    }

    /// <summary>The best continuations of one text: none beyond twice the width can be among the best of all.</summary>
    private IEnumerable<Candidate> Continuations(int row, float[] raw)
    {
        var logits = (float[])raw.Clone();
        _pipeline.Apply(logits, [.. _prompt, .. _running[row].Tokens], _prompt.Count);
        return LogProbability.Likeliest(logits, 2 * _beams.Width)
            .Select(token => new Candidate(row, token.Token, _running[row].LogProbability + token.Value));
    }

    private Path Continue(Candidate candidate, float[] raw)
    {
        var path = _running[candidate.Row];
        return new Path([.. path.Tokens, candidate.Token], candidate.Sum, _settings.LogProbabilities is { } count
            ? [.. path.LogProbabilities, ChosenLogProbability.Of(raw, candidate.Token, count)]
            : []);
    }

    private bool Ends(Path path) => _settings.StopTokens.Contains(path.Tokens[^1]) ||
        (_settings.Stop.Count > 0 && Written(path).StopReason == StopReason.StopSequence);

    // Sorting is stable: of equals, the one that was finished first.
    private List<Path> Best(IEnumerable<Path> paths) => [.. paths.OrderByDescending(Score).Take(_beams.Width)];

    private double Score(Path path) =>
        path.Tokens.Length == 0 ? 0 : path.LogProbability / Math.Pow(path.Tokens.Length, _beams.LengthPenalty);

    private Beam BeamOf(Path path, Timings timings, bool isCancelled)
    {
        var result = Written(path).Result(timings);
        return new Beam(
            isCancelled ? result with { StopReason = StopReason.Cancelled } : result, path.LogProbability, Score(path));
    }

    /// <summary>The text as if one generation had sampled these tokens.</summary>
    private WrittenSequence Written(Path path)
    {
        var written = new WrittenSequence(_model, _prompt, _options);
        foreach (var (index, token) in path.Tokens.Index()) written.Add(token, path.LogProbabilities.ElementAtOrDefault(index));
        return written;
    }

    /// <summary>Tokens after the prompt, with the sum of their log-probabilities and, where asked for, those of the raw logits.</summary>
    private sealed record Path(int[] Tokens, double LogProbability, ChosenLogProbability[] LogProbabilities);

    private readonly record struct Candidate(int Row, int Token, double Sum);
}
