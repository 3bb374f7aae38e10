#!/usr/bin/env python3
"""`proviso docs`: pages/shop.proviso as pages/shop.md and pages/shop.html have it; hostile text;
wrong use.

With PROVISO_UPDATE=1 it writes the two pages anew.
"""

import os
import pathlib
import re
import shutil
from html.parser import HTMLParser

from program import BAD_INPUT, INVALID_POLICY, ProgramTest, main

PAGES = pathlib.Path(__file__).resolve().parent / "pages"
UPDATE = os.environ.get("PROVISO_UPDATE") == "1"
ALONE = {"meta"}
TAGS = {"html", "head", "meta", "title", "style", "body", "a", "nav", "ul", "li", "main", "h1",
        "h2", "h3", "h4", "p", "div", "table", "thead", "tbody", "tr", "th", "td", "code", "strong"}
HOSTILE = """## </p><script>alert(1)</script> <img src=x onerror=y> | ](javascript:x) `</code>
##
## # no heading
## - no item
policy "hostile<i>" version "1<b>\\"'"

attributes { a : string, b : string }

## <svg onload=alert(3)> | cell
tool "x'><script>|`" { args { a : string matches r"<b>|`x`" } }

allow r on * when a == "</code><script>alert(4)</script>" or b == "`|" # </script>
    because "<b>{a}</b> | [x](https://evil.example)"
    fix "![x](x) <iframe>"
"""


class Html(HTMLParser):
    """The tags of a page, which nest, and its text."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.links = [], set(), [], []
        self.attributes, self.text = set(), ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value for name, value in attrs if name == "id"]
        self.links += [value for name, value in attrs if name == "href"]
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (self.open, tag)
        self.open.pop()

    def handle_data(self, data):
        self.text += data


class Pages(ProgramTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(PAGES, self.folder, dirs_exist_ok=True)

    def page(self, form, path="shop.proviso", *more):
        return self.check("docs", path, "--format", form, *more).stdout

    def golden(self, form):
        text, path = self.page(form), PAGES / f"shop.{form}"
        if UPDATE:
            path.write_text(text, encoding="utf-8")
        self.assertEqual(text, path.read_text(encoding="utf-8"))

    def test_markdown(self):
        self.golden("md")

    def test_html(self):
        self.golden("html")

    def test_markdown_is_what_comes_without_a_format(self):
        self.assertEqual(self.check("docs", "shop.proviso").stdout, self.page("md"))

    def test_the_output_is_a_file(self):
        self.assertEqual(self.check("docs", "shop.proviso", "--output", "page.md").stdout, "")
        self.assertEqual((self.folder / "page.md").read_text(encoding="utf-8"), self.page("md"))

    def test_params_are_those_in_force(self):
        text = self.page("md", "shop.proviso", "--param", "refund_cap=300 USD")
        self.assertIn("| `refund_cap` | Above this a refund waits. | `300 USD` | `0 USD` |", text)

    def test_html_is_well_formed_and_its_links_lead_somewhere(self):
        page = Html(self.page("html"))
        self.assertEqual(page.open, [])
        self.assertLessEqual(page.tags, TAGS)
        self.assertEqual(len(page.ids), len(set(page.ids)))
        self.assertLessEqual(set(page.links), {f"#{name}" for name in page.ids})

    def test_links_of_markdown_lead_somewhere(self):
        text = self.page("md")
        ids = re.findall(r'<a id="([\w.-]+)"></a>', text)
        self.assertLessEqual(set(re.findall(r"\]\(#([^)]*)\)", text)), set(ids))

    def test_the_order_of_statements_shows_nowhere(self):
        text = (self.folder / "shop.proviso").read_text(encoding="utf-8")
        head, *statements = re.split(r"\n\n(?=\S)", text)
        (self.folder / "turned.proviso").write_text(
            "\n\n".join([head, *(one.rstrip("\n") for one in reversed(statements))]) + "\n",
            encoding="utf-8")
        for form in "md", "html":
            self.assertEqual(self.page(form, "turned.proviso"), self.page(form))


class Hostile(ProgramTest):
    def page(self, form):
        self.write("hostile.proviso", HOSTILE)
        return self.check("docs", "hostile.proviso", "--format", form).stdout

    def test_html_has_no_tag_and_no_attribute_of_an_author(self):
        page = Html(self.page("html"))
        self.assertEqual(page.open, [])
        self.assertLessEqual(page.tags, TAGS)
        self.assertLessEqual(page.attributes,
                             {"lang", "charset", "name", "content", "http-equiv", "class", "href",
                              "id", "role", "tabindex", "aria-label", "scope",
                              "data-label"})
        self.assertTrue(all(link.startswith("#") for link in page.links))
        self.assertIn("<script>alert(1)</script>", page.text)
        self.assertIn("</code><script>alert(4)</script>", page.text)

    def test_markdown_has_no_tag_and_no_link_of_an_author(self):
        text = self.page("md")
        rest = re.sub(r'<a id="[\w.-]+"></a>|<code>[^<`|]*</code>|`[^`\n]*`', "", text)
        self.assertNotIn("<", rest)
        self.assertNotIn("](javascript", rest.replace("\\](", ""))
        self.assertNotIn("https://", rest)
        self.assertNotRegex(rest, r"(?m)^# no|^- no")

    def test_rows_of_markdown_have_the_cells_of_their_head(self):
        for table in re.findall(r"(?m)(?:^\|.*\n)+", self.page("md")):
            counts = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
            self.assertEqual(len(counts), 1, table)


class WrongUse(ProgramTest):
    def test_a_set_with_errors(self):
        done = self.check("docs", "broken.proviso", code=INVALID_POLICY)
        self.assertEqual(done.stdout, "")
        self.assertIn("the policy `broken.proviso` has", done.stderr)

    def test_a_compiled_set_has_no_words_left(self):
        self.check("compile", "support.proviso", "-o", "support.pvc")
        done = self.check("docs", "support.pvc", code=BAD_INPUT)
        self.assertIn("give the rule files", done.stderr)

    def test_no_such_format(self):
        done = self.check("docs", "support.proviso", "--format", "pdf", code=BAD_INPUT)
        self.assertIn("pdf", done.stderr)

    def test_a_file_that_cannot_be_written(self):
        self.check("docs", "support.proviso", "--output", "no/such/file", code=BAD_INPUT)


if __name__ == "__main__":
    main()
