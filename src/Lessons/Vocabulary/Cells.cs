using System.Diagnostics;
using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Devices;
using LlmRabbitHoles.Lessons.Displays;
using LlmRabbitHoles.Lessons.Displays.Components;

namespace LlmRabbitHoles.Lessons;

/// <summary>What every cell can say without a prefix, by <c>using static LlmRabbitHoles.Lessons.Cells;</c>.</summary>
public static class Cells
{
    /// <summary>Loads the model of the notebook: Alice, or the one that RABBIT_MODEL names.</summary>
    /// <param name="name">A folder, or one of the family's names such as <c>alice-base</c>; null: the default model.</param>
    public static LessonModel Load(string? name = null) => LessonModel.Load(name);

    /// <summary>The sum of the products, number by number.</summary>
    /// <exception cref="ArgumentException">The vectors have different lengths.</exception>
    public static double Dot(Vector a, Vector b) => Vector.Dot(a, b);

    /// <summary>How long the arrow is: the root of the sum of the squares.</summary>
    public static double Length(Vector a) => Math.Sqrt(Dot(a, a));

    /// <summary>How much two arrows point the same way: 1 for the same direction, 0 for a right angle, -1 for the opposite.</summary>
    public static double Cosine(Vector a, Vector b) => Dot(a, b) / (Length(a) * Length(b));

    /// <summary>The angle between two arrows, in degrees.</summary>
    public static double Angle(Vector a, Vector b) => Math.Acos(Math.Clamp(Cosine(a, b), -1, 1)) * 180 / Math.PI;

    /// <summary>The vector in the middle of all.</summary>
    public static Vector Mean(IEnumerable<Vector> vectors)
    {
        Vector[] all = [.. vectors];
        return all.Aggregate((sum, next) => sum + next) / all.Length;
    }

    /// <summary>The vectors that point most in the direction of one, nearest first, with their names.</summary>
    /// <param name="wanted">The direction.</param>
    /// <param name="among">All that may be found; name them with <see cref="Vector.Named"/>.</param>
    /// <param name="count">How many. Default 5.</param>
    public static IReadOnlyList<(string Name, double Cosine)> Nearest(Vector wanted, IEnumerable<Vector> among, int count = 5) =>
        [.. among.Select(vector => (vector.Name, Cosine(wanted, vector))).OrderByDescending(near => near.Item2).Take(count)];

    /// <summary>Arrows of two numbers each, from the origin.</summary>
    /// <exception cref="ArgumentException">A vector has another count of numbers.</exception>
    public static VectorPlot Arrows(string title, params (string Name, Vector Vector)[] arrows) => VectorPlot.Of(title,
        arrows.Select(arrow => arrow.Vector.Count == 2
            ? (arrow.Name, (double)arrow.Vector[0], (double)arrow.Vector[1])
            : throw new ArgumentException($"'{arrow.Name}' has {arrow.Vector.Count} numbers; paper has two.", nameof(arrows))));

    /// <summary>Turns named scores into probabilities that sum to one.</summary>
    public static Distribution Softmax(params (string Name, double Score)[] scores) => new(
        [.. scores.Select(score => (float)score.Score)], id => scores[id].Name,
        name => Array.FindIndex(scores, score => score.Name == name) is >= 0 and var id ? id : null);

