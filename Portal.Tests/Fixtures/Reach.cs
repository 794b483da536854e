using System.Net;
using Portal.Jobs.Addresses;

namespace Portal.Tests.Fixtures;

/// <summary>All that tests connect to is on this machine, which nobody reaches where nothing is configured.</summary>
public static class Reach
{
    /// <summary>The setting of portals for tests.</summary>
    public const string Here = "*,127.0.0.0/8";

    /// <summary>A name that no server knows.</summary>
    public const string Named = "data.portal.test";

    /// <summary>The same for a part of one.</summary>
    public static OutgoingGate Gate { get; } = new(new() { Allow = Here });

    /// <summary>One that knows what <see cref="Named"/> stands for: these, one after the other, each time that it is asked.</summary>
    public static OutgoingGate Knowing(string allow, params string[] addresses)
    {
        var left = new Queue<string>(addresses);
        return new(new() { Allow = allow })
        {
            Resolve = (name, _) => Task.FromResult<IPAddress[]>(
                name == Named ? [IPAddress.Parse(left.Dequeue())] : throw new System.Net.Sockets.SocketException(11001)),
        };
    }
}
