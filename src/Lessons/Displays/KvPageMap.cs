using LlmRabbitHoles.Lessons.Displays.Charts;

namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>The pages of a paged KV cache: the sequences that hold each page, how full it is, and which pages are shared or free.</summary>
/// <remarks>Kwon et al. 2023, "Efficient memory management for large language model serving with PagedAttention", figure 6.</remarks>
/// <example><code>
/// new KvPageMap("Two chats share a prefix", pageSize: 4, pages: 12)
///     .Sequence("chat A", length: 10, 0, 1, 2).Sequence("chat B", length: 7, 0, 3)
/// </code></example>
public sealed class KvPageMap : Drawing
{
    private const double PageWidth = 66;
    private const double PageHeight = 46;
    private const double Gap = 8;
    private const double TableRow = 22;

    private readonly string _title;
    private readonly int _pageSize;
    private readonly int _pages;
    private readonly List<BlockTable> _sequences = [];

    /// <param name="title">What the map shows.</param>
    /// <param name="pageSize">How many tokens a page holds.</param>
    /// <param name="pages">How many pages the pool has.</param>
    /// <exception cref="ArgumentException">The page size or the number of pages is not above 0.</exception>
    public KvPageMap(string title, int pageSize, int pages)
    {
        if (pageSize < 1 || pages < 1)
            throw new ArgumentException($"The pool has {pages} pages of {pageSize} tokens; both must be above 0.", nameof(pages));
        (_title, _pageSize, _pages) = (title, pageSize, pages);
    }

    private sealed record BlockTable(string Name, int Length, int[] Pages);

    /// <summary>Adds a sequence.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="length">How many tokens of it are in the cache.</param>
    /// <param name="pages">Its block table: the pages that hold it, in the order of its tokens.</param>
    /// <exception cref="ArgumentException">A page is not in the pool or is named twice, or the tokens do not fit the pages.</exception>
    public KvPageMap Sequence(string name, int length, params IEnumerable<int> pages)
    {
        int[] table = [.. pages];
        if (table.Any(page => page < 0 || page >= _pages))
            throw new ArgumentException($"The sequence '{name}' names page {table.First(page => page < 0 || page >= _pages)}; " +
                $"the pool has pages 0 to {_pages - 1}.", nameof(pages));
        if (table.Distinct().Count() != table.Length)
            throw new ArgumentException(
                $"The sequence '{name}' names a page twice ({string.Join(", ", table)}); a page holds one stretch of it.", nameof(pages));
        var needed = (length + _pageSize - 1) / _pageSize;
        if (length < 0 || needed != table.Length)
            throw new ArgumentException(
                $"The sequence '{name}' has {length} tokens in {table.Length} pages of {_pageSize}; it needs {Math.Max(0, needed)}.",
                nameof(length));
        _sequences.Add(new BlockTable(name, length, table));
        return this;
    }

    /// <inheritdoc/>
    public override string ToText() => string.Join('\n',
        _title,
        TextTable.Write(["sequence", "tokens", "pages", "empty slots"], [.. _sequences.Select(Row)], [false, true, false, true]),
        Summary());

    internal override Canvas Draw()
    {
        const double Inner = Plot.PictureWidth - (2 * Plot.Padding);
        var columns = Math.Min(_pages, (int)((Inner + Gap) / (PageWidth + Gap)));
        var rows = (_pages + columns - 1) / columns;
        var titles = TextMetrics.Wrap(_title, TextStyle.TitleSize * 1.05, Inner);
        var top = Plot.Padding + (titles.Count * 20) + 6;
        var tables = top + (rows * (PageHeight + Gap)) + 14;
        var canvas = new Canvas(Plot.PictureWidth, tables + (_sequences.Count * TableRow) + 30, _title, Summary());
        foreach (var (line, text) in titles.Index())
            canvas.Text(Plot.Padding, Plot.Padding + 13 + (line * 20), text, TextStyle.Title);
        for (var page = 0; page < _pages; page++)
            DrawPage(canvas, page, Plot.Padding + (page % columns * (PageWidth + Gap)), top + (page / columns * (PageHeight + Gap)));
        foreach (var (index, sequence) in _sequences.Index())
            DrawTable(canvas, index, sequence, tables + (index * TableRow), Inner);
        canvas.Text(Plot.Padding, canvas.Height - 12, Summary(), TextStyle.Tick);
        return canvas;
    }

    private string[] Row(BlockTable sequence) =>
        [sequence.Name,
            NumberFormat.Of(sequence.Length),
            string.Join(" ", sequence.Pages.Select(page => OwnersOf(page).Length > 1 ? $"{page}*" : $"{page}")),
            NumberFormat.Of((sequence.Pages.Length * _pageSize) - sequence.Length)];

    private string Summary()
    {
        var owners = Enumerable.Range(0, _pages).Select(page => OwnersOf(page).Length).ToArray();
        var shared = owners.Count(count => count > 1);
        return $"{_pages} pages of {_pageSize} tokens: {owners.Count(count => count > 0)} in " +
            $"use{(shared > 0 ? $" ({shared} shared, marked *)" : "")}, {owners.Count(count => count == 0)} free.";
    }

    private int[] OwnersOf(int page) =>
        [.. _sequences.Index().Where(sequence => sequence.Item.Pages.Contains(page)).Select(sequence => sequence.Index)];

    private int TokensIn(int page, int sequence)
    {
        var table = _sequences[sequence];
        return Math.Min(_pageSize, table.Length - (Array.IndexOf(table.Pages, page) * _pageSize));
    }

    // A stripe for each owner, as wide as the page is full of its tokens: shared pages show all their colours, one above the other.
    private void DrawPage(Canvas canvas, int page, double x, double y)
    {
        var owners = OwnersOf(page);
        const double Body = PageHeight - 20;
        foreach (var (stripe, owner) in owners.Index())
        {
            var (height, tokens) = (Body / owners.Length, TokensIn(page, owner));
            canvas.Rectangle(x + 1, y + 19 + (stripe * height), (PageWidth - 2) * tokens / _pageSize, height - 1, Palette.Colour(owner),
                hover: $"page {page}: {tokens} of {_pageSize} tokens, {_sequences[owner].Name}");
        }

        canvas.Frame(x, y, PageWidth, PageHeight, Canvas.Ink, owners.Length == 0 ? 0.25 : 0.7, radius: 4);
        canvas.Text(x + 6, y + 14, owners.Length > 1 ? $"{page}*" : $"{page}", TextStyle.Tick with { Bold = owners.Length > 1 });
        canvas.Text(x + PageWidth - 6, y + 14, owners.Length == 0 ? "free" : $"{owners.Max(owner => TokensIn(page, owner))}/{_pageSize}",
            TextStyle.Tick with { Anchor = Anchor.End });
    }

    private static void DrawTable(Canvas canvas, int index, BlockTable sequence, double top, double width)
    {
        canvas.Rectangle(Plot.Padding, top, 14, 12, Palette.Colour(index), radius: 2);
        var pages = string.Join(" → ", sequence.Pages);
        canvas.Text(Plot.Padding + 22,
            top + 11,
            TextMetrics.Fit($"{sequence.Name}: {sequence.Length} tokens in pages {pages}", TextStyle.LabelSize, width - 22),
            TextStyle.Label);
    }
}
