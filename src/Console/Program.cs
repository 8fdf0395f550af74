using LlmRabbitHoles.CommandLine;

return await RabbitCommandLine.RunAsync(args);
