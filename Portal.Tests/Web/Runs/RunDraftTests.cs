using Portal.Web.Components.Runs.New;

namespace Portal.Tests.Web.Runs;

public sealed class RunDraftTests
{
    private static RunDraft Read(string text = RunSamples.Text)
    {
        var draft = new RunDraft();
        draft.Read(text);
        return draft;
    }

    [Fact]
    public void Fields_begin_with_the_defaults()
    {
        var draft = Read();
        Assert.Equal(("64", "first", ""), (draft.Value("grid"), draft.Value("label"), draft.Value("depth")));
    }

    [Fact]
    public void A_missing_value_is_named_at_its_field_and_there_is_no_plan()
    {
        var draft = Read();
        draft.Check(RunSamples.Id, "");
        Assert.Equal(RunDraft.FieldOf("depth"), Assert.Single(draft.ValueProblems).Field);
        Assert.Null(draft.Plan);
    }

    [Fact]
    public void With_all_values_there_is_a_plan()
    {
        var draft = Read();
        draft.Give("depth", "2.5");
        draft.Check(RunSamples.Id, "");
        Assert.Equal("input/depth.csv", Assert.Single(draft.Plan!.Inputs).To);
    }

    [Fact]
    public void An_emptied_number_takes_its_default_an_emptied_text_is_empty()
    {
        var draft = Read();
        draft.Give("grid", "");
        draft.Give("label", "");
        Assert.False(draft.Given.ContainsKey("grid"));
        Assert.Equal("", draft.Given["label"]);
    }

    [Fact]
    public void A_mistake_in_the_text_loses_no_value()
    {
        var draft = Read();
        draft.Give("grid", "128");
        draft.Read(RunSamples.Text + "\nnonsense: [");
        Assert.False(draft.Readable);
        Assert.All(draft.TextProblems, problem => Assert.NotNull(problem.Line));
        draft.Read(RunSamples.Text);
        Assert.Equal("128", draft.Value("grid"));
    }

    [Fact]
    public void Values_of_another_description_are_not_sent()
    {
        var draft = Read();
        draft.Give("elsewhere", "1");
        Assert.DoesNotContain("elsewhere", draft.Given.Keys);
    }
}
