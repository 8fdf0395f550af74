using System.Diagnostics;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Model;
using LlmRabbitHoles.Sampling.Constraints;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Training;
using Microsoft.ML.Tokenizers;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmRabbitHoles.CommandLine;

/// <summary>What a grammar costs beside a model's step: which tokens of a large vocabulary may come next, text after text.</summary>
/// <param name="tokenizer">Has the large vocabulary.</param>
/// <param name="texts">Texts that are written under each grammar.</param>
/// <param name="tokens">The most tokens of a text.</param>
internal sealed class ConstraintsMeasurement(Tokenizer tokenizer, int texts, int tokens)
{
    private const string Schema = """
        {"type": "object", "required": ["name", "tags", "address", "score"], "properties": {
          "name": {"type": "string", "maxLength": 40},
          "tags": {"type": "array", "items": {"type": "string", "maxLength": 20}, "maxItems": 4},
          "address": {"type": "object", "properties": {"street": {"type": "string"}, "number": {"type": "integer"},
            "country": {"enum": ["Italy", "France", "Nigeria", "Japan"]}}, "required": ["street", "number", "country"]},
          "score": {"type": "number"}, "active": {"type": "boolean"}}}
        """;

    private const string Pattern = "[A-Z][a-z]{2,20}( [A-Za-z]+){3,30}, (19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]: [a-z ]{10,200}\\.";

    private const string Gbnf = """
        root ::= statement{8,40}
        statement ::= name " = " sum ";\n"
        sum ::= product (" " [-+] " " product)*
        product ::= factor (" " [*/] " " factor)*
        factor ::= name | number | "(" sum ")" | name "(" (sum (", " sum)*)? ")"
        name ::= [a-z_] [a-z0-9_]*
        number ::= [0-9]+ ("." [0-9]+)?
        """;

    private readonly float[] _frequencies = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(id => -MathF.Log(id + 1))];

    /// <param name="shapes">Models of random weights whose step is the yardstick.</param>
    /// <param name="dtype">Theirs.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public ConstraintsJson Run(
        IReadOnlyList<(string Name, DecoderConfig Config)> shapes, ScalarType dtype, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        Grammar.Parse("root ::= .*").NewText(tokenizer, new HashSet<int>());
        var ordered = watch.Elapsed.TotalMilliseconds;
        (string, Func<Grammar>)[] grammars =
        [
            ("JSON schema", () => Grammar.FromJsonSchema(Schema)), ("regular expression", () => Grammar.FromRegex(Pattern)),
            ("GBNF", () => Grammar.Parse(Gbnf)),
        ];
        foreach (var (_, create) in grammars) Measure("compiles the code", create, seed: 2, cancellationToken);
        var rows = grammars.Select(grammar => Measure(grammar.Item1, grammar.Item2, seed: 1, cancellationToken)).ToArray();
        var steps = shapes.Select(shape => StepOf(shape.Name, shape.Config, dtype, cancellationToken)).ToArray();
        return new ConstraintsJson(tokenizer.VocabularySize, Math.Round(ordered, 1), texts, tokens, [.. rows.Select(row => row with
        {
            ShareOfStep = steps.ToDictionary(step => step.Shape, step => Math.Round(row.MeanMs / step.StepMs, 4)),
        })], steps);
    }

    private ConstraintRowJson Measure(string name, Func<Grammar> create, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var stop = tokenizer.SpecialTokens.Values.ToHashSet();
        var watch = Stopwatch.StartNew();
        var grammar = create();
        grammar.NewText(tokenizer, stop);
        var prepared = watch.Elapsed.TotalMilliseconds;
        var times = new List<double>();
        var (logits, fit) = (new float[tokenizer.VocabularySize], 0);
        for (var text = 0; text < texts; text++)
        {
            var written = grammar.NewText(tokenizer, stop);
            for (var token = 0; token < tokens && !written.IsComplete; token++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Fill(logits, random);
                watch.Restart();
                written.RuleOut(logits);
                times.Add(watch.Elapsed.TotalMilliseconds);
                var chosen = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(logits);
                if (stop.Contains(chosen)) break;
                watch.Restart();
                written.Add(chosen);
                times[^1] += watch.Elapsed.TotalMilliseconds;
            }
            if (written.Fits) fit++;
        }
        times.Sort();
        double Below(double share) => Math.Round(times[(int)(share * (times.Count - 1))], 4);
        return new ConstraintRowJson(
            name, Math.Round(prepared, 2), times.Count, fit, Math.Round(times.Average(), 4), Below(0.5), Below(0.95), Below(1), []);
    }

    // The vocabulary is in the order of frequency. With Gumbel's noise the largest logit falls on the nth token with a chance of 1/n, which
    // is Zipf's law of words: texts have common tokens most of the time, as a trained model's have.
    private void Fill(float[] logits, Random random)
    {
        for (var id = 0; id < logits.Length; id++)
            logits[id] = _frequencies[id] - MathF.Log(-MathF.Log(Math.Max(random.NextSingle(), float.Epsilon)));
    }

    private static ConstraintStepJson StepOf(string name, DecoderConfig config, ScalarType dtype, CancellationToken cancellationToken)
    {
        using var weights = new StoredWeights(new InitialWeights(seed: 1), dtype);
        using var noGradients = torch.no_grad();
        using var model = new LanguageModel(new Decoder(config, weights), folder: name);
        model.Decoder.eval();
        var runner = new ModelRunner(model);
        using var cache = model.CreateCache(64);
        var best = double.MaxValue;
        for (var step = 0; step < 32; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var watch = Stopwatch.StartNew();
            runner.Decode(step, cache);
            if (step >= 2) best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }
        return new ConstraintStepJson(name, model.ParameterCount, Math.Round(best, 2));
    }

    /// <summary>Random weights as a checkpoint would store them.</summary>
    private sealed class StoredWeights(InitialWeights random, ScalarType dtype) : IWeightSource, IDisposable
    {
        public Tensor Get(string name, params long[] shape)
        {
            var exact = random.Get(name, shape);
            if (exact.dtype == dtype) return exact;
            using (exact) return exact.to(dtype);
        }

        public void Dispose() => random.Dispose();
    }
}

