using System.Diagnostics;
using Portal.Web.Composition;

namespace Portal.Tests.Web.Composition;

public sealed class BadSettingTests
{
    [Theory]
    [InlineData("Portal:SignUp", "perhaps", "'perhaps' is none of open, invitation and closed.")]
    [InlineData("Portal:Seals:Every", "00:00:00.5", "between a second and a day.")]
    [InlineData("Portal:Archives:After", "0", "days, 1 to 36500.")]
    [InlineData("Portal:Archives:After", "30", "there is no folder to archive to; name it by Portal:Archives:Folder.")]
    [InlineData("Portal:Providers:campus:ClientId", "", "ClientId is needed.")]
    public async Task What_cannot_be_meant_is_told_in_a_line_and_ends_the_portal(string name, string value, string why)
    {
        var folder = Directory.CreateTempSubdirectory("portal-setting-").FullName;
        try
        {
            using var portal = Process.Start(new ProcessStartInfo("dotnet",
                [typeof(PortalHost).Assembly.Location, "--Portal:DataFolder", folder, "--urls", "http://127.0.0.1:0", $"--{name}", value])
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            })!;
            var (words, rest) = (portal.StandardError.ReadToEndAsync(), portal.StandardOutput.ReadToEndAsync());
            await portal.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"The portal was not started. {name[..(name.Contains("campus", StringComparison.Ordinal) ? name.LastIndexOf(':') : name.Length)]}: {why}\n",
                await words);
            Assert.Equal(78, portal.ExitCode);
            await rest;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
