using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session.Formatting;

namespace LlmRabbitHoles.Notebooks.Tests;

public sealed class ValueFormatterTests
{
    private static string Text(object? value) => ValueFormatter.Format(value)[MimeBundle.PlainText]!;

    private static string Html(object? value) => ValueFormatter.Format(value)[MimeBundle.Html]!;

    public static TheoryData<object?, string> Scalars => new()
    {
        { null, "null" },
        { "a text", "a text" },
        { 'c', "c" },
        { 1.5, "1.5" },
        { true, "True" },
        { DayOfWeek.Friday, "Friday" },
        { new DateOnly(2026, 1, 2), "01/02/2026" },
        { typeof(Dictionary<string, int[]>), "Dictionary<string, int[]>" },
        { new InvalidOperationException("no"), "System.InvalidOperationException: no" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void AScalarIsItsText(object? value, string text)
    {
        Assert.Equal(text, Text(value));
        Assert.Equal($"<pre>{System.Net.WebUtility.HtmlEncode(text)}</pre>", Html(value));
    }

    [Fact]
    public void TextsAreEncoded()
    {
        Assert.Equal("<pre>&lt;script&gt;</pre>", Html("<script>"));
        Assert.DoesNotContain("<script>", Html(new Dictionary<string, string> { ["<script>"] = "<script>" }), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", Html(new { A = "<script>" }), StringComparison.Ordinal);
    }

    [Fact]
    public void ASequenceIsAList() => Assert.Equal("[1, 2, 3]", Text(new List<int> { 1, 2, 3 }));

    [Fact]
    public void StringsInsideOtherValuesAreQuoted() => Assert.Equal("[\"a\", \"b\"]", Text(new List<string> { "a", "b" }));

    [Fact]
    public void ALongSequenceIsElidedAfterAHundred()
    {
        Assert.EndsWith("98, 99, ... (1,900 more)]", Text(Enumerable.Range(0, 2000).ToArray()), StringComparison.Ordinal);
        Assert.EndsWith("98, 99]", Text(Enumerable.Range(0, 100).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEndlessSequenceIsReadOnceAndNoFurtherThanShown()
    {
        var read = 0;
        IEnumerable<int> Endless()
        {
            while (true)
                yield return read++;
        }

        Assert.EndsWith("99, ... (more)]", Text(Endless()), StringComparison.Ordinal);
        Assert.Equal(101, read);
    }

    [Fact]
    public void ADictionaryIsATable()
    {
        var value = new Dictionary<string, int> { ["one"] = 1, ["twenty"] = 20 };
        Assert.Equal("key     value\none         1\ntwenty     20", Text(value));
        Assert.StartsWith("<table><thead><tr><th>key</th><th>value</th></tr></thead>", Html(value), StringComparison.Ordinal);
    }

    [Fact]
    public void ObjectsOfOneKindAreATable()
    {
        var rows = new[] { new { Name = "a", Count = 1 }, new { Name = "bb", Count = 22 } };
        Assert.Equal("Name  Count\na         1\nbb       22", Text(rows));
    }

    [Fact]
    public void AMatrixIsATable() => Assert.Equal("0  1\n1  2\n3  4", Text(new[,] { { 1, 2 }, { 3, 4 } }));

    private sealed record Point(int X, string Label);

    private sealed class Plain
    {
        public int A { get; } = 1;

        public static int Shared => 9;

        public Plain? Self => this;

        public int Broken => A > 0 ? throw new InvalidOperationException("broken") : 0;
    }

    private sealed class Loud
    {
        public override string ToString() => throw new InvalidOperationException("loud");
    }

    [Fact]
    public void ARecordShowsItsMembers()
    {
        Assert.Equal("Point { X = 1, Label = \"p\" }", Text(new Point(1, "p")));
        Assert.Equal("(1, \"a\")", Text((1, "a")));
        Assert.Equal("(1, \"a\")", Text(new { A = 1, B = "a" }));
    }

    [Fact]
    public void AnObjectThatHoldsItselfIsShownOnce() => Assert.Contains("A = 1", Text(new Plain()), StringComparison.Ordinal);

    [Fact]
    public void APropertyThatThrowsShowsWhatItThrew() =>
        Assert.Contains("Broken = System.InvalidOperationException: broken", Text(new Plain()), StringComparison.Ordinal);

    [Fact]
    public void AToStringThatThrowsIsReported() =>
        Assert.Equal("Loud (its ToString threw InvalidOperationException: loud)", Text(new Loud()));

    [Fact]
    public void ATaskIsNotWaitedFor() => Assert.Equal("Task<int> (WaitingForActivation)", Text(new TaskCompletionSource<int>().Task));

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType => formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }


    private sealed class ShapeFormatters
    {
#pragma warning disable CA1822 // The convention calls it on an instance.
        public IEnumerable<object> CreateTypeFormatters() =>
            [new ShapeFormatter("text/html", "<i>"), new ShapeFormatter("image/svg+xml", "<svg>"), new Declining()];
#pragma warning restore CA1822
    }

    private sealed class ShapeFormatter(string mimeType, string prefix)
    {
        public string MimeType => mimeType;

        public Type Type { get; } = typeof(IShape);

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(prefix + ((IShape)value).Name);
            return true;
        }
    }

    private sealed class Declining
    {
        public string MimeType { get; } = "application/json";

        public Type Type { get; } = typeof(IShape);

        public bool Format(object value, TextWriter writer) => Type is null;
    }

    private interface IShape
    {
        string Name { get; }
    }

    [TypeFormatterSource(typeof(ShapeFormatters), PreferredMimeTypes = ["image/svg+xml"])]
    private class Round;

    private sealed class Circle : Round, IShape
    {
        public string Name => "circle";

        public override string ToString() => "a circle";
    }

    [Fact]
    public void ATypeBringsItsFormattersAlongByConvention()
    {
        var bundle = ValueFormatter.Format(new Circle());
        Assert.Equal(["image/svg+xml", "text/plain"], bundle.MimeTypes);
        Assert.Equal("<svg>circle", bundle["image/svg+xml"]);
        Assert.Equal("a circle", bundle["text/plain"]);
        Assert.Equal("<i>circle", ValueFormatter.Format(new Circle(), ["text/html"])["text/html"]);
    }

    [Fact]
    public void OnlyTheMimeTypesAskedForAreGiven()
    {
        Assert.Equal(["text/html"], ValueFormatter.Format(1, ["text/html"]).MimeTypes);
        Assert.Equal(["text/plain"], ValueFormatter.Format(1, ["image/png"]).MimeTypes);
    }
}
