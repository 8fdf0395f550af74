using LlmRabbitHoles.Notebooks.Documents;
using LlmRabbitHoles.Notebooks.Session;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace LlmRabbitHoles.Notebooks.Kernels;

/// <content>Variables, given to other kernels and taken from them.</content>
public sealed partial class RabbitKernel :
    IKernelCommandHandler<RequestValue>, IKernelCommandHandler<RequestValueInfos>, IKernelCommandHandler<SendValue>
{
    Task IKernelCommandHandler<RequestValue>.HandleAsync(RequestValue command, KernelInvocationContext context)
    {
        if (Session.Variables.LastOrDefault(one => one.Name == command.Name) is { } variable)
            context.Publish(new ValueProduced(variable.Value, command.Name, Written(variable, command.MimeType), command));
        else
            context.Fail(command, message: $"There is no variable '{command.Name}' in the kernel {Name}.");
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<RequestValueInfos>.HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        var infos = Session.Variables.Select(one => new KernelValueInfo(
            one.Name, new FormattedValue(MimeBundle.PlainText, VariableList.Beginning(one.Value)), one.Value?.GetType(), one.Type));
        context.Publish(new ValueInfosProduced([.. infos], command));
        return Task.CompletedTask;
    }

    Task IKernelCommandHandler<SendValue>.HandleAsync(SendValue command, KernelInvocationContext context) =>
        SetValueAsync(command, context, (name, value, declared) => Session.SetAsync(name, value, declared));

    /// <summary>A value that cannot be written in that form, such as a model as JSON, is still passed on; its text says why.</summary>
    private static FormattedValue Written(SessionVariable variable, string mimeType)
    {
        try
        {
            return FormattedValue.CreateSingleFromObject(variable.Value, mimeType);
        }
#pragma warning disable CA1031 // Formatters and the properties that they read are a reader's or a library's code.
        catch (Exception refused)
#pragma warning restore CA1031
        {
            return new FormattedValue(MimeBundle.PlainText, $"'{variable.Name}' ({variable.Type}) has no {mimeType}: {refused.Message}");
        }
    }
}
