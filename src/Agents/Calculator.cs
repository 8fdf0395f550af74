using System.Globalization;

namespace LlmRabbitHoles.Agents;

/// <summary>Calculates with + - * / and brackets, exactly, in decimal numbers.</summary>
public sealed class Calculator : ITool
{
    private const int MostDigits = 6;

    /// <inheritdoc/>
    public string Name => "calculator";

    /// <inheritdoc/>
    public string Description => "works out a calculation";

    /// <inheritdoc/>
    public IReadOnlyList<string> Parameters { get; } = ["expression"];

    /// <inheritdoc/>
    public string Invoke(IReadOnlyDictionary<string, string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var reader = new Reader(arguments["expression"]);
        try
        {
            return Math.Round(reader.All(), MostDigits).ToString("0.######", CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is DivideByZeroException or OverflowException)
        {
            throw new ToolException(
                error is DivideByZeroException ? "Nothing can be divided by zero." : "The numbers are too large.", error);
        }
    }

    /// <summary>
    /// sum = product (("+" | "-") product)*; product = factor (("*" | "/") factor)*; factor = number | "-" factor | "(" sum ")".
    /// </summary>
    private sealed class Reader(string text)
    {
        private const int DeepestNesting = 100;
        private int _at;
        private int _depth;

        public decimal All()
        {
            var value = Sum();
            return Next() is null ? value : throw Unexpected();
        }

        private decimal Sum()
        {
            var value = Product();
            while (Next() is '+' or '-') value = text[_at++] == '+' ? value + Product() : value - Product();
            return value;
        }

        private decimal Product()
        {
            var value = Factor();
            while (Next() is '*' or '/') value = text[_at++] == '*' ? value * Factor() : value / Factor();
            return value;
        }

        private decimal Factor()
        {
            if (++_depth > DeepestNesting) throw new ToolException("The calculation has too many brackets.");
            var value = Next() switch
            {
                '-' => Negative(),
                '(' => Bracket(),
                _ => Number(),
            };
            _depth--;
            return value;
        }

        private decimal Negative()
        {
            _at++;
            return -Factor();
        }

        private decimal Bracket()
        {
            _at++;
            var value = Sum();
            if (Next() != ')') throw Unexpected();
            _at++;
            return value;
        }

        private decimal Number()
        {
            Next();
            var start = _at;
            while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
            return decimal.TryParse(
                text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? value : throw Unexpected();
        }

        /// <summary>The next character that is not a blank; null at the end.</summary>
        private char? Next()
        {
            while (_at < text.Length && text[_at] == ' ') _at++;
            return _at < text.Length ? text[_at] : null;
        }

        private ToolException Unexpected() => new($"\"{text}\" is no calculation.");
    }
}