/// <summary>What <c>bench constraints --format json</c> prints.</summary>
/// <param name="Vocabulary">Tokens of the vocabulary.</param>
/// <param name="OrderMs">Putting them in the order of their bytes, once a tokenizer.</param>
/// <param name="Texts">Texts under each grammar.</param>
/// <param name="MaxTokens">The most tokens of a text.</param>
/// <param name="Rows">One for each grammar.</param>
/// <param name="Steps">What a step of a model takes.</param>
/// <param name="Run">Where, when and how.</param>
internal sealed record ConstraintsJson(
    int Vocabulary, double OrderMs, int Texts, int MaxTokens, IReadOnlyList<ConstraintRowJson> Rows,
    IReadOnlyList<ConstraintStepJson> Steps, BenchRun? Run = null);

/// <summary>One grammar. A step's time holds the mask on the logits and reading the chosen token.</summary>
/// <param name="Grammar">Its kind.</param>
/// <param name="CompileMs">Reading it and making its automaton, once a grammar.</param>
/// <param name="StepsMeasured">Tokens that were written.</param>
/// <param name="Fitting">Texts that ended within the most tokens and fit.</param>
/// <param name="MeanMs">Of all steps, the first visits of each state of the grammar included.</param>
/// <param name="MedianMs">Half of the steps took less.</param>
/// <param name="P95Ms">All but one in twenty took less.</param>
/// <param name="WorstMs">The slowest.</param>
/// <param name="ShareOfStep">The mean as a share of a model's step, by the model's shape.</param>
internal sealed record ConstraintRowJson(
    string Grammar, double CompileMs, int StepsMeasured, int Fitting, double MeanMs, double MedianMs, double P95Ms, double WorstMs,
    Dictionary<string, double> ShareOfStep);

/// <summary>A model's step.</summary>
/// <param name="Shape">Its name.</param>
/// <param name="Parameters">How many numbers it has.</param>
/// <param name="StepMs">Milliseconds of one decoded token, the best of thirty: a loaded machine makes the mask's share no smaller.</param>
internal sealed record ConstraintStepJson(string Shape, long Parameters, double StepMs);
