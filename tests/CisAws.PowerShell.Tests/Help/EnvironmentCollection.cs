using System;

namespace CisAws.PowerShell.Tests;

/// <summary>Runs alone: the environment belongs to the process.</summary>
[CollectionDefinition(nameof(Environment), DisableParallelization = true)]
public sealed class EnvironmentCollection;
