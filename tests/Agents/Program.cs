using LlmRabbitHoles.Agents.Tests;
using ModelContextProtocol.Server;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// The tests, or with this argument the server that a test starts as its child.
if (args is ["mcp-server", var greeting])
{
    await using var transport = new StdioServerTransport("tiny");
    await TinyServer.RunAsync(transport, greeting, CancellationToken.None);
    return 0;
}
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
