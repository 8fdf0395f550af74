namespace LlmRabbitHoles.Alice;

/// <summary>A calculation that is too large to know by heart, and how it is worked out digit by digit: from the right, and a division
/// from the left.</summary>
/// <param name="Left">The first number.</param>
/// <param name="Sign">One of + - * /.</param>
/// <param name="Right">The second number: at most the first in a difference, at most two digits in a product, one digit in a
/// division.</param>
/// <remarks>Nye et al. 2021, arXiv:2112.00114 (scratchpads).</remarks>
internal readonly record struct WorkedArithmetic(int Left, char Sign, int Right)
{
    private const int HeldOutOneIn = 8;

    public int Result => Sign switch
    {
        '+' => Left + Right,
        '-' => Left - Right,
        '/' => Left / Right,
        _ => Left * Right,
    };

    /// <summary>What a division leaves over; 0 for the other signs.</summary>
    public int Rest => Sign == '/' ? Left % Right : 0;

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
        '/' => Lines(Quotient),
        _ => Right < 10 ? Lines(Product) : Partial(),
    };

    /// <summary>The calculation and its result: "347 + 285 = 632", "85 / 7 = 12 rest 1".</summary>
    public string Solved => $"{Text} = {Result}{(Rest > 0 ? $" rest {Rest}" : "")}";

    /// <summary>{left} {sign} {word} {right} {result}.</summary>
    public Slots Slots => new()
    {
        ["left"] = $"{Left}", ["right"] = $"{Right}", ["sign"] = $"{Sign}", ["result"] = $"{Result}",
        ["word"] = Sign switch { '+' => "plus", '-' => "minus", '/' => "divided by", _ => "times" },
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

    // 47 * 23: first 47 * 3, then 47 * 2, whose tenfold is added to it.
    private string Partial()
    {
        var (ones, tens) = (new WorkedArithmetic(Left, '*', Right % 10), new WorkedArithmetic(Left, '*', Right / 10));
        var sum = new WorkedArithmetic(ones.Result, '+', tens.Result * 10);
        return $"{Text}: {ones.Steps} {tens.Steps} {sum.Steps} {Result}.";
    }

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

    // From the left, as at school: what is left of one place goes before the next figure.
    private List<string> Quotient()
    {
        var (rest, lines) = (0, new List<string>());
        foreach (var figure in $"{Left}")
        {
            rest = (rest * 10) + (figure - '0');
            if (rest < Right && lines.Count == 0 && Left >= Right) continue;
            var left = rest % Right;
            lines.Add($"{rest} / {Right} = {rest / Right}{(left > 0 ? $" rest {left}" : "")}");
            rest = left;
        }
        return lines;
    }
}
