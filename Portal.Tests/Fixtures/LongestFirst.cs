using Portal.Tests.Browser;
using Portal.Tests.Fixtures;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Portal.Tests.Fixtures;

/// <summary>Begins with the collections whose tests must follow one another, so that they are not what everybody waits for at the
/// end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
        [BrowserCollection.Name, SecondBrowserCollection.Name, nameof(SchedulerFaults), nameof(RunFaults)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(one => Place(one.TestCollectionDisplayName))
            .ThenBy(one => one.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place(string name) => Array.IndexOf(Long, name) is var place and >= 0 ? place : Long.Length;
}
