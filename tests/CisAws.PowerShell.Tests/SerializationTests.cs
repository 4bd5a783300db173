using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CisAws.Benchmarks;
using CisAws.PowerShell.Commands;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.PowerShell.Tests;

/// <summary>What objects are after Export-Clixml, a job or a remote session: their properties, without their types.</summary>
public sealed class SerializationTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("Invoke-CisAssessment '1.9', '1.10' @account")]
    [InlineData("Invoke-CisAssessment '1.10' @account | Get-CisFinding")]
    [InlineData("Test-CisAccess '1.9', '2.6' @account")]
    [InlineData("Get-CisControl '1.9', '1.17'")]
    [InlineData("(Get-CisControl '1.9').Settings")]
    [InlineData("Get-CisProgram -Type Default")]
    [InlineData("Compare-CisProgram cis-aws-1.2.0 cis-aws-1.2.0-level-1")]
    [InlineData("Compare-CisMetricFilter '3.5' '{ $.eventName = CreateTrail }'")]
    [InlineData("New-CisExemption '4.*' -Reason r -Owner o")]
    [InlineData("New-CisAttestation '1.17' -Status Passed -Explanation 'Compared.' -UpdatedBy 'A. Lind' -Frequency annually")]
    public void Ids_and_statuses_come_back_as_their_text(string script)
    {
        var live = _session.Objects(script, DemoServer.Account(demo.Server));
        var read = _session.Objects("($live | ConvertTo-CliXml -Depth 3 | ConvertFrom-CliXml)", ("live", live));
        var texts = live.Zip(read, (l, r) => (l, r)).SelectMany(p => p.l.Properties
            .Where(property => property.Value is Enum or ControlId or ControlSelector)
            .Select(property => (Written: property.Value.ToString(), Read: p.r.Properties[property.Name].Value))).ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts, t => Assert.Equal(t.Written, Assert.IsType<string>(t.Read)));
    }

    [Fact]
    public void They_can_be_asked_for_then()
    {
        const string Script =
            """
            $live = Invoke-CisAssessment '1.9', '1.10' @account
            $read = $live | ConvertTo-CliXml -Depth 3 | ConvertFrom-CliXml
            $read | Where-Object Status -eq Fail | Where-Object ControlId -eq '1.10' | Get-CisFinding -Status Fail
            """;
        Assert.Single(_session.Objects(Script, DemoServer.Account(demo.Server)));
    }

    /// <summary>
    /// ConvertTo-Json writes an enumeration by its name only where its numbers are of 64 bits, and of classes only a Uri by its text.
    /// </summary>
    [Fact]
    public void What_cmdlets_return_is_text_in_JSON_where_people_read_text()
    {
        var seen = new HashSet<Type>();
        var types = new Queue<Type>(typeof(InvokeCisAssessmentCommand).Assembly.GetTypes()
            .SelectMany(t => t.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(a => a.Type).Select(t => t.Type));
        while (types.TryDequeue(out var type))
        {
            if (type.IsGenericType || type.IsArray)
            {
                (type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()).ToList().ForEach(types.Enqueue);
            }
            else if (type.Namespace!.StartsWith("CisAws.", StringComparison.Ordinal) && seen.Add(type))
            {
                Assert.True(!type.IsEnum || Enum.GetUnderlyingType(type) == typeof(long), $"{type}: ConvertTo-Json would write its numbers.");
                if (!typeof(TextValue).IsAssignableFrom(type))
                {
                    type.GetProperties().ToList().ForEach(p => types.Enqueue(p.PropertyType));
                }
            }
        }

        Assert.Contains(typeof(CisStatus), seen);
        Assert.Contains(typeof(ControlSelector), seen);
    }

    public void Dispose() => _session.Dispose();
}
