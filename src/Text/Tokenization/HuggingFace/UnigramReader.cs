namespace LlmRabbitHoles.Tokenization;

/// <summary>Reads a tokenizer.json's <c>model</c> of the kind Unigram: pieces with scores.</summary>
internal static class UnigramReader
{
    public static UnigramModel Read(JsonPart model, IReadOnlyList<AddedToken> added, TokenDecoder decoder)
    {
        var (ids, scores) = (new Dictionary<string, int>(), new List<double>());
        foreach (var item in model["vocab"].Items())
        {
            var parts = item.Items().ToArray();
            if (parts.Length != 2) throw item.Error($"has {parts.Length} values; a piece is its text and its score, as [\"a\", -3.5].");
            var text = parts[0].Text();
            if (!ids.TryAdd(text, scores.Count)) throw item.Error($"is '{text}', which is listed as {ids[text]} already. Remove one.");
            scores.Add(parts[1].Number());
        }

        if (ids.Count == 0) throw model["vocab"].Error("is missing or empty. It lists each piece with its score.");
        ModelReader.CheckAddedTokens(model["vocab"], ids, added);
        int? unknown = model["unk_id"].Exists ? model["unk_id"].Count() : null;
        if (unknown >= ids.Count) throw model["unk_id"].Error($"is {unknown}, and there are {ids.Count} pieces. Name one of them.");
        return new UnigramModel(
            new Vocabulary(ids, added, decoder.BytesOf),
            [.. scores],
            unknown,
            model["byte_fallback"].Flag(false),
            TokenizerPlace.Of(model));
    }
}
