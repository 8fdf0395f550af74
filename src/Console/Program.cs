using System.Globalization;
using LlmRabbitHoles.CommandLine;

// A number is written alike in every country: texts, stored outputs and logs are compared.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
return await RabbitCommandLine.RunAsync(args);
