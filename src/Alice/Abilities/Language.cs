using LlmRabbitHoles.Alice.Exam;
using LlmRabbitHoles.Generation;
using LlmRabbitHoles.Tokenization;

namespace LlmRabbitHoles.Alice.Abilities;

/// <summary>
/// Predicting held-out plain text, and natural paragraphs that nobody generated: the share of the bits that she saves against counting
/// n-grams in the same training text.
/// </summary>
internal sealed class Language : IMeasurement
{
    private const int Order = 5;
    private const double NatsPerBit = 0.6931471805599453;

    /// <summary>What the pre-trained model read.</summary>
    public CorpusOptions Corpus { get; init; } = new() { Phase = CorpusPhase.Base };

    public string Name => "language";

    public AbilityScore Measure(
        ModelFamily family, EvaluationOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var model = family.BaseModel ?? family.Model;
        var corpus = CorpusBuilder.Build(Corpus);
        var counted = Count(model, corpus, cancellationToken);
        var texts = options.Limit(corpus.Validation);
        var natural = options.Limit(Paragraphs());
        var costs = new Cost[natural.Count + texts.Count];
        WorkerThreads.Run(
            options.Threads, costs.Length,
            () => index => costs[index] = Compare(
                model, counted, index < natural.Count ? natural[index] : texts[index - natural.Count], cancellationToken),
            progress, cancellationToken);

        var note = ReferenceEquals(model, family.Model) ? family.WhyNo(Baseline.BaseModel) : $"bits of {model.Name}";
        return Score(texts, costs[natural.Count..], note) with { Natural = Score(natural, costs[..natural.Count], note) };
    }

    /// <summary>The natural paragraphs, by the name of their source.</summary>
    internal static IReadOnlyList<Document> Paragraphs() =>
        [.. HeldOutWordings.Sources.Zip(HeldOutWordings.Paragraphs, Document.Plain)];

    private AbilityScore Score(IReadOnlyList<Document> texts, Cost[] costs, string note)
    {
        var all = Sum(costs);
        return new AbilityScore(Name, texts.Count, all.Saved)
        {
            Baseline = 0,
            BaselineName = "5-gram model with Kneser-Ney smoothing",
            Note = note,
            Figures = new Dictionary<string, double>
            {
                ["bits_per_byte"] = all.Model / all.Bytes, ["ngram_bits_per_byte"] = all.Ngrams / all.Bytes
            },
            Topics = [.. costs.Zip(texts).GroupBy(pair => pair.Second.Part, pair => pair.First, StringComparer.Ordinal)
                .Select(part => new TopicScore(part.Key, part.Count(), Sum(part).Saved))],
        };
    }

    private static KneserNeyModel Count(LanguageModel model, Corpus corpus, CancellationToken cancellationToken)
    {
        var texts = corpus.Train.AsParallel()
            .AsOrdered().WithCancellation(cancellationToken).Select(document => model.Tokenizer.Encode(document.Text));
        return KneserNeyModel.Train(texts.AsEnumerable(), Order, model.Config.VocabularySize, AliceFormat.EndOfText);
    }

    // Nothing stands before a text's first token: neither predicts it.
    private static Cost Compare(LanguageModel model, KneserNeyModel counted, Document text, CancellationToken cancellationToken)
    {
        var tokens = model.Tokenizer.Encode(text.Text);
        var surprise = TextScore.Surprise(model, [.. tokens, AliceFormat.EndOfText], null, cancellationToken);
        var bytes = tokens.Skip(1).Sum(id => model.Tokenizer.BytesOf(id).Length);
        return new Cost(surprise / NatsPerBit, counted.Surprise(tokens, first: 1) / NatsPerBit, bytes);
    }

    private static Cost Sum(IEnumerable<Cost> costs) =>
        costs.Aggregate(
            new Cost(0, 0, 0), (sum, cost) => new Cost(sum.Model + cost.Model, sum.Ngrams + cost.Ngrams, sum.Bytes + cost.Bytes));

    /// <summary>Bits that texts cost the model and the n-grams, and the bytes that these stand for.</summary>
    private readonly record struct Cost(double Model, double Ngrams, long Bytes)
    {
        public double Saved => Ngrams == 0 ? 0 : 1 - Model / Ngrams;
    }
}
