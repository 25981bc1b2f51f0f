"""What a script looks at in a page: forms, links, language, title, the problem's key, and whether it keeps the house rules."""
import html.parser
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
KEYS = set(json.loads((ROOT / "i18n" / "en.json").read_text(encoding="utf-8")))


class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").upper()
        self.multipart = attributes.get("enctype") == "multipart/form-data"
        self.fields, self.names = [], set()


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.language, self.title = "", ""
        self.forms, self.links, self.link_words, self.codes, self.inline = [], [], [], [], []
        self.words, self.open, self.select, self.area = [], [], None, None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)
        for name in attributes:
            if name == "style" or name.startswith("on"):
                self.inline.append(f"<{tag} {name}>")
        if attributes.get("data-problem"):
            self.codes.append(attributes["data-problem"])
        if tag == "html":
            self.language = attributes.get("lang", "")
        elif tag == "style" or (tag == "script" and "src" not in attributes):
            self.inline.append(f"<{tag}>")
        elif tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
            self.link_words.append("")
        elif tag == "form":
            self.forms.append(Form(attributes))
        elif self.forms and "form" in self.open:
            self.field(tag, attributes)

    def field(self, tag, attributes):
        form, name = self.forms[-1], attributes.get("name")
        if tag == "select" and name:
            self.select = [name, None]
            form.names.add(name)
        elif tag == "option" and self.select:
            if self.select[1] is None or "selected" in attributes:
                self.select[1] = attributes.get("value", "")
        elif tag == "textarea" and name:
            self.area = [name, ""]
            form.names.add(name)
        elif tag == "input" and name:
            form.names.add(name)
            kind = attributes.get("type", "text")
            chosen = kind not in ("checkbox", "radio") or "checked" in attributes
            if chosen and kind not in ("file", "submit"):
                form.fields.append((name, attributes.get("value", "on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            self.forms[-1].fields.append((self.select[0], self.select[1] or ""))
            self.select = None
        if tag == "textarea" and self.area:
            text = self.area[1]
            self.forms[-1].fields.append((self.area[0], text[1:] if text.startswith("\n") else text))
            self.area = None
        if tag in self.open:
            while self.open and self.open.pop() != tag:
                pass

    def handle_data(self, text):
        if self.area is not None:
            self.area[1] += text
        if not self.open:
            return
        if "a" in self.open and self.link_words:
            self.link_words[-1] += text
        if self.open[-1] == "title":
            self.title += text
        elif self.open[-1] == "code":
            self.codes.append(text)
        elif self.open[-1] not in ("script", "style"):
            self.words.append(text)

    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words + self.codes)).strip()

    def form(self, path):
        return next((form for form in self.forms if form.action.split("?")[0] == path), None)

    def problem(self):
        return next((code for code in self.codes if "problem." + code in KEYS), "")

    def untranslated(self):
        return [word for word in re.findall(r"\b[a-z]\w*(?:\.\w+)+\b", " ".join(self.words)) if word in KEYS]
