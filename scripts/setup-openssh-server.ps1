#Requires -Version 5.1
<#
.SYNOPSIS
Makes a Windows centre ready for the tunnels of the GPU servers.

.DESCRIPTION
Installs and starts OpenSSH Server, lets only the given servers through the firewall, and restricts one user to one
forward: to the proxy at 127.0.0.1 of this machine. It can be run again at any time: what is right already
is left as it is. With -WhatIf it only says what it would do.

Windows Server 2019, Windows 10 1809, or later. Run it in a PowerShell that was started as administrator.

.PARAMETER User
A user of this machine for the tunnels. Best one of its own that is no administrator; it must have logged in once.

.PARAMETER ServerAddress
The IP addresses of the GPU servers, or networks such as 10.0.0.0/24. Nobody else reaches sshd.

.PARAMETER AuthorizedKey
The lines that setup-ssh-keys.sh prints on the servers. Without any, keys are left as they are.

.PARAMETER ProxyPort
Where the proxy listens on 127.0.0.1.

.PARAMETER SshPort
Where sshd listens.

.EXAMPLE
.\setup-openssh-server.ps1 -User tunnel -ServerAddress 10.0.0.11, 10.0.0.12

.EXAMPLE
.\setup-openssh-server.ps1 -User tunnel -ServerAddress 10.0.0.0/24 -AuthorizedKey (Get-Content .\keys.txt)
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [ValidatePattern('^[A-Za-z0-9_][A-Za-z0-9._\\-]*$')]
    [string] $User,

    [Parameter(Mandatory)]
    [ValidatePattern('^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$')]
    [string[]] $ServerAddress,

    [string[]] $AuthorizedKey = @(),

    [ValidateRange(1, 65535)]
    [int] $ProxyPort = 7879,

    [ValidateRange(1, 65535)]
    [int] $SshPort = 22
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Administrators = 'S-1-5-32-544'
$LocalSystem = 'S-1-5-18'
$FirewallRule = 'OpenSSH-Server-In-TCP'
$BlockBegin = '# BEGIN mon tunnel'
$BlockEnd = '# END mon tunnel'
# Words that older versions do not know would keep sshd from starting, or the key from being taken.
$OldestVersion = [version] '7.6'
$PermitListenVersion = [version] '7.8'

function Assert-Elevation {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = [Security.Principal.WindowsPrincipal]::new($identity)
    if ($principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) { return }
    throw 'This must run as administrator: right-click PowerShell, "Run as administrator", and run it again.'
}

function Assert-AuthorizedKey {
    $form = '^restrict,port-forwarding,permitopen="127\.0\.0\.1:{0}"(,permitlisten="127\.0\.0\.1:1")?,command="/bin/false" ssh-ed25519 [A-Za-z0-9+/=]+( [\x21-\x7E]+)?$' -f $ProxyPort
    foreach ($line in $AuthorizedKey) {
        if ($line -notmatch $form) {
            throw "Not a line of setup-ssh-keys.sh for proxy port ${ProxyPort}: $line"
        }
    }
}

function Install-Server {
    if (Get-Service -Name sshd -ErrorAction SilentlyContinue) { return }
    if (-not $PSCmdlet.ShouldProcess('OpenSSH.Server', 'Install the Windows capability')) { return }
    Add-WindowsCapability -Online -Name 'OpenSSH.Server~~~~0.0.1.0' | Out-Null
}

# Where the service's own sshd.exe is: it may have come with Windows or from a package.
function Get-ServerFolder {
    $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='sshd'"
    if ($null -eq $service) { return $null }
    return Split-Path -Parent ($service.PathName.Trim('"'))
}

function Get-ServerVersion([string] $folder) {
    $version = (Get-Item (Join-Path $folder 'sshd.exe')).VersionInfo
    return [version]::new($version.FileMajorPart, $version.FileMinorPart)
}

