namespace LlmRabbitHoles.Alice;

/// <summary>A calculation that is too large to know by heart, and how it is worked out digit by digit, from the right.</summary>
/// <param name="Left">The first number.</param>
/// <param name="Sign">One of + - *.</param>
/// <param name="Right">The second number: at most the first in a difference, one digit in a product.</param>
/// <remarks>Nye et al. 2021, arXiv:2112.00114 (scratchpads).</remarks>
internal readonly record struct WorkedArithmetic(int Left, char Sign, int Right)
{
    private const int HeldOutOneIn = 8;

    public int Result => Sign switch
    {
        '+' => Left + Right,
        '-' => Left - Right,
        _ => Left * Right,
    };

    /// <summary>One in eight is never trained on, with whatever words it is asked.</summary>
    public bool IsHeldOut => ((((uint)Left * 2654435761) ^ ((uint)Right * 40503) ^ Sign) >> 4) % HeldOutOneIn == 0;

    /// <summary>The calculation in figures: 347 + 285.</summary>
    public string Text => $"{Left} {Sign} {Right}";

    /// <summary>The way to the result.</summary>
    /// <example>347 + 285: 7 + 5 = 12, 4 + 8 + 1 = 13, 3 + 2 + 1 = 6. 632.</example>
    public string Steps => Sign switch
    {
        '+' => Lines(Sum),
        '-' => Lines(Difference),
        _ => Lines(Product),
    };

    /// <summary>{left} {sign} {word} {right} {result}.</summary>
    public Slots Slots => new()
    {
        ["left"] = $"{Left}", ["right"] = $"{Right}", ["sign"] = $"{Sign}", ["result"] = $"{Result}",
        ["word"] = Sign switch { '+' => "plus", '-' => "minus", _ => "times" },
    };

    /// <summary>Sums and differences of two or three digits, products of two or three digits with one.</summary>
    public static WorkedArithmetic Next(Random random, bool heldOut)
    {
        while (true)
        {
            var drawn = random.Next(3) switch
            {
                0 => new WorkedArithmetic(Number(random), '+', Number(random)),
                1 => Difference(Number(random), Number(random)),
                _ => new WorkedArithmetic(Number(random), '*', random.Next(3, 10)),
            };
            if (drawn.IsHeldOut == heldOut) return drawn;
        }
    }

    private static WorkedArithmetic Difference(int a, int b) => new(Math.Max(a, b), '-', Math.Min(a, b));

    private static int Number(Random random) => random.Chance(0.3) ? random.Next(11, 100) : random.Next(100, 1000);

    private string Lines(Func<List<string>> work) => $"{Text}: {string.Join(", ", work())}. {Result}.";

    private List<string> Sum()
    {
        var (a, b, carry, lines) = (Left, Right, 0, new List<string>());
        while (a > 0 || b > 0)
        {
            var sum = (a % 10) + (b % 10) + carry;
            lines.Add($"{a % 10} + {b % 10}{(carry > 0 ? " + 1" : "")} = {sum}");
            (a, b, carry) = (a / 10, b / 10, sum / 10);
        }
        return lines;
    }

    private List<string> Difference()
    {
        var (a, b, borrow, lines) = (Left, Right, 0, new List<string>());
        while (a > 0 || b > 0)
        {
            var digit = (a % 10) - (b % 10) - borrow;
            lines.Add($"{(digit < 0 ? 10 : 0) + (a % 10)} - {b % 10}{(borrow > 0 ? " - 1" : "")} = {(digit + 10) % 10}");
            (a, b, borrow) = (a / 10, b / 10, digit < 0 ? 1 : 0);
        }
        return lines;
    }

    private List<string> Product()
    {
        var (a, carry, lines) = (Left, 0, new List<string>());
        while (a > 0)
        {
            var product = (a % 10 * Right) + carry;
            lines.Add($"{a % 10} * {Right}{(carry > 0 ? $" + {carry}" : "")} = {product}");
            (a, carry) = (a / 10, product / 10);
        }
        return lines;
    }
}
