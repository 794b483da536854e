using Portal.Domain.Audit;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Runs;

namespace Portal.Tests.Domain.Audit;

/// <summary>What differs between two moments of a thing, and between two runs.</summary>
public sealed class DifferencesTests
{
    private static IReadOnlyList<(string Section, string Name, string? Left, string? Right)> Rows(
        IReadOnlyList<Trait> left, IReadOnlyList<Trait> right, bool all = false) =>
        [.. Differences.Of(left, right, all).Select(one => (one.Section, one.Name, one.Left, one.Right))];

    [Fact]
    public void What_an_event_changed_is_the_difference_to_the_moment_before_it()
    {
        var before = Given.Run(Given.Submitting);
        var after = before.After(new JobSubmitted(Given.Id, "a", "k", "7", null), Given.Start.AddMinutes(1));
        Assert.Equal([("Step a", "State", "Submitting", "Queued"), ("Step a", "Job", null, "7")],
            Rows(RunTraits.Of(before), RunTraits.Of(after)));
        Assert.Empty(Rows(RunTraits.Of(after), RunTraits.Of(after)));
        Assert.Empty(RunTraits.Of(Run.Empty));
    }

    [Fact]
    public void What_failed_what_arrived_and_the_lease_are_among_it()
    {
        var done = Given.Run([.. Given.Queued, Given.Ended("a", "failed", FailureName.OutOfMemory),
            new RunFailed(Given.Id, new(FailureName.OutOfMemory, "It broke.")), new LeaseEnded(Given.Id, Given.Lease, "done")]);
        var traits = RunTraits.Of(done);
        string? Of(string section, string name) => traits.Single(trait => (trait.Section, trait.Name) == (section, name)).Value;
        Assert.Equal("Failed", Of("Run", "Phase"));
        Assert.Equal("OutOfMemory", Of("Run", "Failure"));
        Assert.Equal("OutOfMemory", Of("Step a", "Failure"));
        Assert.Equal("done", Of("Lease", "Ended"));
        Assert.Equal("3", Of("Input b (input-0)", "Arrived"));
        Assert.Equal("c0", Of("Code", "Commit"));
    }

    [Fact]
    public void All_rows_stand_in_the_order_of_the_left_side_and_what_only_the_right_has_behind()
    {
        Trait[] left = [new("A", "one", "1"), new("A", "two", "2"), new("B", "three", "3")];
        Trait[] right = [new("C", "four", "4"), new("A", "new", "5"), new("A", "one", "1"), new("A", "empty", null)];
        Assert.Equal([("A", "two", "2", null), ("A", "new", null, "5"), ("B", "three", "3", null), ("C", "four", null, "4")],
            Rows(left, right));
        Assert.Equal(["one", "two", "new", "three", "four"], Rows(left, right, all: true).Select(row => row.Name));
    }

    [Fact]
    public void Two_runs_differ_in_what_was_asked_for_what_it_was_made_of_and_what_came_of_it()
    {
        var one = Given.Run([.. Given.Done, new RunSucceeded(Given.Id)]);
        var request = Given.Submitted with
        {
            RunId = new(Guid.NewGuid()), Folder = "/work/runs/2", WorkflowVersion = 3,
            Parameters = new Dictionary<string, string> { ["grid"] = "64" },
        };
        var other = Given.Run([request, .. Given.Fetched[1..3], new TransferCompleted(Given.Id, "input-0", 4, "11", false),
            new CodeResolved(Given.Id, "u", "main", "c1"), new RunFailed(Given.Id, new(FailureName.CodeMissing, "Gone."))]);
        var rows = Rows(RunComparison.Of(one), RunComparison.Of(other));
        Assert.Contains(("Run", "Outcome", "Succeeded", "Failed"), rows);
        Assert.Contains(("Run", "Failure", null, "CodeMissing"), rows);
        Assert.Contains(("Workflow", "Version", "given with the request", "3"), rows);
        Assert.Contains(("Parameters", "grid", null, "64"), rows);
        Assert.Contains(("Code", "Commit", "c0", "c1"), rows);
        Assert.Contains(("Input in.csv", "SHA-256", "00", "11"), rows);
        Assert.Contains(("Input in.csv", "Size", "3", "4"), rows);
        Assert.Contains(("Step b", "State", "Succeeded", "Waiting"), rows);
        Assert.DoesNotContain(rows, row => row.Left?.Contains("/work", StringComparison.Ordinal) == true);
        Assert.Empty(Rows(RunComparison.Of(one),
            RunComparison.Of(one with { Submitted = one.Request with { RunId = default } })));
    }

    [Fact]
    public void Machines_and_projects_tell_their_settings_keys_and_members()
    {
        var machine = Machine.Empty with { Id = new(Guid.NewGuid()), HostKeys = [new("rsa", "SHA256:a", "A"), new("rsa",
            "SHA256:b", "B")] };
        var pinned = machine with { HostKeys = [new("ed25519", "SHA256:c", "C")], Retired = true };
        Assert.Equal([("Machine", "Retired", "no", "yes"), ("Host keys", "rsa", "SHA256:a\nSHA256:b", null),
            ("Host keys", "ed25519", null, "SHA256:c")], Rows(MachineTraits.Of(machine), MachineTraits.Of(pinned)));
        var project = Project.Empty.After(new ProjectCreated(new(Guid.NewGuid()), "Tides", Given.User, false));
        var joined = project.After(new MemberAdded(project.Id, "Tides", Given.User, Role.Viewer));
        var row = Assert.Single(Differences.Of(ProjectTraits.Of(project), ProjectTraits.Of(joined)));
        Assert.Equal(("Members", "Owner", "Viewer", Given.User), (row.Section, row.Left, row.Right, row.About));
    }
}
