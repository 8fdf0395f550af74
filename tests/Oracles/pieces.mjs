// Prints the pieces of a published tokenizer, by id, as JSON: node pieces.mjs llama-tokenizer-js (Llama 2) or mistral-tokenizer-js (Mistral 0.1).
const { default: tokenizer } = await import(process.argv[2]);
console.log(JSON.stringify(tokenizer.vocabById));
