namespace LlmRabbitHoles.Alice;

/// <summary>Makes one part of the corpus. The builder takes as many documents as the part's share holds.</summary>
internal interface IDocumentSource
{
    /// <summary>Name of the part.</summary>
    string Part { get; }

    /// <summary>Whether it makes chats.</summary>
    bool IsChat { get; }

    /// <summary>Documents without end; the same random source gives the same documents.</summary>
    IEnumerable<Document> Generate(Random random);
}
