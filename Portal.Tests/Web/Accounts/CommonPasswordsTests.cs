using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("abcabcabcabc")]
    [InlineData("Tides!Tides!Tides!")]
    [InlineData("letmeinletmein12")]
    public void A_piece_over_and_over_is_refused(string password) => Assert.True(CommonPasswords.Repeats(password));

    [Theory]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop[]")]
    [InlineData("QWERTYuiop123")]
    [InlineData("abcdefghijklm")]
    [InlineData("poiuytrewq09")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("asdfghjkl1234!")]
    public void What_runs_along_the_keys_or_the_alphabet_is_refused(string password) =>
        Assert.True(CommonPasswords.IsSequence(password));

    [Theory]
    [InlineData("password2026!")]
    [InlineData("Pa$$w0rd12345")]
    [InlineData("welcome-to-portal-1")]
    [InlineData("iloveyou123456")]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("Admin.Secret.2025")]
    public void A_few_common_words_are_refused_whatever_stands_between(string password) =>
        Assert.True(CommonPasswords.IsCommon(password));

    [Theory]
    [InlineData("christopher1999")]
    [InlineData("unbelievable123")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("ch3l5ea#2026")]
    public void What_is_made_of_the_commonest_passwords_and_names_is_refused(string password) =>
        Assert.True(CommonPasswords.IsGuessedSoon(password));

    [Fact]
    public void The_three_thousand_commonest_are_refused_however_they_are_made_long_enough()
    {
        var lists = typeof(Zxcvbn.Zxcvbn).Assembly;
        using var list = new StreamReader(lists.GetManifestResourceStream(
            lists.GetManifestResourceNames().Single(name => name.EndsWith("passwords.lst", StringComparison.Ordinal)))!);
        var commonest = list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3000).ToList();
        Assert.Equal(3000, commonest.Count);
        Assert.All(commonest, password => Assert.True(CommonPasswords.IsGuessedSoon(password), password));
        Assert.All(commonest, password => Assert.True(CommonPasswords.IsGuessedSoon(password.PadRight(PasswordRules.MinimumLength, '1')), password));
    }

    [Fact]
    public void A_long_one_is_judged_by_its_beginning() =>
        Assert.False(CommonPasswords.IsGuessedSoon("the tide comes in twice a day at saint-malo " + new string('x', 200)));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("another long sentence")]
    [InlineData("my first summer in london")]
    [InlineData("kT9-vw2.Lq7,xR")]
    [InlineData("493857201948")]
    public void A_phrase_and_chance_are_taken(string password) => Assert.False(
        CommonPasswords.Repeats(password) || CommonPasswords.IsSequence(password) || CommonPasswords.IsCommon(password) || CommonPasswords.IsGuessedSoon(password));
}
