using LlmRabbitHoles.Chat;
using LlmRabbitHoles.Tokenization;
using LlmRabbitHoles.Training;

namespace LlmRabbitHoles.Alice;

/// <summary>Turns documents into what the trainer reads. Of a plain text every token is learned; of a chat only what the assistant
/// says and the end of its turns, so that the model learns to answer and not to ask. A thought that is closed before it begins is
/// given, not said: it is not learned either.</summary>
/// <param name="tokenizer">With Alice's special tokens.</param>
public sealed class ExampleEncoder(ByteLevelBpe tokenizer)
{
    /// <summary>One document.</summary>
    /// <exception cref="ArgumentException">A chat has a role that the format does not know.</exception>
    public Example Encode(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.IsChat ? Chat(document.Messages) : Plain(document.Text);
    }

    /// <summary>A conversation and the answer to it; only the answer and its end are learned.</summary>
    internal Example Encode(IReadOnlyList<ChatMessage> prompt, string answer)
    {
        var asked = Chat(prompt).Tokens.Length;
        var whole = Chat([.. prompt, new ChatMessage("assistant", answer)]);
        return whole with { Learn = [.. whole.Learn.Select((learn, i) => learn && i >= asked)] };
    }

    private Example Plain(string text)
    {
        int[] tokens = [.. tokenizer.Encode(text), AliceFormat.EndOfText];
        return new Example(tokens, [.. tokens.Select((_, i) => i > 0)]);
    }

    private Example Chat(IReadOnlyList<ChatMessage> messages)
    {
        var (tokens, learn) = (new List<int>(), new List<bool>());
        foreach (var message in messages)
        {
            int[] content = [.. tokenizer.Encode(message.Content), AliceFormat.EndOfTurn];
            tokens.Add(RoleToken(message.Role));
            learn.Add(false);
            tokens.AddRange(content);
            var given = content is [AliceFormat.Think, AliceFormat.ThinkEnd, ..] ? 2 : 0;
            learn.AddRange(content.Select((_, i) => message.Role == "assistant" && i >= given));
        }
        return new Example([.. tokens], [.. learn]);
    }

    private static int RoleToken(string role)
    {
        var token = AliceFormat.SpecialTokens.Index().FirstOrDefault(t => t.Item == $"<|{role}|>");
        return token.Item is not null ? token.Index : throw new ArgumentException(
            $"A chat of the corpus has the role '{role}'. The format knows system, user, assistant and tool.", nameof(role));
    }
}
