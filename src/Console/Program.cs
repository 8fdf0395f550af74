using LlmRabbitHoles.Notebooks.Kernel;

if (args is ["kernel", "--stdio"])
{
    await KernelHost.RunAsync(System.Console.OpenStandardInput(), System.Console.OpenStandardOutput());
    Environment.Exit(0);
}

return 0;
