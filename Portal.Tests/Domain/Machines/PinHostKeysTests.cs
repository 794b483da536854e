using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Tests.Domain.Machines;

public sealed class PinHostKeysTests
{
    private static readonly Id<Machine> Id = new(Guid.CreateVersion7());
    private static readonly HostKey GateKey = new("ssh-ed25519", "SHA256:gate", "AAAAgate");
    private static readonly HostKey NewGateKey = new("ssh-ed25519", "SHA256:newgate", "AAAAnewgate");
    private static readonly HostKey MachineKey = new("ssh-ed25519", "SHA256:machine", "AAAAmachine");
    private static readonly MachineSettings Settings = new("far", "far", 22, "ada", "/w", null, null, "none", [], ["ada@gate"]);
    private static readonly SeenHostKeys Both = new([new("ada@gate", [GateKey])], [MachineKey]);
    private static readonly SeenHostKeys GateAlone = new([new("ada@gate", [GateKey])], [], new("TOKEN_NEEDED", "Only who is logged in sees more."));

    private static readonly object Registered = new MachineRegistered(Id, default, default, Settings);
    private static readonly object GatePinned = new HostKeysPinned(Id, [GateKey], "ada@gate");
    private static readonly object MachinePinned = new HostKeysPinned(Id, [MachineKey]);

    [Fact]
    public void Each_host_on_the_way_is_pinned_by_itself()
    {
        Assert.Equivalent(new[] { GatePinned }, Decide([Registered], GateAlone, "SHA256:gate").Value, strict: true);
        Assert.Equivalent(new[] { GatePinned, MachinePinned }, Decide([Registered], Both, "SHA256:gate", "SHA256:machine").Value, strict: true);
        Assert.Equivalent(new[] { MachinePinned }, Decide([Registered, GatePinned], Both, "SHA256:gate", "SHA256:machine").Value, strict: true);
        Assert.Empty(Decide([Registered, GatePinned, MachinePinned], Both, "SHA256:gate", "SHA256:machine").Value!);
    }

    [Fact]
    public void What_could_not_be_seen_is_not_pinned_and_the_reason_is_told()
    {
        var refused = Decide([Registered], GateAlone, "SHA256:gate", "SHA256:machine");
        Assert.Equal(["HOST_KEY_NOT_SEEN", "TOKEN_NEEDED"], refused.Problems!.Select(problem => problem.Code));
    }

    [Fact]
    public void A_machine_is_confirmed_when_all_hosts_on_the_way_are()
    {
        Assert.False(Given(Registered, MachinePinned).Confirmed);
        Assert.False(Given(Registered, GatePinned).Confirmed);
        Assert.True(Given(Registered, GatePinned, MachinePinned).Confirmed);
        var elsewhere = new MachineSettingsChanged(Id, Settings with { JumpHosts = ["ada@other"] });
        Assert.Empty(Given(Registered, GatePinned, MachinePinned, elsewhere).JumpHostKeys);
    }

    [Fact]
    public void An_alarm_ends_where_it_was_raised()
    {
        object[] alarmed = [Registered, GatePinned, MachinePinned, new HostKeyChanged(Id, "another", "ada@gate")];
        Assert.True(Given([.. alarmed, MachinePinned]).Alarmed("ada@gate"));
        var renewed = Given([.. alarmed, new HostKeysPinned(Id, [NewGateKey], "ada@gate")]);
        Assert.Null(renewed.HostKeyMismatch);
        Assert.Equal([NewGateKey], renewed.KeysOf("ada@gate"));
        // The same key again ends it as well: a person looked.
        Assert.Equivalent(new[] { GatePinned }, Decide(alarmed, GateAlone, "SHA256:gate").Value, strict: true);
    }

    [Theory]
    [InlineData("ada@gate", "ada", "gate", 22)]
    [InlineData("ada.l@login-1.example.org:2222", "ada.l", "login-1.example.org", 2222)]
    [InlineData("ada@[2001:db8::1]:22", "ada", "2001:db8::1", 22)]
    public void A_jump_host_is_read(string text, string user, string host, int port) =>
        Assert.Equal(new JumpHost(user, host, port), JumpHost.Read(text));

    [Theory]
    [InlineData("gate")]
    [InlineData("ada@gate:0")]
    [InlineData("ada@gate:65536")]
    [InlineData("ada@2001:db8::1")]
    [InlineData("-ada@gate")]
    [InlineData("ada@-oProxyCommand=id")]
    [InlineData("ada@gate;id")]
    [InlineData("ada@$(id)")]
    [InlineData("`id`@gate")]
    [InlineData("ada@gate -o ProxyCommand=id")]
    [InlineData("ada@gate\nProxyCommand id")]
    [InlineData("ada@gate\n")]
    public void What_is_no_jump_host_is_refused(string text)
    {
        var problem = Assert.Single(SettingsRules.Check(Settings with { JumpHosts = [text] }));
        Assert.Equal(("INVALID_INPUT", "jumpHosts"), (problem.Code, problem.Field));
    }

    private static Result<IReadOnlyList<object>> Decide(object[] facts, SeenHostKeys seen, params string[] fingerprints) =>
        PinHostKeys.Decide(Given(facts), new(Id, fingerprints), seen);

    private static Machine Given(params object[] facts) => facts.Aggregate(Machine.Empty, (machine, fact) =>
        machine.Apply(new Recorded(1, "machine", 1, Guid.Empty, "", 1, "", fact, new("system", "portal", "worker", Guid.Empty), default, default)));
}
