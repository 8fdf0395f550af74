using LlmRabbitHoles.Tokenization.PreTokenization;
using Microsoft.ML.Tokenizers;

namespace LlmRabbitHoles.Tokenization;

/// <summary>Counts tokens up to a limit; characters stay whole, so it may stop a few tokens short.</summary>
/// <param name="model">Makes the tokens.</param>
/// <param name="most">The limit.</param>
internal class TokenCounter(WordModel model, int most) : TokenReceiver(model)
{
    /// <summary>Tokens taken.</summary>
    public int Count { get; private set; }

    /// <summary>Where the text that they cover ends; meaningful where the limit was reached.</summary>
    public int End { get; private set; }

    protected override bool Take(Piece word, ReadOnlySpan<int> tokens)
    {
        var room = most - Count;
        var fitting = tokens.Length <= room ? tokens.Length : Fitting(word, tokens, room);
        if (tokens.Length <= room) End = word.PlaceOf(word.Text.Length);
        if (fitting > 0) Keep(word, tokens, fitting);
        Count += fitting;
        return fitting == tokens.Length && Count < most;
    }

    /// <summary>Stores the first tokens of a word.</summary>
    protected virtual void Keep(Piece word, ReadOnlySpan<int> tokens, int count) { }

    private int Fitting(Piece word, ReadOnlySpan<int> tokens, int room)
    {
        var fitting = 0;
        var places = new TokenPlaces(word.Text, tokens, Model);
        for (var count = 1; count <= room && places.MoveNext(); count++)
        {
            if (places.EndsInside) continue;
            fitting = count;
            End = word.PlaceOf(places.End);
        }

        return fitting;
    }
}

/// <summary>Collects ids up to a limit, in memory that is lent.</summary>
internal sealed class IdCollector(WordModel model, int most, int expected) : TokenCounter(model, most), IDisposable
{
    private LentList _ids = new(expected);

    /// <summary>The ids so far.</summary>
    public ReadOnlySpan<int> Ids => _ids.Items;

    public void Dispose() => _ids.Dispose();

    protected override void Keep(Piece word, ReadOnlySpan<int> tokens, int count) => _ids.Add(tokens[..count]);
}

/// <summary>Collects tokens with their text and their place, up to a limit.</summary>
internal sealed class PlacedTokenCollector(WordModel model, int most) : TokenCounter(model, most)
{
    /// <summary>The tokens so far.</summary>
    public List<EncodedToken> Tokens { get; } = [];

    protected override void Keep(Piece word, ReadOnlySpan<int> tokens, int count)
    {
        var places = new TokenPlaces(word.Text, tokens, Model);
        for (var i = 0; i < count && places.MoveNext(); i++)
        {
            var isWhole = places.AreOfPrintedBytes && !places.StartsInside && !places.EndsInside;
            var text = isWhole ? Vocabulary.PieceOf(tokens[i]) : word.Text[places.Start..places.End].ToString();
            Tokens.Add(new EncodedToken(tokens[i], text, new Range(word.PlaceOf(places.Start), word.PlaceOf(places.End))));
        }
    }
}

/// <summary>Remembers where the tokens of a text start, so that it can be cut from its end.</summary>
internal sealed class TokenStarts(WordModel model, int expected) : TokenReceiver(model), IDisposable
{
    private const int Inside = -1;          // marks a token that starts within a character
    private LentList _starts = new(expected);

    /// <summary>How many tokens the end of the text has, whole characters only, and where it starts.</summary>
    /// <param name="most">How many it may have.</param>
    /// <param name="length">The length of the text.</param>
    public (int Count, int Start) Cut(int most, int length)
    {
        var starts = _starts.Items;
        if (starts.Length <= most) return (starts.Length, 0);
        var first = starts.Length - most;
        while (first < starts.Length && starts[first] == Inside) first++;
        return (starts.Length - first, first < starts.Length ? starts[first] : length);
    }

    public void Dispose() => _starts.Dispose();

    protected override bool Take(Piece word, ReadOnlySpan<int> tokens)
    {
        var places = new TokenPlaces(word.Text, tokens, Model);
        while (places.MoveNext()) _starts.Add(places.StartsInside ? Inside : word.PlaceOf(places.Start));
        return true;
    }
}
