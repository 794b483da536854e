namespace Portal.Domain.Machines;

/// <summary>One step of a connection test.</summary>
/// <param name="Name"><c>reach</c>, <c>host-key</c>, <c>login</c>, <c>work-folder</c>, <c>install-folder</c>, <c>data-folder</c> or <c>scheduler</c>.</param>
/// <param name="Ok">Whether it went well.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="Advice">What to do when it failed.</param>
/// <param name="JumpHost">The jump host that it failed at; null for the machine itself.</param>
public sealed record CheckStep(string Name, bool Ok, string Message, string? Advice = null, string? JumpHost = null);
