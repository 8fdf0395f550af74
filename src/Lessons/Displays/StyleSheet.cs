namespace LlmRabbitHoles.Lessons.Displays;

/// <summary>
/// The style of displays. It sets no page colour: text has the page's colour and
/// surfaces are translucent, so it suits dark and light.
/// </summary>
internal static class StyleSheet
{
    // Notebook pages share one style space; every rule starts with .rh. No '>' or '&': the tree writer would escape them.
    // Table rules say .rh twice: Jupyter lays all cells of a table to the right, by a rule of two classes and an element.
    public const string Html =
        ".rh{font:13px/1.5 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;overflow-x:auto;padding:2px 0 6px}"
        + ".rh .t{font-weight:600;font-size:15px;margin:0 0 6px}"
        + ".rh .n{opacity:.8;font-size:12px;margin:6px 0 0}"
        + ".rh table{border-collapse:collapse;width:auto;margin:0;font-size:13px}"
        + ".rh.rh th,.rh.rh td{padding:3px 14px 3px 0;text-align:left;vertical-align:baseline;border:0;"
        + "border-bottom:1px solid rgba(128,128,128,.28);background:none;color:inherit;white-space:pre-wrap}"
        + ".rh.rh th{font-weight:600;border-bottom-color:rgba(128,128,128,.8)}"
        + ".rh.rh .r{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
        + ".rh code{font:13px/1.5 ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;"
        + "color:inherit;background:none;padding:0;white-space:pre-wrap}"
        + ".rh .k{display:inline-block;text-align:center;margin:0 3px 6px 0;vertical-align:top}"
        + ".rh .k code{display:block;padding:2px 5px;border-radius:4px;border-bottom:3px solid}"
        + ".rh .k small{font-size:11px;opacity:.8;font-variant-numeric:tabular-nums}"
        + ".rh .k.s code{border-bottom-style:dashed;font-style:italic}"
        + ".rh .g{display:inline-block;padding:1px 5px;margin:0 3px 0 0;border:1px solid rgba(128,128,128,.5);border-radius:4px}"
        + ".rh .g.m{background:rgba(0,114,178,.22);border-color:#0072b2;font-weight:600}"
        + ".rh .b{display:inline-block;height:11px;border-radius:2px;background:#0072b2;vertical-align:baseline;min-width:1px}"
        + ".rh .b.v{background:#d55e00}.rh .b.o{background:#808080}"
        + Tints;

    /// <summary>
    /// The paper and ink of a picture that stands alone. A page may set --rh-ink and --rh-paper; VS Code's theme is followed.
    /// </summary>
    public const string Svg =
        ".rh-svg{color:var(--rh-ink,var(--vscode-editor-foreground,#1f2328))}"
        + ".rh-svg .p{fill:var(--rh-paper,var(--vscode-editor-background,#fff))}";

    private const string Tints =
        ".rh .k .c0{background:rgba(0,114,178,.16);border-color:#0072b2}.rh .k .c1{background:rgba(213,94,0,.16);border-color:#d55e00}"
        + ".rh .k .c2{background:rgba(0,158,115,.16);border-color:#009e73}.rh .k .c3{background:rgba(196,106,156,.18);border-color:#c46a9c}"
        + ".rh .k .c4{background:rgba(185,127,0,.18);border-color:#b97f00}.rh .k .c5{background:rgba(43,148,207,.18);border-color:#2b94cf}";
}
