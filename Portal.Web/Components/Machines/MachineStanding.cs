using Portal.Domain.Credentials;
using Portal.Domain.Machines;

namespace Portal.Web.Components.Machines;

/// <summary>Where a machine stands for the person who looks: its own state, and then whether they have a key that
/// works.</summary>
public static class MachineStanding
{
    /// <summary>The name of the state, as <see cref="Parts.States"/> knows it.</summary>
    public static string Of(MachineView machine, CredentialView? mine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (machine.State != MachineState.Ready) return machine.State.ToString();
        return mine is null ? "KeyNeeded" : mine.TestedOk switch { null => "Untested", true => "Ready", false => "TestFailed" };
    }

    /// <summary>The step of the set-up that comes next, as it stands in the address; null when there is none.</summary>
    public static string? NextStep(MachineView machine, CredentialView? mine) => Of(machine, mine) switch
    {
        nameof(MachineState.HostKeyUnconfirmed) => mine is null && KeyMayBeMade(machine) ? "key" : "host-key",
        "KeyNeeded" => "key",
        "Untested" => "test",
        _ => null,
    };

    /// <summary>Whether enough is confirmed to make a key: the host key of the nearest host. What lies behind it is seen with
    /// that key.</summary>
    public static bool KeyMayBeMade(MachineView machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.KeysOf(machine.Settings.JumpHosts.FirstOrDefault()).Count > 0;
    }

    /// <summary>What the next step is, as the words of a button.</summary>
    public static string NextWords(string step) => step switch
    {
        "host-key" => "Confirm the host key",
        "key" => "Make your key",
        _ => "Test the connection",
    };

    /// <summary><c>ada@login.example.org:2222</c>; the usual port is left out.</summary>
    public static string Account(MachineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Port == 22 ? $"{settings.User}@{settings.Host}" : $"{settings.User}@{settings.Host}:{settings.Port}";
    }

    /// <summary>The scheduler as people write it.</summary>
    public static string Scheduler(string name) => name switch { "slurm" => "Slurm", "none" => "No scheduler", _ => name };
}
