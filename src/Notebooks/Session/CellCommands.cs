using Microsoft.CodeAnalysis.Text;

namespace LlmRabbitHoles.Notebooks.Session;

/// <summary>What a cell's lines for the kernel ask, <c>#!time</c> and its like.</summary>
/// <param name="Time">Whether the time is said that the cell took.</param>
/// <param name="List">Whether the variables are named after the cell.</param>
/// <param name="ListValues">Whether they are listed with types and values.</param>
internal sealed record CellCommands(bool Time, bool List, bool ListValues)
{
    /// <exception cref="CellCommandException">A line asks for what this kernel does not do.</exception>
    public static CellCommands In(string code)
    {
        var commands = new CellCommands(false, false, false);
        foreach (var span in CellSource.CommandLines(code))
        {
            var name = code.AsSpan(span.Start, span.Length).Trim().ToString().Split((char[]?)null, 2)[0];
            commands = name switch
            {
                "#!csharp" or "#!c#" => commands,
                "#!time" => commands with { Time = true },
                "#!who" => commands with { List = true },
                "#!whos" => commands with { ListValues = true },
                _ => throw new CellCommandException(
                    $"({SourceText.From(code).Lines.GetLineFromPosition(span.Start).LineNumber + 1},1): error: '{name}' is none of this kernel's commands, "
                    + $"which are {string.Join(", ", CellSource.Commands)}; its cells are C#"),
            };
        }

        return commands;
    }
}

/// <summary>A line for the kernel asks for what it does not do. The message names its line.</summary>
internal sealed class CellCommandException(string message) : Exception(message);