# The first start makes the configuration and the host keys.
function Start-Server {
    $service = Get-Service -Name sshd
    if ($service.StartType -ne 'Automatic' -and $PSCmdlet.ShouldProcess('sshd', 'Start it with Windows')) {
        Set-Service -Name sshd -StartupType Automatic
    }
    if ($service.Status -ne 'Running' -and $PSCmdlet.ShouldProcess('sshd', 'Start it')) {
        Start-Service -Name sshd
    }
}

function Set-Firewall {
    $rule = Get-NetFirewallRule -Name $FirewallRule -ErrorAction SilentlyContinue
    $what = "Let only $($ServerAddress -join ', ') reach port $SshPort"
    if (-not $PSCmdlet.ShouldProcess("Firewall rule $FirewallRule", $what)) { return }
    if ($null -eq $rule) {
        New-NetFirewallRule -Name $FirewallRule -DisplayName 'OpenSSH Server (sshd)' -Direction Inbound `
            -Protocol TCP -LocalPort $SshPort -RemoteAddress $ServerAddress -Action Allow -Enabled True | Out-Null
    }
    else {
        Set-NetFirewallRule -Name $FirewallRule -Protocol TCP -LocalPort $SshPort `
            -RemoteAddress $ServerAddress -Action Allow -Enabled True
    }
}

# Plain ASCII without a byte order mark, which sshd would read as a part of the first word.
function Write-Lines([string] $file, [string[]] $lines) {
    [IO.File]::WriteAllLines($file, $lines, [Text.ASCIIEncoding]::new())
}

function Read-Lines([string] $file) {
    if (-not (Test-Path -LiteralPath $file)) { return @() }
    return @([IO.File]::ReadAllLines($file))
}

# By SID: the names of groups are translated on Windows in other languages.
function Protect-File([string] $file, [string[]] $sids) {
    $grants = $sids | ForEach-Object { '/grant'; "*${_}:F" }
    & icacls.exe $file /inheritance:r @grants | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls failed on $file ($LASTEXITCODE)." }
}

function Get-UserSid {
    $account = [Security.Principal.NTAccount]::new($User)
    try { return $account.Translate([Security.Principal.SecurityIdentifier]).Value }
    catch { throw "There is no user $User. Make one: New-LocalUser -Name $User (it asks for a password; long and random will do)" }
}

function Test-Administrator([string] $sid) {
    $members = Get-LocalGroupMember -SID $Administrators -ErrorAction SilentlyContinue
    return @($members | Where-Object { $_.SID.Value -eq $sid }).Count -gt 0
}

# sshd reads the keys of administrators from one file for all of them.
function Add-Key([string] $sid, [string] $configFolder) {
    if ($AuthorizedKey.Count -eq 0) { return }
    $sids = @($LocalSystem, $Administrators)
    if (Test-Administrator $sid) {
        Write-Warning "$User is an administrator. A user of its own for the tunnels would be safer."
        $file = Join-Path $configFolder 'administrators_authorized_keys'
    }
    else {
        $userProfile = Get-CimInstance -ClassName Win32_UserProfile -Filter "SID='$sid'"
        if ($null -eq $userProfile) { throw "$User has no profile yet: log in once as $User, then run this again." }
        $file = Join-Path $userProfile.LocalPath '.ssh\authorized_keys'
        $sids += $sid
    }
    $lines = Merge-Key (Read-Lines $file)
    if ((Compare-Lines $lines (Read-Lines $file)) -or
        -not $PSCmdlet.ShouldProcess($file, "Authorise $($AuthorizedKey.Count) key(s)")) { return }
    $folder = Split-Path -Parent $file
    if (-not (Test-Path -LiteralPath $folder)) { New-Item -ItemType Directory -Path $folder | Out-Null }
    Write-Lines $file $lines
    Protect-File $file $sids
}

# A key that is there already gets the new line: there is one for each key.
function Merge-Key([string[]] $lines) {
    $blobs = @($AuthorizedKey | ForEach-Object { ($_ -split ' ssh-ed25519 ')[1].Split(' ')[0] })
    $others = @(foreach ($line in $lines) {
            if (@($blobs | Where-Object { $line.Contains($_) }).Count -eq 0) { $line }
        })
    return $others + $AuthorizedKey
}

