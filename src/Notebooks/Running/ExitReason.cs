namespace LlmRabbitHoles.Notebooks.Running;

/// <summary>Exit codes in words. On Unix a process that a signal ended has 128 + the signal's number.</summary>
internal static class ExitReason
{
    public static string Of(int code) => code switch
    {
        129 => "by signal SIGHUP",
        130 => "by signal SIGINT",
        131 => "by signal SIGQUIT",
        132 => "by signal SIGILL (an instruction this processor lacks)",
        134 => "by signal SIGABRT (the program aborted itself)",
        135 => "by signal SIGBUS",
        136 => "by signal SIGFPE",
        137 => "by signal SIGKILL (perhaps for want of memory)",
        139 => "by signal SIGSEGV (a bad memory access)",
        143 => "by signal SIGTERM",
        _ => $"with exit code {code}",
    };
}
