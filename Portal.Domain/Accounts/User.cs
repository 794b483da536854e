namespace Portal.Domain.Accounts;

/// <summary>A person, known to events by id alone; name, address and password stand in Identity's tables.</summary>
public abstract class User;
