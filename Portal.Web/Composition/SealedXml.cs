using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Portal.Jobs.Credentials;

namespace Portal.Web.Composition;

/// <summary>Seals the secret parts of Data Protection's key files under the portal's own key.</summary>
public sealed class SealedXml(MasterKeys keys) : IXmlEncryptor
{
    internal const string Context = "portal/data-protection";

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(Seal(keys, plaintextElement), typeof(SealedXmlOpener));

    /// <summary>The element with a sealed one in it.</summary>
    internal static XElement Seal(MasterKeys keys, XElement plain)
    {
        var bytes = Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting));
        var envelope = keys.Seal(Context, bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return new("sealed", Convert.ToBase64String(envelope));
    }

    /// <summary>The element that was sealed.</summary>
    /// <exception cref="CryptographicException">It does not open; the message says which key is missing.</exception>
    internal static XElement Open(MasterKeys keys, XElement closed)
    {
        var envelope = Convert.FromBase64String(closed.Value);
        var bytes = keys.Open(Context, envelope)
            ?? throw new CryptographicException($"A key of cookies does not open: {keys.WhyClosed(envelope)}");
        var plain = XElement.Parse(Encoding.UTF8.GetString(bytes));
        CryptographicOperations.ZeroMemory(bytes);
        return plain;
    }
}

/// <summary>Opens what <see cref="SealedXml"/> sealed. Made by Data Protection, by the name that stands in the key file.</summary>
public sealed class SealedXmlOpener(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement) => SealedXml.Open(services.GetRequiredService<MasterKeys>(), encryptedElement);
}
