#!/usr/bin/env pwsh
# Sets up what is missing, builds what changed, then runs the console in src/Console: ./rabbit for PowerShell and Windows.
#
#   ./rabbit.ps1                 the journey of one prompt; `./rabbit.ps1 --help` lists the commands
#   ./rabbit.ps1 test [NAME]     builds everything, runs all tests and notebooks (or those of tests/NAME)
#   ./rabbit.ps1 build           sets up and builds, and runs nothing
#
# RABBIT_TORCH=cpu|cuda names the libtorch that computes; without it cuda is taken where nvidia-smi answers and its packages restore.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$state = Join-Path $root '.rabbit'
$console = Join-Path $root 'bin/rabbit.dll'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
# A first answer does without what it has no use for: the analyzers, and the C# compiler compiled ahead, with which kernels start in half the
# time. Once a build was whole, all later ones are.
$whole = Join-Path $state 'whole'
$wholeBuild = ((Test-Path $whole) -or ("$args" -match '^(test|build|run|open|jupyter|vscode|kernel install)\b')).ToString().ToLowerInvariant()
$onWindows = $env:OS -eq 'Windows_NT'

function Say([string] $text) { [Console]::Error.WriteLine($text) }

function Stop-Rabbit([string[]] $lines) {
    Say "rabbit: $($lines[0])"
    $lines | Select-Object -Skip 1 | ForEach-Object { Say "  $_" }
    exit 1
}

function Assert-Sdk {
    $version = $null
    if (Get-Command dotnet -ErrorAction SilentlyContinue) {
        Push-Location $root
        try { $version = dotnet --version 2>$null } finally { Pop-Location }
    }
    if (-not $version) {
        Stop-Rabbit 'the .NET SDK 10 is missing. Install it with:', 'winget install Microsoft.DotNet.SDK.10', `
            'or see https://dotnet.microsoft.com/download, then run this again.'
    }
    Say "[1/3] .NET SDK $version"
}

function Test-Gpu {
    if (-not (Get-Command nvidia-smi -ErrorAction SilentlyContinue)) { return $false }
    nvidia-smi *>$null
    return $LASTEXITCODE -eq 0
}

# A project beside no other one's settings restores the CUDA packages, or does not.
function Test-CudaPackages {
    $id = if ($onWindows) { 'TorchSharp-cuda-windows' } else { 'TorchSharp-cuda-linux' }
    $version = ([xml](Get-Content (Join-Path $root 'Directory.Packages.props') -Raw)).SelectSingleNode("//PackageVersion[@Include='$id']").Version
    $probe = Join-Path $state 'probe'
    New-Item -ItemType Directory -Force $probe | Out-Null
    'Directory.Build.props', 'Directory.Build.targets', 'Directory.Packages.props' | ForEach-Object { Set-Content (Join-Path $probe $_) '<Project />' }
    Set-Content (Join-Path $probe 'probe.csproj') ('<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>' +
        "<ItemGroup><PackageReference Include=`"$id`" Version=`"$version`" /></ItemGroup></Project>")
    dotnet restore (Join-Path $probe 'probe.csproj') -p:NuGetAudit=false *>(Join-Path $probe 'log')
    return $LASTEXITCODE -eq 0
}

function Get-Provider {
    $asked = $env:RABBIT_TORCH
    if ($asked -and $asked -notin 'cpu', 'cuda') { Stop-Rabbit "RABBIT_TORCH is '$asked'; it must be cpu or cuda." }
    $file = Join-Path $state 'provider'
    $kept = @{}
    if (Test-Path $file) { Get-Content $file | ForEach-Object { $pair = $_ -split '=', 2; $kept[$pair[0]] = $pair[1] } }
    if ($kept.provider -in 'cpu', 'cuda' -and (-not $asked -or $asked -eq $kept.asked)) { return $kept.provider }
    $provider, $why = if ($asked) { $asked, 'RABBIT_TORCH says so' }
        elseif (-not (Test-Gpu)) { 'cpu', 'there is no NVIDIA GPU (nvidia-smi finds none)' }
        elseif (Test-CudaPackages) { 'cuda', "there is an NVIDIA GPU, and TorchSharp's CUDA packages can be restored" }
        else { 'cpu', "there is an NVIDIA GPU, but TorchSharp's CUDA packages could not be restored; the GPU stays unused" }
    Say "[2/3] tensors: ${provider}: $why"
    if ($kept.provider -and $kept.provider -ne $provider) {
        # What one provider left in the output folders must not be found by the next.
        Get-ChildItem $root -Directory | Where-Object Name -In 'src', 'tests', 'bench' | Get-ChildItem -Directory | Get-ChildItem -Directory |
            Where-Object Name -In 'bin', 'obj' | Remove-Item -Recurse -Force
        Remove-Item (Join-Path $root 'bin'), $whole -Recurse -Force -ErrorAction SilentlyContinue
    }
    Set-Content $file "provider=$provider", "asked=$asked", "why=$why"
    return $provider
}

