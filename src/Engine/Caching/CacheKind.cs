using LlmRabbitHoles.Caching.Paging;

namespace LlmRabbitHoles.Caching;

/// <summary>Which cache a generation gets.</summary>
public abstract record CacheKind
{
    /// <summary>One block of memory per layer, the plain form.</summary>
    public static CacheKind Contiguous { get; } = new ContiguousKind();

    /// <summary>An empty cache of this kind.</summary>
    /// <param name="shape">The model's.</param>
    /// <param name="capacity">Tokens that fit of each sequence.</param>
    /// <param name="batch">Sequences side by side.</param>
    public abstract IKeyValueCache Create(CacheShape shape, int capacity, int batch);

    private sealed record ContiguousKind : CacheKind
    {
        public override IKeyValueCache Create(CacheShape shape, int capacity, int batch) => new ContiguousCache(shape, capacity, batch);
    }
}

/// <summary>A <see cref="PagedCache"/>.</summary>
/// <param name="PageSize">Tokens per page. Default 16.</param>
public sealed record PagedKind(int PageSize = 16) : CacheKind
{
    /// <inheritdoc/>
    public override IKeyValueCache Create(CacheShape shape, int capacity, int batch) => new PagedCache(shape, capacity, batch, PageSize);
}

/// <summary>A <see cref="PagedCache"/> whose pages hold integers: smaller, and not exact.</summary>
/// <param name="Bits">8 or 4. Default 8.</param>
/// <param name="PageSize">Tokens per page. Default 16.</param>
/// <remarks>No number is off by more than half a scale, the largest magnitude of its vector / 127 (or / 7).</remarks>
public sealed record QuantizedKind(int Bits = 8, int PageSize = 16) : CacheKind
{
    /// <inheritdoc/>
    public override IKeyValueCache Create(CacheShape shape, int capacity, int batch) =>
        new PagedCache(new QuantizedPages(shape, Bits), capacity, batch, PageSize);
}

/// <summary>A <see cref="SlidingCache"/>.</summary>
/// <param name="Window">Tokens that a token sees behind the sinks, itself included. Default 512.</param>
/// <param name="Sinks">First tokens that always stay. Default 4.</param>
/// <param name="PageSize">Tokens per page. Default 16.</param>
public sealed record SlidingKind(int Window = 512, int Sinks = 4, int PageSize = 16) : CacheKind
{
    /// <inheritdoc/>
    public override IKeyValueCache Create(CacheShape shape, int capacity, int batch) =>
        new SlidingCache(shape, capacity, Window, Sinks, batch, PageSize);
}

/// <summary>An <see cref="OffloadedCache"/>.</summary>
/// <param name="PageSize">Tokens per page. Default 64.</param>
/// <param name="OnDevice">Share of the pages that stay on the device. Default a quarter.</param>
/// <param name="InHost">Share of the pages that stay in host memory. Default a quarter.</param>
public sealed record OffloadedKind(int PageSize = 64, double OnDevice = 0.25, double InHost = 0.25) : CacheKind
{
    /// <inheritdoc/>
    public override IKeyValueCache Create(CacheShape shape, int capacity, int batch) =>
        new OffloadedCache(shape, capacity, batch, PageSize, OnDevice, InHost);
}
