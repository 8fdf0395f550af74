namespace LlmRabbitHoles.Tokenization.Jinja;

/// <summary>A dictionary that keeps its order, with Python's keys: True, 1 and 1.0 are one.</summary>
internal sealed class Mapping : OrderedDictionary<object, object?>
{
    public Mapping() : base(KeyComparer.Shared) { }

    private sealed class KeyComparer : IEqualityComparer<object>
    {
        public static KeyComparer Shared { get; } = new();

        public new bool Equals(object? x, object? y) => Operators.AreEqual(x, y);

        public int GetHashCode(object key) => key is bool or long or double ? Operators.ToDouble(key).GetHashCode() : key.GetHashCode();
    }
}
