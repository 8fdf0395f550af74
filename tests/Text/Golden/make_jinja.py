"""Remakes jinja.json: what Python's jinja2, set up as transformers sets it up, makes of the templates in jinja.templates.txt.
    python3 make_jinja.py            (needs jinja2; Debian: apt-get install python3-jinja2)
Templates are separated by lines of four dashes. A template that fails is kept with null."""
import json
import pathlib

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

here = pathlib.Path(__file__).parent
variables = {
    "a": 1, "b": 2.5, "s": "Hello World", "l": [1, 2, 3, 4], "m": {"x": 1, "y": "z", "items": 5, "n": None}, "t": True, "f": False, "nul": None,
    "msgs": [
        {"role": "user", "content": " hi "},
        {"role": "assistant", "content": "yo", "tool_calls": [{"function": {"name": "f", "arguments": {"q": "é\n\"x\"", "k": [1, 2.0, True, None]}}}]},
        {"role": "user", "content": "bye"}],
    "e": "", "words": ["b", "A", "c", "a"], "emoji": "👩‍👧x"}


class Generation(jinja2.ext.Extension):
    """transformers marks what the assistant says; for the text it means nothing."""
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_inside"), [], [], body).set_lineno(line)

    def _inside(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
cases = []
for template in (here / "jinja.templates.txt").read_text("utf-8").split("\n----\n"):
    template = template.replace("\\r\\n", "\r\n") if template.startswith("\\r\\n") else template
    try:
        expected = environment.from_string(template).render(**variables)
    except Exception:
        expected = None
    cases.append([template, expected])
origin = f"made by make_jinja.py with jinja2 {jinja2.__version__}"
(here / "jinja.json").write_text(json.dumps({"origin": origin, "variables": variables, "cases": cases}, ensure_ascii=False, indent=1) + "\n", "utf-8")
print(len(cases), "templates,", sum(expected is None for _, expected in cases), "fail")
