using Portal.Tests.Fixtures.Leaks;

/// <summary>What .NET calls in a portal's own process before its first line (DOTNET_STARTUP_HOOKS): it is recorded from within.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Recorder.Variable) is { } folder) Recorder.Begin(folder);
    }
}
