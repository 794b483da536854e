using System.IO.Pipelines;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.Domain.Workflows.Description;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Data;

/// <summary>Reads files at a project's places.</summary>
public sealed class PlaceReader(Places places) : IPlaceReader
{
    /// <inheritdoc/>
    public async Task<Result<Stream>> ReadAsync(Id<Project> project, Location location, CancellationToken cancel)
    {
        try
        {
            var (files, path) = await places.OpenAsync(project, location, cancel);
            // A place that cannot be reached says so with the first byte: while there still is somebody to be told.
            var reader = PipeReader.Create(await files.ReadAsync(path, 0, cancel));
            var first = await reader.ReadAsync(cancel);
            reader.AdvanceTo(first.Buffer.Start);
            return reader.AsStream();
        }
        catch (PlaceException fault)
        {
            return fault.ToProblem();
        }
    }
}
