namespace LlmRabbitHoles.Alice;

/// <summary>Values for the slots of a wording: {country} is France.</summary>
internal sealed class Slots : Dictionary<string, string>
{
    public Slots() : base(StringComparer.Ordinal)
    {
    }

    public Slots(IReadOnlyDictionary<string, string> other) : base(other, StringComparer.Ordinal)
    {
    }

    /// <summary>These values and one more.</summary>
    public Slots With(string name, string value) => new(this) { [name] = value };
}