function Compare-Lines([string[]] $one, [string[]] $other) {
    return ($one -join "`n") -ceq ($other -join "`n")
}

# What the user may do. The key's own options say the same: both must be got round.
function Get-TunnelBlock([version] $version) {
    $block = @"
$BlockBegin
Match User $($User.ToLowerInvariant())
    AllowTcpForwarding local
    PermitOpen 127.0.0.1:$ProxyPort
    PermitListen none
    GatewayPorts no
    AllowAgentForwarding no
    PermitTTY no
    MaxSessions 0
    PasswordAuthentication no
$BlockEnd
"@
    $lines = $block -split "`r?`n"
    if ($version -lt $PermitListenVersion) { $lines = $lines | Where-Object { $_ -notmatch 'PermitListen' } }
    return @($lines)
}

# Before the first Match: what stands at the end belongs to the stock block for administrators.
function Merge-Config([string[]] $lines, [string[]] $block) {
    $inBlock = $false
    $others = @(foreach ($line in $lines) {
            if ($line -eq $BlockBegin) { $inBlock = $true }
            if (-not $inBlock) { $line }
            if ($line -eq $BlockEnd) { $inBlock = $false }
        })
    if ($SshPort -ne 22) {
        $others = @("Port $SshPort") + @($others | Where-Object { $_ -notmatch '^\s*Port\s' })
    }
    $first = 0
    while ($first -lt $others.Count -and $others[$first] -notmatch '^\s*Match\s') { $first++ }
    $before = @($others | Select-Object -First $first)
    $after = @($others | Select-Object -Skip $first)
    return $before + $block + $after
}

function Set-Config([string] $folder, [string] $configFolder, [version] $version) {
    $file = Join-Path $configFolder 'sshd_config'
    $present = Read-Lines $file
    $wanted = Merge-Config $present (Get-TunnelBlock $version)
    if ((Compare-Lines $wanted $present) -or
        -not $PSCmdlet.ShouldProcess($file, "Restrict $User to the forward to 127.0.0.1:$ProxyPort")) { return }

    $draft = "$file.mon-draft"
    try {
        Write-Lines $draft $wanted
        $complaint = & (Join-Path $folder 'sshd.exe') -t -f $draft 2>&1
        if ($LASTEXITCODE -ne 0) { throw "sshd does not take the new configuration; nothing was changed: $complaint" }
        $backup = "$file.backup-$([DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ'))"
        Copy-Item -LiteralPath $file -Destination $backup
        # Its content alone, so that the file keeps its ACL.
        Write-Lines $file $wanted
        Write-Output "Changed $file; as it was before: $backup"
    }
    finally {
        if (Test-Path -LiteralPath $draft) { Remove-Item -LiteralPath $draft -WhatIf:$false }
    }
    Restart-Service -Name sshd
}

function Show-Fingerprint([string] $folder, [string] $configFolder) {
    Write-Output '', 'Host keys of this machine, to compare with what setup-ssh-keys.sh shows on the servers:'
    foreach ($key in Get-ChildItem -Path (Join-Path $configFolder 'ssh_host_*_key.pub')) {
        & (Join-Path $folder 'ssh-keygen.exe') -l -E sha256 -f $key.FullName
    }
}

Assert-AuthorizedKey
if (-not $WhatIfPreference) { Assert-Elevation }
Install-Server
$folder = Get-ServerFolder
if ($null -eq $folder) {
    Write-Output 'OpenSSH Server is not installed yet; the other steps follow when it is.'
    return
}
$version = Get-ServerVersion $folder
if ($version -lt $OldestVersion) {
    throw "OpenSSH $version is too old: $OldestVersion or later is needed. Install the updates of Windows."
}
$configFolder = Join-Path $env:ProgramData 'ssh'
$sid = Get-UserSid
Start-Server
Set-Firewall
Add-Key $sid $configFolder
Set-Config $folder $configFolder $version
Show-Fingerprint $folder $configFolder
