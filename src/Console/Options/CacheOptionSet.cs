using System.CommandLine;
using LlmRabbitHoles.Caching;

namespace LlmRabbitHoles.CommandLine;

/// <summary><c>--cache</c> and its settings: how keys and values of the text are held.</summary>
internal sealed class CacheOptionSet
{
    private readonly Option<string?> _cache = ChoiceOption.Create("--cache",
        "How keys and values are held. All but quantized, and sliding in long texts, give the same tokens. Default: contiguous.",
        "contiguous", "paged", "quantized", "sliding", "offloaded");

    private readonly Option<int?> _pageSize = NumberOption.Create<int>("--page-size", "N",
        "Tokens per page of a cache with pages. Default: 16, offloaded 64.", n => n is >= 1 and <= 65_536, "from 1 to 65536");

    private readonly Option<int?> _bits = NumberOption.Create<int>("--cache-bits", "N",
        "Bits of a quantized cache's numbers. Default: 8.", n => n is 8 or 4, "8 or 4");

    private readonly Option<int?> _window = NumberOption.Create<int>("--cache-window", "N",
        "Last tokens that a sliding cache keeps, behind the first 4. Default: 512.", n => n >= 1, "a whole number of 1 or more");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _cache, _pageSize, _bits, _window }) command.Add(option);
    }

    /// <exception cref="UsageException">A setting belongs to another kind.</exception>
    public CacheKind For(ParseResult parsed)
    {
        var kind = parsed.GetValue(_cache) ?? "contiguous";
        var (pageSize, bits, window) = (parsed.GetValue(_pageSize), parsed.GetValue(_bits), parsed.GetValue(_window));
        if (pageSize is not null && kind == "contiguous") throw Misplaced("--page-size", "paged");
        if (bits is not null && kind != "quantized") throw Misplaced("--cache-bits", "quantized");
        if (window is not null && kind != "sliding") throw Misplaced("--cache-window", "sliding");
        return kind switch
        {
            "paged" => new PagedKind(pageSize ?? 16),
            "quantized" => new QuantizedKind(bits ?? 8, pageSize ?? 16),
            "sliding" => new SlidingKind(window ?? 512, PageSize: pageSize ?? 16),
            "offloaded" => new OffloadedKind(pageSize ?? 64),
            _ => CacheKind.Contiguous,
        };
    }

    private static UsageException Misplaced(string option, string kind) => new($"{option} needs --cache {kind}.");
}
