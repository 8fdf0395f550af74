using System.Diagnostics;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Generation.Speculation;
using LlmRabbitHoles.Sampling;

namespace LlmRabbitHoles.CommandLine;

/// <summary>Writes texts of one kind plainly and with guesses, for each number of guesses, and sets the speeds beside those that theory
/// expects.</summary>
/// <param name="model">Stays the caller's.</param>
/// <param name="draft">A smaller model that guesses; null measures prompt look-up alone. Stays the caller's.</param>
/// <param name="kindOfText">What the texts begin with and where they end.</param>
/// <param name="tokens">Tokens that each text gets, at most.</param>
/// <param name="repetitions">The best of so many counts: others use the machine too.</param>
internal sealed class SpeculationMeasurement(
    LanguageModel model, LanguageModel? draft, SpeculationTexts kindOfText, int tokens, int repetitions)
{
    private readonly GenerationOptions _plain =
        new() { MaxTokens = tokens, StopTokens = kindOfText.Ends ? null : [], Sampling = SamplingOptions.Greedy };

    private IReadOnlyList<int[]> Prompts => kindOfText.Prompts;

    public SpeculationTextJson Run(IReadOnlyList<int> counts, CancellationToken cancellationToken)
    {
        var (texts, plain, _) = Write(model, _plain, cancellationToken);
        var cost = draft is null ? 0 : plain / Write(draft, _plain, cancellationToken).Rate;
        var verify = counts.ToDictionary(count => count, count => VerifyCost(count + 1, cancellationToken));
        var rows = new List<SpeculationRowJson>();
        foreach (var (kind, speculator, perGuess) in Kinds(cost))
        {
            // With one guess at a time, the share of guesses that are kept is the chance that a guess is right.
            var chance = Write(model, _plain with { Speculation = speculator with { Tokens = 1 } }, cancellationToken).Report.Acceptance;
            foreach (var count in counts)
            {
                var options = _plain with { Speculation = speculator with { Tokens = count } };
                var (written, rate, report) = Write(model, options, cancellationToken);
                rows.Add(Row(kind, count, chance, perGuess, verify[count], report, rate / plain,
                    written.Zip(texts).Count(pair => !pair.First.SequenceEqual(pair.Second))));
            }
        }
        var best = rows.MaxBy(row => row.Speedup)!;
        return new(
            kindOfText.Name, Prompts.Count, texts.Sum(text => text.Count), Math.Round(plain, 1), Math.Round(cost, 3), best.Kind,
            best.Guesses, best.Speedup, rows.All(row => row.Mismatched == 0), rows);
    }

    private IEnumerable<(string Kind, Speculator Speculator, double PerGuess)> Kinds(double cost)
    {
        if (draft is not null) yield return ("draft", new DraftModel(draft), cost);
        yield return ("prompt look-up", new PromptLookup(), 0);
    }

    private static SpeculationRowJson Row(
        string kind, int count, double chance, double perGuess, double verify, SpeculationReport report, double speedup, int mismatched)
    {
        // Leviathan et al. 2022, equation 1: the first guess that is wrong ends a verification, which then adds one token of its own.
        var expected = chance == 1 ? count + 1 : (1 - Math.Pow(chance, count + 1)) / (1 - chance);
        var perVerify = report.Forwards == 0 ? 0 : 1 + ((double)report.Kept / report.Forwards);
        return new(
            kind, count, Math.Round(chance, 4), Math.Round(report.Acceptance, 4), Math.Round(perVerify, 3), Math.Round(expected, 3),
            Math.Round(verify, 3), Math.Round(expected / (1 + (count * perGuess)), 3),
            Math.Round(perVerify / (verify + (count * perGuess)), 3), Math.Round(speedup, 3), mismatched);
    }

    /// <summary>How long a forward of several tokens takes, as a multiple of one of a single token.</summary>
    private double VerifyCost(int count, CancellationToken cancellationToken)
    {
        var runner = new ModelRunner(model);
        using var cache = model.CreateCache();
        runner.Prefill(Prompts[0], cache);
        var held = cache.Length;
        double Seconds(int[] read)
        {
            var least = double.MaxValue;
            for (var i = 0; i < 20; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var watch = Stopwatch.StartNew();
                runner.Prefill(read, cache);
                least = Math.Min(least, watch.Elapsed.TotalSeconds);
                cache.Truncate(held);
            }
            return least;
        }
        var several = Enumerable.Range(0, count).Select(i => Prompts[0][i % Prompts[0].Length]).ToArray();
        return Seconds(several) / Seconds(several[..1]);
    }

    private (List<IReadOnlyList<int>> Texts, double Rate, SpeculationReport Report) Write(
        LanguageModel writer, GenerationOptions options, CancellationToken cancellationToken)
    {
        var generator = new TextGenerator(writer);
        var (best, texts, report) = (0.0, new List<IReadOnlyList<int>>(), new SpeculationReport(0, 0, 0));
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            (texts, report) = ([], new(0, 0, 0));
            var decoding = TimeSpan.Zero;
            foreach (var prompt in Prompts)
            {
                var result = generator.Generate(prompt, options, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                texts.Add(result.Tokens);
                decoding += result.Timings.Decode;
                if (result.Speculation is { } one)
                    report = new(report.Guessed + one.Guessed, report.Kept + one.Kept, report.Forwards + one.Forwards);
            }
            // The first token of a text comes from the prefill.
            best = Math.Max(best, texts.Sum(text => text.Count - 1) / decoding.TotalSeconds);
        }
        return (texts, best, report);
    }
}

