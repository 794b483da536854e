using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Machines;

/// <summary>The host keys that answer on the way to a machine now.</summary>
[Name("SeenHostKeys")]
public sealed class HostKeysNode(SeenHostKeys seen)
{
    /// <summary>Those of the machine itself; none when it could not be seen.</summary>
    public IReadOnlyList<HostKey> Keys => seen.Keys;

    /// <summary>Those of the jump hosts, nearest first, as far as they could be seen.</summary>
    public IReadOnlyList<JumpHostKeys> JumpHosts => seen.JumpHosts;

    /// <summary>Why nothing further could be seen; null when all was.</summary>
    public StoppedLook? Stopped => seen.Stopped is { } stopped ? new(stopped) : null;
}

/// <summary>Why a look for host keys went no further.</summary>
public sealed class StoppedLook(Problem problem)
{
    /// <summary>`CONFIRM_FIRST`, `TOKEN_NEEDED`, `LOGIN_REFUSED`, `ADDRESS_REFUSED` or `MACHINE_UNREACHABLE`.</summary>
    public string Code => problem.Code;

    /// <summary>A sentence for people.</summary>
    public string Message => problem.Message;

    /// <summary>What to do.</summary>
    public string? Advice => problem.Advice;
}
