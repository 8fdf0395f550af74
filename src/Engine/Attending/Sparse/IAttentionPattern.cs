namespace LlmRabbitHoles.Attending.Sparse;

/// <summary>Which of the tokens before it a token looks at. Every token looks at itself, and none at a later one.</summary>
public interface IAttentionPattern
{
    /// <summary>Which keys these queries may see by their positions; whether a key is later than the query does not matter here.</summary>
    /// <param name="query">[..., queries, 1] int64: positions.</param>
    /// <param name="key">[keys] int64: positions.</param>
    /// <returns>[..., queries, keys] bool</returns>
    Tensor Allows(Tensor query, Tensor key);

    /// <summary>The positions that at least one query of a stretch may see; a few more do no harm. Default: all up to the last.</summary>
    /// <param name="first">Position of the first query.</param>
    /// <param name="last">Position of the last query.</param>
    /// <returns>Ascending.</returns>
    IEnumerable<long> Keys(long first, long last) => Positions.From(0, last);

    /// <summary>Chooses by the scores, where a pattern does; default: takes all.</summary>
    /// <param name="scores">[..., queries, keys]: minus infinity where the query may not look.</param>
    /// <param name="own">[..., queries, keys] bool: the pairs of a token with itself.</param>
    /// <returns>[..., queries, keys]: the scores, minus infinity where not chosen.</returns>
    Tensor Choose(Tensor scores, Tensor own) => scores;
}

/// <summary>Stretches of positions.</summary>
internal static class Positions
{
    /// <returns>Those from first (0 at least) to last.</returns>
    public static IEnumerable<long> From(long first, long last)
    {
        for (var position = Math.Max(0, first); position <= last; position++) yield return position;
    }
}
