using System.Security.Cryptography;
using System.Xml.Linq;
using Portal.Jobs.Credentials;

namespace Portal.Web.Composition;

/// <summary>Data Protection's key files, sealed anew under the first of the portal's own keys; those that lay open are sealed too.</summary>
public static class CookieKeyFiles
{
    // As Data Protection writes them: XmlEncryptionExtensions and XmlConstants of ASP.NET Core.
    private static readonly XNamespace Protection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName Secret = Protection + "encryptedSecret";
    private static readonly XName Open = Protection + "requiresEncryption";

    /// <summary>Seals what is not under the first key. Gives how many files changed; tells of those that stay as they are.</summary>
    public static int SealAnew(string folder, MasterKeys keys, List<string> left)
    {
        var count = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "key-*.xml").Order(StringComparer.Ordinal).ToList())
        {
            try
            {
                var file = XDocument.Load(path);
                if (!Seal(file, keys)) continue;
                Write(path, file);
                count++;
            }
            catch (Exception fault) when (fault is CryptographicException or FormatException or System.Xml.XmlException)
            {
                left.Add($"{path}: {fault.Message}");
            }
        }
        return count;
    }

    private static bool Seal(XDocument file, MasterKeys keys)
    {
        var lying = file.Descendants().Where(element => (bool?)element.Attribute(Open) == true).ToList();
        var closed = file.Descendants(Secret).Where(element => element.Element("sealed") is { } one && !keys.SealedByCurrent(Convert.FromBase64String(one.Value)))
            .ToList();
        foreach (var element in lying)
            element.ReplaceWith(new XElement(Secret, new XAttribute("decryptorType", typeof(SealedXmlOpener).AssemblyQualifiedName!),
                SealedXml.Seal(keys, element)));
        foreach (var element in closed.Select(secret => secret.Element("sealed")!))
            element.ReplaceWith(SealedXml.Seal(keys, SealedXml.Open(keys, element)));
        return lying.Count + closed.Count > 0;
    }

    private static void Write(string path, XDocument file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var draft = path + ".new";
        using (var stream = new FileStream(draft, options))
        {
            file.Save(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
