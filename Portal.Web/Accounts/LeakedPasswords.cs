using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Portal.Web.Accounts;

/// <summary>Passwords that have leaked somewhere, in a file of the operator's: a line each, the SHA-1 of the password in hexadecimal,
/// a colon and how often it was seen, ordered by hash. So the download of Pwned Passwords has it. Such files have many gigabytes:
/// it is searched where it lies, some forty small reads a password.</summary>
public sealed class LeakedPasswords : IDisposable
{
    private const int HashLength = 40;
    private const int LongestLine = 80;

    private readonly SafeFileHandle? file;
    private readonly long length;

    /// <summary>Opens the file, where one is configured.</summary>
    /// <param name="settings">Say which.</param>
    /// <exception cref="FormatException">It cannot be read, or is no such file.</exception>
    public LeakedPasswords(PasswordSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.LeakedFile.Length == 0) return;
        try
        {
            file = File.OpenHandle(settings.LeakedFile, options: FileOptions.RandomAccess);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FormatException(
                $"Portal:Passwords:LeakedFile: '{settings.LeakedFile}' cannot be read: {fault.Message}", fault);
        }
        length = RandomAccess.GetLength(file);
        if (HashAt(0) is not { } first || HashAt(LineFrom(Math.Max(0, length - LongestLine)) ?? 0) is not { } last
            || string.CompareOrdinal(first, last) > 0)
        {
            file.Dispose();
            throw new FormatException("Portal:Passwords:LeakedFile: lines of SHA-1 in hexadecimal, a colon and a number are needed, "
                + "ordered by hash.");
        }
    }

    /// <summary>Whether the password has leaked; never where there is no file.</summary>
    public bool Holds(string password)
    {
        if (file is null) return false;
        // SHA-1 protects nothing here: it is how the file names passwords.
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
        for (var (from, to) = (0L, length); from < to;)
        {
            var middle = from + (to - from) / 2;
            // The first line that begins at the middle or behind it stands for all that follow.
            if (LineFrom(middle) is not { } line || line >= to || HashAt(line) is not { } hash)
            {
                to = middle;
                continue;
            }
            var order = string.CompareOrdinal(hash, wanted);
            if (order == 0) return true;
            if (order < 0) from = line + 1;
            else to = middle;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    // Where the first line begins that begins there or behind; null if there is none.
    private long? LineFrom(long offset)
    {
        if (offset == 0) return 0;
        Span<byte> read = stackalloc byte[LongestLine];
        var end = read[..RandomAccess.Read(file!, read, offset - 1)].IndexOf((byte)'\n');
        return end >= 0 && offset + end < length ? offset + end : null;
    }

    private string? HashAt(long offset)
    {
        Span<byte> read = stackalloc byte[HashLength];
        var hash = RandomAccess.Read(file!, read, offset) == HashLength ? Encoding.ASCII.GetString(read).ToUpperInvariant() : "";
        return hash.Length == HashLength && hash.All(char.IsAsciiHexDigit) ? hash : null;
    }
}
