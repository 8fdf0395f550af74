using System.Globalization;

namespace LlmRabbitHoles.Agents;

/// <summary>Evaluates an expression with + - * / and brackets in decimal arithmetic, rounded to 6 decimal places.</summary>
public sealed class Calculator : ITool
{
    private const int DecimalPlaces = 6;

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
        var reader = new ExpressionReader(arguments["expression"]);
        try
        {
            return Math.Round(reader.ReadAll(), DecimalPlaces).ToString("0.######", CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is DivideByZeroException or OverflowException)
        {
            throw new ToolException(
                error is DivideByZeroException ? "A number cannot be divided by zero." : "The numbers are too large.", error);
        }
    }

    /// <summary>
    /// sum = product (("+" | "-") product)*; product = factor (("*" | "/") factor)*; factor = number | "-" factor | "(" sum ")".
    /// </summary>
    private sealed class ExpressionReader(string text)
    {
        private const int MaxDepth = 100;
        private int _at;
        private int _depth;

        public decimal ReadAll()
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
            if (++_depth > MaxDepth) throw new ToolException($"The calculation nests brackets and signs more than {MaxDepth} deep.");
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

        /// <summary>The next character that is not a space; null at the end.</summary>
        private char? Next()
        {
            while (_at < text.Length && text[_at] == ' ') _at++;
            return _at < text.Length ? text[_at] : null;
        }

        private ToolException Unexpected() => new($"\"{text}\" is not a calculation. Use only numbers, + - * / and brackets.");
    }
}
