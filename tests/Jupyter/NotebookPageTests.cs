using System.Net;
using System.Net.Sockets;
using LlmRabbitHoles.Tests;

namespace LlmRabbitHoles.Jupyter.Tests;

/// <summary>Jupyter's notebook page, opened by <c>./rabbit jupyter</c>, in a browser.</summary>
public sealed class NotebookPageTests
{
    private const string Token = "rabbit";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly string Tests = Path.Combine(Repository.Root, "tests", "Jupyter");

    /// <summary>For each: a value, an error on its third line, no end, the state after it, something to complete.</summary>
    private static readonly string[] Trouble =
    [
        "var x = 41;\nx + 1", "var zero = 0;\n\nx = 1 / zero;", "Console.WriteLine(\"started\");\nwhile (true) { }", "x", "Console.WriteL",
    ];

    [Fact]
    public async Task TheNotebookPageRunsASeriesNotebookFailsInterruptsAndRestarts()
    {
        DebianPackages.NeedBrowser();
        InstallPlaywright();
        using var jupyter = new InstalledJupyter(install: false);
        // At the same depth as the series' notebooks, whose `#r` lines go two folders up.
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, ".rabbit", "notebook-page")).FullName;
        File.Copy(Path.Combine(Repository.Root, "notebooks", "tier1", "01-vectors.ipynb"),
            Path.Combine(folder, "01-vectors.ipynb"), overwrite: true);
        File.Copy(jupyter.Folder.WriteNotebook("trouble.ipynb", Trouble), Path.Combine(folder, "trouble.ipynb"), overwrite: true);
        var port = Configure(jupyter);
        using var server = Outcome.Start(
            folder, jupyter.Environment, InstalledJupyter.Rabbit, "jupyter", folder, "--page", "notebook", "--no-browser");
        var said = Task.WhenAll(server.StandardOutput.ReadToEndAsync(), server.StandardError.ReadToEndAsync());
        try
        {
            Assert.True(
                await AnswersAsync(port, server), $"Jupyter did not come up.\n{(server.HasExited ? string.Concat(await said) : "")}");
            var outcome = Outcome.Of(
                Patience, Tests, jupyter.Environment, "node", "notebook-page.mjs",
                $"http://127.0.0.1:{port}", Token, InstalledJupyter.Artifacts);
            Assert.True(outcome.ExitCode == 0, outcome.Story);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }

        string[] pictures = ["jupyter-run-all.png", "jupyter-trouble.png"];
        Assert.All(pictures, name => Assert.True(new FileInfo(Path.Combine(InstalledJupyter.Artifacts, name)).Length > 10_000, name));
    }

    private static void InstallPlaywright()
    {
        if (!File.Exists("/usr/bin/npm"))
            DebianPackages.Need("There is no npm to install Playwright with.");
        var outcome = Outcome.Of(
            Patience, Tests, new Dictionary<string, string>(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        DebianPackages.Need(outcome.ExitCode == 0 ? null : $"npm could not install tests/Jupyter: {outcome.Error.Trim().Split('\n')[0]}");
    }

    /// <summary>Settings that a server normally chooses itself, fixed so that the browser finds it.</summary>
    private static int Configure(InstalledJupyter jupyter)
    {
        int port;
        using (var listener = ZmtpPeer.Listen())
            port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        jupyter.Folder.Write(Path.Combine("config", "jupyter_notebook_config.json"), $$$"""
            {"NotebookApp": {"ip": "127.0.0.1", "port": {{{port}}}, "port_retries": 0, "token": "{{{Token}}}"}}
            """);
        return port;
    }

    private static async Task<bool> AnswersAsync(int port, System.Diagnostics.Process server)
    {
        using var client = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!server.HasExited && await timer.WaitForNextTickAsync(patience.Token))
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/api?token={Token}"), patience.Token);
                if (answer.IsSuccessStatusCode)
                    return true;
            }
            catch (HttpRequestException closed) when (closed.InnerException is SocketException)
            {
                // The server does not listen yet.
            }
        }

        return false;
    }
}
