using System.Diagnostics;
using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>An ssh-agent(1) of one site: the only place where its private key lives, in memory that cannot be swapped or traced.</summary>
internal sealed class KeyAgent : IAsyncDisposable
{
    private readonly Process _process;

    private KeyAgent(Process process, string publicKey) => (_process, PublicKey) = (process, publicKey);

    /// <summary>The public half, as a line.</summary>
    public string PublicKey { get; }

    /// <summary>Starts one on a socket and hands the key over; it never touches a file.</summary>
    public static async Task<KeyAgent> StartAsync(RuntimeFolder folder, PrivateKey key, TimeSpan lifetime, CancellationToken cancel)
    {
        var socket = folder["agent"];
        var process = Guarded.Start(["ssh-agent", "-D", "-a", socket], folder.Path);
        try
        {
            if (await process.StandardOutput.ReadLineAsync(cancel) is null)
                throw new PlaceException(FaultKind.Blocking, new(FailureName.Internal, "The agent for the key could not be started.",
                    await process.StandardError.ReadToEndAsync(cancel), "Install the OpenSSH client on the portal's machine."));
            var variables = new Dictionary<string, string> { ["SSH_AUTH_SOCK"] = socket };
            var seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await ToolAsync(["ssh-add", "-q", "-t", seconds, "-"], key.Text, variables, cancel);
            return new(process, (await ToolAsync(["ssh-add", "-L"], default, variables, cancel)).Trim());
        }
        catch
        {
            await Guarded.EndAsync(process);
            throw;
        }
    }

    private static async Task<string> ToolAsync(string[] command, ReadOnlyMemory<byte> input, Dictionary<string, string> variables,
        CancellationToken cancel)
    {
        using var process = Spawn.Start(command[0], command[1..], variables);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardInput.BaseStream.WriteAsync(input, cancel);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancel);
            await error;
            // What it complains about may quote its input: it is not passed on.
            return process.ExitCode == 0 ? await output : throw Refused();
        }
        catch (IOException)
        {
            throw Refused();
        }
        finally
        {
            Spawn.End(process);
        }
    }

    private static PlaceException Refused() => new(FaultKind.Blocking, new(FailureName.CredentialUnavailable,
        "The private key could not be used.", Advice: "Rotate the credential."));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Guarded.EndAsync(_process);
}
