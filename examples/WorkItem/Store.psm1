# Where the files of a run are kept: a folder, or a prefix in Amazon S3 (s3://bucket/prefix), which needs AWS Tools for PowerShell
# (the module AWS.Tools.S3). A file is written as a whole or not at all. Names are relative to the store, with slashes.

# A module does not have the preferences of its callers.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Split-StoreUri([string] $Store) {
    if ($Store -notmatch '^s3://(?<bucket>[^/]+)/?(?<prefix>.*?)/?$') {
        return
    }

    if (-not (Get-Command -Name 'Write-S3Object' -ErrorAction SilentlyContinue)) {
        throw 'A store in Amazon S3 needs the module AWS.Tools.S3, which was not found. Install it (Install-Module AWS.Tools.S3), or specify a folder.'
    }

    @{ Bucket = $Matches['bucket']; Prefix = if ($Matches['prefix']) { $Matches['prefix'] + '/' } else { '' } }
}

<#
.SYNOPSIS
Lists the names of the files below a folder of the store, in their order.
#>
function Get-StoreFile([string] $Store, [string] $Folder) {
    $s3 = Split-StoreUri $Store
    $names = if ($s3) {
        @((Get-S3Object -BucketName $s3.Bucket -KeyPrefix "$($s3.Prefix)$Folder/").Key) -ne $null |
            ForEach-Object -Process { $_.Substring($s3.Prefix.Length) }
    }
    else {
        $root = [IO.Path]::GetFullPath([IO.Path]::Combine($Store, $Folder))
        if ([IO.Directory]::Exists($root)) {
            [IO.Directory]::EnumerateFiles($root, '*', 'AllDirectories') |
                ForEach-Object -Process { "$Folder/" + $_.Substring($root.Length + 1).Replace('\', '/') }
        }
    }
    $names | Sort-Object
}

<#
.SYNOPSIS
Gets the path of a local copy of a file in the store: the file itself, if the store is a folder.
#>
function Receive-StoreFile([string] $Store, [string] $Name, [string] $TemporaryFolder) {
    $s3 = Split-StoreUri $Store
    if (-not $s3) {
        return [IO.Path]::GetFullPath([IO.Path]::Combine($Store, $Name))
    }

    $path = [IO.Path]::Combine($TemporaryFolder, $Name)
    [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
    [void] (Read-S3Object -BucketName $s3.Bucket -Key "$($s3.Prefix)$Name" -File $path)
    $path
}

<#
.SYNOPSIS
Puts a file into the store. An existing file of this name is replaced.
#>
function Send-StoreFile([string] $Store, [string] $Name, [string] $Path) {
    $s3 = Split-StoreUri $Store
    if ($s3) {
        Write-S3Object -BucketName $s3.Bucket -Key "$($s3.Prefix)$Name" -File $Path
        return
    }

    $target = [IO.Path]::GetFullPath([IO.Path]::Combine($Store, $Name))
    [void] [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
    # Readers see the old file or the new one, never a part of it.
    $part = "$target.$([guid]::NewGuid()).part"
    [IO.File]::Copy($Path, $part)
    Move-Item -LiteralPath $part -Destination $target -Force
}

<#
.SYNOPSIS
Runs a script block with the path of an empty folder, and removes the folder afterwards.
#>
function Use-TemporaryFolder([scriptblock] $Script) {
    $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine([IO.Path]::GetTempPath(), "CisAws-$([guid]::NewGuid())")).FullName
    try {
        & $Script $folder
    }
    finally {
        [IO.Directory]::Delete($folder, $true)
    }
}

<#
.SYNOPSIS
Gets the time of a run as names contain it: 20270331T050000Z.
#>
function Get-StoreTime([datetime] $Time) {
    $Time.ToUniversalTime().ToString('yyyyMMddTHHmmssZ', [cultureinfo]::InvariantCulture)
}

<#
.SYNOPSIS
Gets the newest evidence of each account that was collected at a time or later, as a hashtable from account IDs to names.
#>
function Get-StoreEvidence([string] $Store, [datetime] $Since, [string] $AccountId) {
    $first = Get-StoreTime $Since
    $newest = @{}
    # Names contain the time, so that they sort by it.
    foreach ($name in Get-StoreFile $Store "runs$(if ($AccountId) { "/$AccountId" })") {
        if ($name -match '^runs/(?<account>\d{12})/(?<time>\d{8}T\d{6}Z)\.cisevidence$' -and [string]::CompareOrdinal($Matches['time'], $first) -ge 0) {
            $newest[$Matches['account']] = $name
        }
    }
    $newest
}
