// Reads an array of formulas and code from stdin, writes the array of their HTML to stdout.
const katex = require("katex");
const hljs = require("highlight.js");

function set(job) {
  if (job.kind === "math") {
    try {
      return katex.renderToString(job.text, { displayMode: job.display, throwOnError: true, strict: "error" });
    } catch (broken) {
      return { error: broken.message };
    }
  }
  const language = hljs.getLanguage(job.language) ? job.language : "plaintext";
  return hljs.highlight(job.text, { language, ignoreIllegals: true }).value;
}

let input = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (piece) => (input += piece));
process.stdin.on("end", () => process.stdout.write(JSON.stringify(JSON.parse(input).map(set))));
