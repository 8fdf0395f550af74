@echo off
rem The same as rabbit.ps1, from any shell of Windows.
where pwsh >nul 2>nul
if %errorlevel% == 0 (
    pwsh -NoProfile -ExecutionPolicy Bypass -File "%~dp0rabbit.ps1" %*
) else (
    powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0rabbit.ps1" %*
)
exit /b %errorlevel%
