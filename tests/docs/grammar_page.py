"""The grammar of docs/language.md, made from the rules of grammar/rules_*.h.

A rule is `name = parts`: parts stand one after another; `/` parts alternatives, of which the first
that matches is taken; `?` `*` `+` as usual; `&` and `!` look ahead and take nothing. What only
arranges the parse (commitment, nesting, layout) is left out.
"""

import re

from pages import ROOT

FILES = ("rules_tokens.h", "rules_expressions.h", "rules_statements.h")
TEMPLATES = {"must", "keyword", "sign", "field_word", "list_of", "head_word", "head"}
STRUCT = re.compile(r"^struct (\w+)\s*:\s*(.*?)\s*\{\s*\};", re.S | re.M)
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|\w+|[<>,]')
INVISIBLE = {"layout", "at_line_start", "after_blank", "statement_end", "numeric_end"}
CLASSES = {
    "run_of<name_start,name_byte>": "[A-Za-z_] [A-Za-z0-9_]*",
    "run_of<name_start,tool_byte>": "[A-Za-z_] [A-Za-z0-9_-]*",
    "run_of<glob_start,glob_byte>": "[A-Za-z_*] [A-Za-z0-9_*-]*",
    "run_of<glob_byte,glob_byte>": "[A-Za-z0-9_*-]+",
    "run_of<tool_byte,tool_byte>": "[A-Za-z0-9_-]+",
    "run_of<name_byte,name_byte>": "[A-Za-z0-9_]+",
    "run_of<plain_text,plain_text>": '[^"\\ control]+',
    "run_of<raw_text,raw_text>": '[^" control]+',
    "run_of<prose_text,prose_text>": '[^"\\{} control]+',
}
TITLES = {"rules_tokens.h": "Tokens", "rules_expressions.h": "Expressions and types",
          "rules_statements.h": "Statements"}


def parse(tokens):
    """One template: a name, or (name, arguments)."""
    name = tokens.pop(0)
    if tokens[:1] != ["<"]:
        return name
    tokens.pop(0)
    arguments = []
    while tokens[0] != ">":
        if tokens[0] == ",":
            tokens.pop(0)
            continue
        arguments.append(parse(tokens))
    tokens.pop(0)
    return name, arguments


def letter(text):
    inner = text[1:-1]
    return {"\\\\": "\\", "\\'": "'", "\\t": "tab", "\\n": "newline"}.get(inner, inner)


def quoted(text):
    inner = text[1:-1].replace('\\"', '"')
    return f"'{inner}'" if '"' in inner else f'"{inner}"'


def one(parts):
    """A sequence as one thing that a sign may follow."""
    shown = " ".join(part for part in parts if part)
    if " " not in shown or shown[0] == "(" and shown[-1] == ")" and balanced(shown[1:-1]):
        return shown
    return f"({shown})"


def show(node):
    if isinstance(node, str):
        if node in INVISIBLE:
            return ""
        return quoted(node) if node[0] == '"' else node
    name, arguments = node
    flat = f"{name}<{','.join(a for a in arguments if isinstance(a, str))}>"
    if flat in CLASSES:
        return CLASSES[flat]
    if name == "one":
        if len(arguments) == 1:
            only = letter(arguments[0])
            return f"'{only}'" if only == '"' else f'"{only}"'
        return "[" + "".join(letter(a) for a in arguments) + "]"
    if name == "range":
        return f"[{letter(arguments[0])}-{letter(arguments[1])}]"
    if name == "rep":
        return one([show(a) for a in arguments[1:]]) + "{" + arguments[0] + "}"
    if name in ("keyword", "spelled", "sign", "bytes_of", "head", "field_word", "head_word",
                "nested", "seq", "must", "required"):
        return " ".join(part for part in map(show, arguments) if part)
    if name == "sor":
        return "(" + " / ".join(show(a) for a in arguments if show(a)) + ")"
    if name == "list_of":
        item = show(arguments[0])
        return f'{item} ("," {item})*'
    signs = {"opt": ("", "?"), "star": ("", "*"), "plus": ("", "+"), "at": ("&", ""),
             "not_at": ("!", "")}
    before, after = signs[name]
    inner = one([show(a) for a in arguments])
    return before + inner + after if inner else ""


def rules(file):
    text = (ROOT / "grammar" / file).read_text()
    text = re.sub(r"//[^\n]*", "", text)
    for name, body in STRUCT.findall(text):
        if name in TEMPLATES:
            continue
        shown = show(parse(TOKEN.findall(body)))
        if shown.startswith("(") and shown.endswith(")") and balanced(shown[1:-1]):
            shown = shown[1:-1]
        if shown:
            yield name, shown


def balanced(text):
    depth = 0
    for character in re.sub(r'"[^"]*"|\'[^\']*\'|\[[^]]*\]', "", text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def grammar_text():
    lines = []
    for file in FILES:
        lines += [f"### {TITLES[file]}", "", "```text"]
        lines += [f"{name} = {shown}" for name, shown in rules(file)]
        lines += ["```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    print(grammar_text())
