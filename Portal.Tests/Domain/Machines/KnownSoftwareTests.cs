using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Tests.Domain.Machines;

/// <summary>What a machine's events tell of the software on it.</summary>
public sealed class KnownSoftwareTests
{
    private static readonly Id<Machine> Machine = new(Guid.CreateVersion7());

    [Fact]
    public void The_last_test_that_came_so_far_tells_the_version_of_the_scheduler_that_is_set()
    {
        Assert.Null(MachineSoftware.Of([]));
        Assert.Equal(new NamedSoftware("slurm", null), Carrier(Registered()));
        Assert.Equal(new NamedSoftware("slurm", "22.05.8"), Carrier(Registered(), Told("slurm 22.05.8"), Failed()));
        Assert.Equal(new NamedSoftware("slurm", "22.05.8"), Carrier(Registered(), Told("slurm-wlm 22.05.8")));
        Assert.Equal(new NamedSoftware("slurm", null), Carrier(Registered(), Told("slurm")));
        Assert.Equal(new NamedSoftware("slurm", "23.11"), Carrier(Registered(), Told("slurm 22.05.8"), Told("slurm 23.11")));
        // Other set-up lines change nothing about it; another scheduler and another host do.
        Assert.Equal(new NamedSoftware("slurm", "22.05.8"), Carrier(Registered(), Told("slurm 22.05.8"), Changed(lines: ["umask 027"])));
        Assert.Null(Carrier(Registered(), Told("slurm 22.05.8"), Changed("none")));
        Assert.Equal(new NamedSoftware("slurm", null), Carrier(Registered(), Told("slurm 22.05.8"), Changed(host: "other.example.org")));
        // Without a scheduler it is the system.
        Assert.Equal(new NamedSoftware("Linux", "6.1.0-32-amd64"), Carrier(Registered(), Changed("none"), Told("none, Linux 6.1.0-32-amd64")));
    }

    [Theory]
    [InlineData("module load gcc/12.2.0 openmpi", "gcc 12.2.0, openmpi ")]
    [InlineData("  module   add lang/Python/3.11 # for all", "lang/Python 3.11")]
    [InlineData("ml load gcc/12 && export A=b/c", "gcc 12")]
    [InlineData("module purge", "")]
    [InlineData("module load $TOOL -f \"x y\"", "")]
    [InlineData("export PATH=/opt/module load", "")]
    [InlineData("echo module load gcc/12", "")]
    public void Modules_are_those_that_are_named_to_be_loaded(string line, string modules) => Assert.Equal(modules,
        string.Join(", ", new KnownSoftware("slurm", [line], null, null).Modules.Select(module => $"{module.Name} {module.Version}")));

    private static NamedSoftware? Carrier(params object[] facts) => MachineSoftware.Of(facts.Select((fact, index) => new Recorded(
        index + 1, "machine-x", index + 1, Guid.NewGuid(), "", 1, "", fact, new("", "", "", Guid.Empty), DateTimeOffset.UnixEpoch, default)))
        ?.Carrier;

    private static MachineRegistered Registered() => new(Machine, new(Guid.NewGuid()), new(Guid.NewGuid()), Changed().Settings);

    private static MachineSettingsChanged Changed(string scheduler = "slurm", string host = "login.example.org", string[]? lines = null) =>
        new(Machine, new("demo", host, 22, "ada", "/work", null, null, scheduler, lines ?? [], []));

    private static MachineChecked Told(string what) => new(Machine, Guid.NewGuid(), true,
        [new("login", true, "Logged in."), new("scheduler", true, $"{what}; accounting does not answer.")]);

    private static MachineChecked Failed() => new(Machine, Guid.NewGuid(), false, [new("scheduler", false, "Slurm's controller does not answer.")]);
}
