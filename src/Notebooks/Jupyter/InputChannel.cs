using System.Threading.Channels;
using LlmRabbitHoles.Notebooks.Jupyter.Messages;

namespace LlmRabbitHoles.Notebooks.Jupyter;

/// <summary>Lines that readers type when a cell asks for input.</summary>
internal sealed class InputChannel(KernelChannels channels)
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Passes on incoming lines until cancelled.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        await foreach (var reply in channels.Stdin.WithCancellation(cancellationToken))
        {
            if (reply.Type == "input_reply")
                _lines.Writer.TryWrite(reply.Text("value"));
        }
    }

    /// <summary>Asks the front end whose cell runs, and waits for its answer.</summary>
    /// <param name="request">The request to run that cell.</param>
    /// <param name="prompt">Shown beside the place to type.</param>
    /// <param name="isPassword">Whether what is typed stays hidden.</param>
    /// <returns>The line; null when that front end cannot ask, as at the end of input.</returns>
    public async Task<string?> AskAsync(JupyterRequest request, string prompt, bool isPassword)
    {
        if (!request.Flag("allow_stdin", otherwise: false))
            return null;
        while (_lines.Reader.TryRead(out _))
        {
            // This answers a question of an interrupted cell.
        }

        channels.AskForInput(request, prompt, isPassword);
        return await _lines.Reader.ReadAsync();
    }
}
