using System.Collections.Concurrent;
using System.Net;
using System.Text;
using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Jupyter;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <summary>Cells that are shown rather than run: a page's hypertext, scripts, diagrams and prose.</summary>
/// <remarks>
/// A shared value becomes a variable of the page's scripts: <c>#!share --from csharp losses</c>, then
/// <c>losses.length</c> in a script of the cell. Only a cell that names the variable carries its value.
/// </remarks>
internal sealed class PageKernel : Kernel,
    IKernelCommandHandler<SubmitCode>, IKernelCommandHandler<SendValue>,
    IKernelCommandHandler<RequestValue>, IKernelCommandHandler<RequestValueInfos>
{
    private const string Json = "application/json";

    private readonly Func<string, string, MimeBundle> _show;
    private readonly ConcurrentDictionary<string, FormattedValue> _values = new(StringComparer.Ordinal);

    /// <param name="name">What cells call it.</param>
    /// <param name="language">What its cells are written in.</param>
    /// <param name="show">What a cell shows, given its code and the script that declares what it names.</param>
    public PageKernel(string name, string language, Func<string, string, MimeBundle> show) : base(name)
    {
        _show = show;
        KernelInfo.LanguageName = language;
        KernelInfo.DisplayName = $"{name} - {language}";
        KernelInfo.Description = $"Shows {language}.";
    }

    /// <summary>HTML, shown unchanged.</summary>
    public static MimeBundle Html(string code, string declarations) =>
        new() { { MimeBundle.Html, (declarations.Length > 0 ? $"<script>{declarations}</script>\n" : "") + code } };

    /// <summary>A script that the page runs.</summary>
    public static MimeBundle Script(string code, string declarations) =>
        new() { { MimeBundle.Html, $"<script type=\"text/javascript\">{declarations}{code}</script>" } };

    /// <summary>Prose.</summary>
    public static MimeBundle Markdown(string code, string declarations) =>
        new() { { "text/markdown", code }, { MimeBundle.PlainText, code } };

    /// <summary>A diagram: drawn by front ends that support mermaid, shown as readable text by others.</summary>
    /// <remarks>mermaid.js has three megabytes, so the front end provides it, not every cell.</remarks>
    public static MimeBundle Mermaid(string code, string declarations) => new()
    {
        { "text/vnd.mermaid", code },
        {
            MimeBundle.Html,
            $"<pre class=\"mermaid\">{WebUtility.HtmlEncode(code)}</pre>"
                + "<script>window.mermaid && window.mermaid.run({ nodes: [document.currentScript.previousElementSibling] });</script>"
        },
        { MimeBundle.PlainText, code },
    };

    Task IKernelCommandHandler<SubmitCode>.HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        var code = StringLines.Restore(command.Code);
        var shown = _show(code, Declarations(code));
        context.Publish(
            new DisplayedValueProduced(code, command, Session.Formatting.ValueFormatter.Values(shown), Guid.NewGuid().ToString()));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context)
    {
        _values[command.Name] = Written(command);
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        if (_values.TryGetValue(command.Name, out var value))
            context.Publish(new ValueProduced(null, command.Name, value, command));
        else
            context.Fail(command, message: $"There is no value '{command.Name}' in the kernel {Name}.");
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        context.Publish(new ValueInfosProduced([.. _values.Select(one => new KernelValueInfo(one.Key, one.Value))], command));
        return Task.CompletedTask;
    }

    /// <summary>JSON if the value has a JSON form, else the text that came with it.</summary>
    private static FormattedValue Written(SendValue command)
    {
        if (command.Value is null)
            return command.FormattedValue;
        try
        {
            return FormattedValue.CreateSingleFromObject(command.Value, Json);
        }
#pragma warning disable CA1031 // The properties that are read are a reader's or a library's code.
        catch (Exception)
#pragma warning restore CA1031
        {
            return FormattedValue.CreateSingleFromObject(command.Value, MimeBundle.PlainText);
        }
    }

    private string Declarations(string code)
    {
        var script = new StringBuilder();
        foreach (var (name, value) in _values.Where(one => code.Contains(one.Key, StringComparison.Ordinal))
            .OrderBy(one => one.Key, StringComparer.Ordinal))
            script.Append($"var {name} = {Literal(value)};\n");
        return script.ToString();
    }

    /// <summary>The JSON stands inside a script, which must not end at a <c>&lt;/script></c> in a text.</summary>
    private static string Literal(FormattedValue value) =>
        (value.MimeType == Json ? value.Value : System.Text.Json.JsonSerializer.Serialize(value.Value))
            .Replace("</", "<\\/", StringComparison.Ordinal);
}