/// <summary>What <c>bench speculation --format json</c> prints.</summary>
/// <param name="Rows">One for each kind of text.</param>
/// <param name="Run">Where, when and how.</param>
internal sealed record SpeculationBenchJson(IReadOnlyList<SpeculationTextJson> Rows, BenchRun? Run = null);

/// <summary>Texts of one kind.</summary>
/// <param name="Text">What they are: chat, tools, prose.</param>
/// <param name="Texts">How many were written.</param>
/// <param name="Tokens">Tokens of all together.</param>
/// <param name="PlainTokensPerSecond">Decoding one token at a time.</param>
/// <param name="DraftCost">Time of a guess of the draft, as a multiple of a token of the model.</param>
/// <param name="Kind">Who guesses in the fastest setting, also where it is slower than none.</param>
/// <param name="Guesses">How many at a time in the fastest setting.</param>
/// <param name="Speedup">Of the fastest setting, as a multiple of plain decoding.</param>
/// <param name="SameTokens">Whether in all settings all texts had the tokens of plain decoding.</param>
/// <param name="Settings">One for each way to guess and each number of guesses.</param>
internal sealed record SpeculationTextJson(
    string Text, int Texts, int Tokens, double PlainTokensPerSecond, double DraftCost, string Kind, int Guesses, double Speedup,
    bool SameTokens, IReadOnlyList<SpeculationRowJson> Settings);

/// <summary>One number of guesses.</summary>
/// <param name="Kind">Who guesses.</param>
/// <param name="Guesses">At a time.</param>
/// <param name="Chance">That a single guess is right, measured with one guess at a time.</param>
/// <param name="Kept">Share of all guesses that were kept.</param>
/// <param name="TokensPerVerify">Tokens that one forward of the model gave.</param>
/// <param name="ExpectedTokensPerVerify">The paper's formula from the chance; it knows no text in which nothing can be guessed.</param>
/// <param name="VerifyCost">Time of a forward over all guesses, as a multiple of one over a single token.</param>
/// <param name="PaperSpeedup">The paper's speed, which takes a forward over all guesses for as long as one over a single token.</param>
/// <param name="ExpectedSpeedup">From the tokens of a verification and what it and the guesses cost here.</param>
/// <param name="Speedup">Measured, as a multiple of plain decoding.</param>
/// <param name="Mismatched">Texts that had other tokens than plain decoding.</param>
internal sealed record SpeculationRowJson(
    string Kind, int Guesses, double Chance, double Kept, double TokensPerVerify, double ExpectedTokensPerVerify, double VerifyCost,
    double PaperSpeedup, double ExpectedSpeedup, double Speedup, int Mismatched);
