using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Credentials;
using Portal.Jobs.Credentials;
using Portal.Jobs.Sites.OpenSsh;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;
using Portal.Web.Edge.Tls;

namespace Portal.Tests.Web.Composition;

/// <summary>Keys as they are really made: of which kind, and how strong.</summary>
public sealed class KeysMadeTests(RunningPortalFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_for_machines_are_Ed25519_each_another()
    {
        var forge = new OpenSshKeyForge(new());
        var (first, second) = (await forge.CreateAsync("tests", Cancel), await forge.CreateAsync("tests", Cancel));
        Assert.NotEqual(first.PublicKey, second.PublicKey);
        foreach (var pair in (KeyPair[])[first, second])
        {
            // RFC 8709: the name of the algorithm, then the 32 bytes of the point, each with its length.
            var blob = Convert.FromBase64String(pair.PublicKey.Split(' ')[1]);
            Assert.Equal("ssh-ed25519", Encoding.ASCII.GetString(blob, 4, 11));
            Assert.Equal(32, BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(15)));
            Assert.Equal(4 + 11 + 4 + 32, blob.Length);
        }
        Assert.Equal(await FingerprintAsync(first.PublicKey), $"256 {first.Fingerprint} tests (ED25519)");
    }

    [Fact]
    public void The_certificate_that_the_portal_makes_is_of_P256_and_signed_with_SHA256()
    {
        var folder = Directory.CreateTempSubdirectory("portal-tests-keys-").FullName;
        try
        {
            var (certificate, key) = DevelopmentCertificate.In(folder, DateTimeOffset.UtcNow);
            using var made = X509Certificate2.CreateFromPemFile(certificate, key);
            using var pair = made.GetECDsaPrivateKey();
            Assert.Equal("1.2.840.10045.3.1.7", pair!.ExportParameters(false).Curve.Oid.Value); // prime256v1, RFC 5480
            Assert.Equal("1.2.840.10045.4.3.2", made.SignatureAlgorithm.Value); // ecdsa-with-SHA256, RFC 5758
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Keys_of_cookies_are_for_AES_256_GCM_and_lie_sealed()
    {
        var portal = await fixture.PortalAsync(Cancel);
        portal.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("tests").Protect("one");
        foreach (var path in Directory.GetFiles(Path.Combine(portal.Folder, "keys"), "key-*.xml"))
        {
            var file = XDocument.Load(path);
            Assert.Equal("AES_256_GCM", file.Descendants("encryption").Single().Attribute("algorithm")!.Value);
            var lying = file.Descendants().Single(element => element.Name.LocalName == "sealed");
            IXmlDecryptor opener = new SealedXmlOpener(portal.Services);
            Assert.Equal(64, Convert.FromBase64String(opener.Decrypt(lying).Value).Length);
        }
    }

    [Fact]
    public void The_portals_own_key_and_security_tokens_have_256_bits()
    {
        Assert.Equal(32, Convert.FromBase64String(MasterKey.NewText()).Length);
        Assert.NotEqual(MasterKey.NewText(), MasterKey.NewText());
        Assert.Equal(32, SealingToken.SecretBytes);
    }

    private static async Task<string> FingerprintAsync(string publicKey)
    {
        using var keygen = Process.Start(new ProcessStartInfo("ssh-keygen", ["-lf", "-"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await keygen.StandardInput.WriteLineAsync(publicKey);
        keygen.StandardInput.Close();
        var text = await keygen.StandardOutput.ReadToEndAsync(Cancel);
        await keygen.WaitForExitAsync(Cancel);
        return text.Trim();
    }
}