# Whether a source is newer than the last build.
function Test-Changed {
    $stamp = Join-Path $state 'built'
    if ($wholeBuild -eq 'true' -and -not (Test-Path $whole)) { return $true }
    if (-not ((Test-Path $console) -and (Test-Path $stamp))) { return $true }
    $built = (Get-Item $stamp).LastWriteTimeUtc
    $sources = @(Get-ChildItem (Join-Path $root 'src'), (Join-Path $root 'data/corpus'), (Join-Path $root 'data/exam') -Recurse -File) + @(Get-ChildItem $root -File | Where-Object { $_.Name -match '\.(props|targets)$|^global\.json$' })
    return [bool]($sources | Where-Object { $_.LastWriteTimeUtc -gt $built -and $_.FullName -notmatch '[\\/](bin|obj|node_modules|VsCode)[\\/]' } |
        Select-Object -First 1)
}

function Build([string] $project, [string] $provider) {
    $log = Join-Path $state 'build.log'
    Push-Location $root
    try { dotnet build $project -c Release --nologo -v quiet -clp:ErrorsOnly "-p:Torch=$provider" "-p:CompileAhead=$wholeBuild" "-p:RunAnalyzers=$wholeBuild" *>$log } finally { Pop-Location }
    if ($LASTEXITCODE -ne 0) {
        Get-Content $log | Select-String 'error|warning' | Select-Object -ExpandProperty Line -Unique | Select-Object -First 20 | ForEach-Object { Say $_ }
        Stop-Rabbit "the build failed; all of it is in $log"
    }
}

function Set-Up {
    New-Item -ItemType Directory -Force $state | Out-Null
    if ((Test-Path (Join-Path $state 'provider')) -and -not $env:RABBIT_TORCH -and -not (Test-Changed)) { return }
    Assert-Sdk
    $provider = Get-Provider
    if (-not (Test-Changed)) { return }
    Say '[3/3] build: the console, the engine and the tensors (a minute or two the first time)'
    $begun = Get-Date
    if ($wholeBuild -eq 'true' -and -not (Test-Path $whole)) {
        # What was compiled without analyzers is compiled again.
        Get-ChildItem (Join-Path $root 'src/*/obj/Release/net10.0/*.dll') -ErrorAction SilentlyContinue | Remove-Item
    }
    Build 'src/Console' $provider
    if ($wholeBuild -eq 'true') { Set-Content $whole '' }
    Set-Content (Join-Path $state 'built') ''
    (Get-Item (Join-Path $state 'built')).LastWriteTimeUtc = $begun.ToUniversalTime()
}

function Test-All([string] $name) {
    Set-Up
    $folders = Get-ChildItem (Join-Path $root 'tests') -Directory | Where-Object { -not $name -or $_.Name -eq $name }
    Say 'building all tests'
    Build 'LlmRabbitHoles.sln' (Get-Provider)
    $passed = 0; $failed = 0; $skipped = 0
    foreach ($folder in $folders) {
        foreach ($assembly in Get-ChildItem (Join-Path $folder.FullName 'bin/Release/net10.0') -Filter '*.Tests.dll' -ErrorAction SilentlyContinue) {
            $report = Join-Path $state "$($assembly.BaseName).xml"
            Remove-Item $report -ErrorAction SilentlyContinue
            Push-Location $root
            try { dotnet $assembly.FullName -noLogo -noColor -reporter quiet -result-xml $report } finally { Pop-Location }
            $code = $LASTEXITCODE
            $counts = if (Test-Path $report) { ([xml](Get-Content $report -Raw)).assemblies.assembly } else { $null }
            $p = [int]$counts.passed; $f = [int]$counts.failed + [int]$counts.errors; $s = [int]$counts.skipped
            # An assembly that crashed, hung or ran nothing counts as one failure.
            if ($p + $f -eq 0 -or ($code -ne 0 -and $f -eq 0)) { Write-Output "$($assembly.BaseName) ended with exit code $code"; $f++ }
            Say "$($assembly.BaseName): $p passed, $f failed, $s skipped"
            $passed += $p; $failed += $f; $skipped += $s
        }
    }
    if ($passed + $failed -eq 0) { Stop-Rabbit "there are no tests for '$name' under tests/ that PowerShell can run; those of Node are run by ./rabbit." }
    Write-Output ("$passed passed, $failed failed" + $(if ($skipped) { ", $skipped skipped" }))
    exit $(if ($failed) { 1 } else { 0 })
}

switch ($args[0]) {
    'test' { Test-All $args[1] }
    'build' {
        if ($args.Count -gt 1) { Say 'rabbit build takes no arguments.'; exit 2 }
        Set-Up
        exit 0
    }
    default {
        Set-Up
        $ErrorActionPreference = 'Continue'
        & dotnet $console @args
        exit $LASTEXITCODE
    }
}
