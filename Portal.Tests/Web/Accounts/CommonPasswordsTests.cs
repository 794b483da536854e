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
    [InlineData("correct horse battery")]
    [InlineData("another long sentence")]
    [InlineData("my first summer in london")]
    [InlineData("kT9-vw2.Lq7,xR")]
    [InlineData("493857201948")]
    public void A_phrase_and_chance_are_taken(string password) => Assert.False(
        CommonPasswords.Repeats(password) || CommonPasswords.IsSequence(password) || CommonPasswords.IsCommon(password));
}
