using Portal.GraphQL.CodeFirst;

namespace Portal.GraphQL.Transport.Uploads;

/// <summary>The files of a request, in the folder for temporary files until the request is answered.</summary>
internal sealed class UploadedFiles : IDisposable
{
    private readonly List<UploadedFile> _files = [];

    public UploadedFile Add(string name, string? type)
    {
        var file = new UploadedFile(name, type);
        _files.Add(file);
        return file;
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());
}

/// <summary>One file. GraphQL multipart request specification.</summary>
internal sealed class UploadedFile(string name, string? type) : IUpload, IDisposable
{
    // It is away when this is closed, whatever happens to the process.
    private readonly FileStream _stored = Store();

    public string Name => name;

    public string? ContentType => type;

    public long Length { get; private set; }

    public async Task FillAsync(Stream content, CancellationToken cancel)
    {
        await content.CopyToAsync(_stored, cancel);
        await _stored.FlushAsync(cancel);
        Length = _stored.Length;
    }

    public Stream Open() =>
        new FileStream(_stored.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, true);

    public void Dispose() => _stored.Dispose();

    private static FileStream Store()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(Path.Combine(Path.GetTempPath(), $"upload-{Guid.NewGuid():N}"), options);
    }
}
