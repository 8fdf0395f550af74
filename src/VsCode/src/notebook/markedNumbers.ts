/** Fences, code and formulas, which hold no marks, then a marked number: `<!--kv-bytes-->3,072 bytes<!--/-->`. As in src/Lessons/ClaimText.cs. */
const pieces = new RegExp([
  /^(?<fence>```+|~~~+)[\s\S]*?^\k<fence>/,
  /(?<!`)(?<ticks>`+)(?!`)[\s\S]+?(?<!`)\k<ticks>(?!`)/,
  /\$\$[\s\S]+?\$\$|\$[^$\n]+\$/,
  /<!--(?<id>[a-z0-9]+(?:-[a-z0-9]+)*)-->[^<\n]*<!--\/-->/,
].map(({ source }) => source).join('|'), 'gm');

/** The Markdown with these numbers between their marks; a mark that none of them is for keeps its text. */
export function withNumbers(markdown: string, numbers: ReadonlyMap<string, string>): string {
  return markdown.replace(pieces, (piece, ...rest) => {
    const { id } = rest.at(-1) as { id?: string };
    const number = id === undefined ? undefined : numbers.get(id);
    return id === undefined || number === undefined ? piece : `<!--${id}-->${number}<!--/-->`;
  });
}