    /// <summary>The milliseconds of one run of some work: the best of several, so that what else the machine does counts little.</summary>
    /// <param name="work">What is timed.</param>
    /// <param name="times">How often it runs. Default 5.</param>
    public static double Milliseconds(Action work, int times = 5)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Enumerable.Range(0, times).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            work();
            return watch.Elapsed.TotalMilliseconds;
        });
    }

    /// <summary>Several cases beside each other: a bar for each.</summary>
    public static Displays.Bars Compare(params (string Name, double Value)[] cases) => Displays.Bars.Of(cases);

    /// <summary>What each case gives to one token.</summary>
    public static Displays.Bars Compare(string token, params (string Name, Distribution Next)[] cases) =>
        Displays.Bars.Of([.. cases.Select(one => (one.Name, one.Next[token]))]);

    /// <summary>A place to type a text and to see its tokens, their ids, and each merge.</summary>
    /// <example><code>TokenBox(alice, "unhappiness, 1234 and 😀")</code></example>
    /// <exception cref="Tokenization.TokenizerException">The model's tokenizer is not byte-level BPE with GPT-2's pattern.</exception>
    public static TokenBox TokenBox(LessonModel alice, string text) => new(Named(alice), text);

    /// <summary>Where every head looks in a text of 2 to 64 tokens, and what comes next with a head switched off.</summary>
    /// <example><code>AttentionViewer(alice, "The cat sat on the mat and the cat")</code></example>
    /// <exception cref="ArgumentException">The text has fewer or more tokens.</exception>
    public static AttentionViewer AttentionViewer(LessonModel alice, string text) => new(Named(alice), text);

    /// <summary>The settings of sampling as sliders over what comes after a text.</summary>
    /// <param name="alice">The model.</param>
    /// <param name="prompt">Goes in as it is, without a chat's marks.</param>
    /// <param name="watch">A token whose logit the reader may move; null: none.</param>
    /// <example><code>SamplerBench(alice, "The capital of Italy is", watch: " Rome")</code></example>
    /// <exception cref="ArgumentException">No token is <paramref name="watch"/>.</exception>
    public static SamplerBench SamplerBench(LessonModel alice, string prompt, string? watch = null) =>
        new(prompt, Named(alice).Next(prompt), alice, watch);

    /// <summary>The settings of sampling as sliders over how an answer begins.</summary>
    /// <param name="alice">The model.</param>
    /// <param name="chat">From the first to the last turn.</param>
    /// <param name="watch">A token whose logit the reader may move; null: none.</param>
    /// <example><code>SamplerBench(alice, [new("user", "Tell me a story.")])</code></example>
    /// <exception cref="ArgumentException">No token is <paramref name="watch"/>.</exception>
    public static SamplerBench SamplerBench(LessonModel alice, IReadOnlyList<ChatMessage> chat, string? watch = null)
    {
        ArgumentNullException.ThrowIfNull(chat);
        var next = Named(alice).AfterAll(alice.Model.EncodeChat(chat));
        return new(string.Join(" / ", chat.Select(message => message.Content)), next, alice, watch);
    }

    /// <summary>What each layer would say after each token of a text of at most 48 tokens: the logit lens.</summary>
    /// <example><code>LensGrid(alice, "The capital of Italy is")</code></example>
    /// <exception cref="ArgumentException">The text is empty or longer.</exception>
    public static LensGrid LensGrid(LessonModel alice, string text) => new(Named(alice), text);

    /// <summary>The key-value cache of an answer, step by step, and what comes next without one of its entries.</summary>
    /// <param name="alice">The model.</param>
    /// <param name="prompt">Read in the prefill.</param>
    /// <param name="answerTokens">Written in the decode, at most. Default 8.</param>
    /// <example><code>CacheStepper(alice, "The capital of Italy is", answerTokens: 6)</code></example>
    /// <exception cref="ArgumentException">Prompt and answer have more than 96 tokens, or the prompt has none.</exception>
    public static CacheStepper CacheStepper(LessonModel alice, string prompt, int answerTokens = 8) =>
        new(Named(alice), prompt, answerTokens);

    /// <summary>Measured speeds under the two limits of the machine.</summary>
    /// <example><code>Roofline(MachineLimits.Measure(CPU), RooflinePoint.OfProducts(1024, 1024))</code></example>
    /// <exception cref="ArgumentException">There are fewer than two points, or a number is not above 0.</exception>
    public static Roofline Roofline(MachineLimits limits, IEnumerable<RooflinePoint> points)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(points);
        return new(limits, points);
    }

    /// <summary>Two arrows on paper to drag, from -5 to 5 on both axes.</summary>
    /// <example><code>ArrowPair(("a", new Vector(3, 1)), ("b", new Vector(1, 2)))</code></example>
    /// <exception cref="ArgumentException">An arrow has not two numbers, leaves the paper, or has no length.</exception>
    public static ArrowPair ArrowPair((string Name, Vector Vector) a, (string Name, Vector Vector) b) => new(a, b);

    /// <summary>Asks the reader for a number before it is computed; a later cell shows it with <see cref="Guess.Reveal"/>.</summary>
    /// <param name="question">In a sentence; on one page, no other guess has the same.</param>
    /// <param name="from">The least that can be guessed.</param>
    /// <param name="to">The most.</param>
    /// <param name="unit">Such as <c>tokens</c>, <c>ms</c> or <c>%</c>.</param>
    /// <example><code>var guess = Predict("How many tokens is 'unhappiness'?", 1, 11, "tokens");</code></example>
    /// <exception cref="ArgumentException">The question is empty, or the range is.</exception>
    public static Guess Predict(string question, double from, double to, string unit = "") => new(question, from, to, unit);

    /// <summary>All guesses that the reader made on this page, and how near they were.</summary>
    public static Calibration Calibration() => new();

    private static LessonModel Named(LessonModel alice) =>
        alice ?? throw new ArgumentNullException(nameof(alice), "There is no model. Load one: var alice = Load();");
}
